using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Intelligence.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>
/// The list was a file before Weir kept it itself. Such a file is taken over once, when the list is first read, and renamed. What cannot be renamed is
/// remembered by its content, so that entries which were taken out later do not come back.
/// </summary>
internal sealed partial class ListTakeover(DataDirectory data, IOptions<IntelligenceOptions> options, ILogger<ListTakeover> logger)
{
    private readonly string _path = options.Value.AllowBlockFile.Length > 0 ? options.Value.AllowBlockFile : Path.Combine(data.Path, "allow-block.txt");
    private readonly string _mark = Path.Combine(data.Path, "allow-block.taken-over");
    private string _content = "";

    /// <summary>Rows for what the file has and the list has not; none without a file.</summary>
    public IReadOnlyList<ListRow> Read(ListSnapshot list, DateTimeOffset now)
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        string text;
        try
        {
            text = File.ReadAllText(_path);
            _content = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
            if (File.Exists(_mark) && File.ReadAllText(_mark).Trim() == _content)
            {
                _content = "";
                return [];
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Unreadable(exception, _path);
            return [];
        }

        var rows = new List<ListRow>();
        var known = list.ByValue.Keys.ToHashSet();
        foreach (var (number, _, draft, problem) in EntryLines.Read(text, new EntryDefaults(IsAllow: false) { Source = Path.GetFileName(_path) }))
        {
            if (draft is null)
            {
                Malformed(_path, number, problem ?? "");
                continue;
            }

            // In the file a star before a domain meant the domain itself too.
            var value = draft.Kind is EntryKind.SenderDomain or EntryKind.UrlDomain && draft.Value.StartsWith(DomainPattern.Below, StringComparison.Ordinal) ? draft.Value[DomainPattern.Below.Length..] : draft.Value;
            if (known.Add((draft.Kind, value, draft.IsAllow)))
            {
                rows.Add(Row(draft with { Value = value }, list.NextId + rows.Count, list.Version + rows.Count + 1, now));
            }
        }

        TakenOver(rows.Count, _path);
        return rows;
    }

    /// <summary>The rows are kept: the file has done its duty.</summary>
    public void Done()
    {
        if (_content.Length == 0)
        {
            return;
        }

        try
        {
            File.Move(_path, Free(_path + ".taken-over"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotRenamed(exception, _path);
            File.WriteAllText(_mark, _content);
        }

        _content = "";
    }

    private static string Free(string path)
    {
        var free = path;
        for (var i = 2; File.Exists(free); i++)
        {
            free = $"{path}.{i}";
        }

        return free;
    }

    /// <summary>A block without a date stays for ever, as it did; an allow without one ends when nothing has used it for a while, as all allows do.</summary>
    private static ListRow Row(EntryDraft draft, long id, long change, DateTimeOffset now) => new()
    {
        Id = id,
        Kind = draft.Kind,
        Value = draft.Value,
        IsAllow = draft.IsAllow,
        Expires = draft.Expiry?.At,
        UnusedDays = draft.Expiry?.At is null && draft is { IsAllow: true, Kind: not (EntryKind.IpAddress or EntryKind.Spoof) } ? EntryExpiry.UnusedByDefault : null,
        Note = draft.Note,
        Source = draft.Source,
        CreatedBy = "Weir",
        CreatedAt = now,
        ModifiedBy = "Weir",
        ModifiedAt = now,
        Change = change,
    };

    [LoggerMessage(2501, LogLevel.Error, "{Path}, an allow/block list of an earlier version, cannot be read: its entries are not in force.")]
    private partial void Unreadable(Exception exception, string path);

    [LoggerMessage(2502, LogLevel.Warning, "{Path}, line {Line}: {Message} The line is left out.")]
    private partial void Malformed(string path, int line, string message);

    [LoggerMessage(2503, LogLevel.Information, "{Entries} entries of {Path} were taken over into the allow/block list. From now on it is edited in the portal or with weir list.")]
    private partial void TakenOver(int entries, string path);

    [LoggerMessage(2504, LogLevel.Warning, "{Path} was taken over into the allow/block list and cannot be renamed; it is not read again. Remove it.")]
    private partial void NotRenamed(Exception exception, string path);
}
