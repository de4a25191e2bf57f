using System.Net;
using Microsoft.Extensions.Logging;
using Weir.Detection.Contracts;
using Weir.Detection.Facts.History;
using Weir.Detection.Verdicts;

namespace Weir.Detection.Facts.Knowledge.Indicators;

/// <summary>
/// Files of known bad things in one folder, one a line: a SHA-256, an <c>http(s)://</c> address, an IP address, or a domain (and all below it). What
/// follows a comma, a blank or <c>#</c> is a note. Looked at again at most every five seconds. Kept as hashes: a million lines take about 40 MB.
/// </summary>
internal sealed partial class IndicatorFiles(string folder, TimeProvider time, ILogger<IndicatorFiles> logger) : IVersioned, IIndicators
{
    private const int MostEntries = 2_000_000;
    private const int MostFiles = 50;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long _looked;
    private string _version = "";
    private Dictionary<ulong, byte> _known = [];
    private List<string> _sources = [];

    public string Name => "indicator files";

    /// <summary>Of names, lengths and times of the files.</summary>
    public string Version { get; private set; } = "";

    public string CurrentVersion()
    {
        lock (_gate)
        {
            Refresh();
            return Version;
        }
    }

    public string? OfFile(string sha256) => SourceOf(IndicatorKind.File, sha256);

    public string? OfUrl(string url, string host) => SourceOf(IndicatorKind.Url, url) ?? OfHost(host);

    public string? OfHost(string host) => Parents(host).Select(name => SourceOf(IndicatorKind.Domain, name)).FirstOrDefault(found => found is not null);

    public string? OfAddress(string ip) => IPAddress.TryParse(ip, out var address) ? SourceOf(IndicatorKind.Address, address.ToString()) : null;

    /// <summary>Lines that are known, and in how many files.</summary>
    public (int Entries, int Files) Count()
    {
        lock (_gate)
        {
            Refresh();
            return (_known.Count, _sources.Count);
        }
    }

    /// <summary>The file that names it; nothing when none does.</summary>
    public string? SourceOf(IndicatorKind kind, string value)
    {
        lock (_gate)
        {
            Refresh();
            return _known.Count > 0 && _known.TryGetValue(Key(kind, value), out var source) ? _sources[source] : null;
        }
    }

    /// <summary>What a line names; nothing for a line that names nothing.</summary>
    internal static (IndicatorKind Kind, string Value)? Read(string line)
    {
        var end = line.AsSpan().IndexOfAny(",;# \t");
        var text = (end < 0 ? line : line[..end]).Trim().Trim('"');
        return text.Length == 64 && text.All(char.IsAsciiHexDigit) ? (IndicatorKind.File, text)
            : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? (IndicatorKind.Url, text)
            : IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3) ? (IndicatorKind.Address, address.ToString())
            : text.Contains('.', StringComparison.Ordinal) && !text.AsSpan().ContainsAny("/@:*") && !text.StartsWith('.') && !text.EndsWith('.') ? (IndicatorKind.Domain, text)
            : null;
    }

    /// <summary>The host and the domains above it.</summary>
    private static IEnumerable<string> Parents(string host)
    {
        for (var name = host; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            yield return name;
        }
    }

    private static ulong Key(IndicatorKind kind, string value) => HistoryTable.Key(kind.ToString(), value.TrimEnd('/'));

    private void Refresh()
    {
        if (folder.Length == 0 || (_looked != 0 && time.GetElapsedTime(_looked) < BetweenLooks))
        {
            return;
        }

        _looked = Math.Max(1, time.GetTimestamp());
        try
        {
            var files = System.IO.Directory.Exists(folder)
                ? new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Extension is ".txt" or ".csv").OrderBy(file => file.Name, StringComparer.Ordinal).Take(MostFiles).ToList()
                : [];
            var version = string.Join('\n', files.Select(file => $"{file.Name} {file.LastWriteTimeUtc.Ticks} {file.Length}"));
            if (version != _version)
            {
                Load(files);
                _version = version;
                Version = _known.Count > 0 ? JudgingVersions.Hash([version]) : "";
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What was read before stays in force.
            Unreadable(exception, folder);
        }
    }

    private void Load(List<FileInfo> files)
    {
        var known = new Dictionary<ulong, byte>();
        var sources = new List<string>();
        foreach (var file in files)
        {
            foreach (var line in File.ReadLines(file.FullName))
            {
                if (Read(line) is { } indicator && known.Count < MostEntries)
                {
                    known.TryAdd(Key(indicator.Kind, indicator.Value), (byte)sources.Count);
                }
            }

            sources.Add(file.Name);
        }

        if (known.Count == MostEntries)
        {
            TooMany(folder, MostEntries);
        }

        (_known, _sources) = (known, sources);
    }

    [LoggerMessage(2021, LogLevel.Error, "The indicator files in {Folder} cannot be read; what was read before stays in force.")]
    private partial void Unreadable(Exception exception, string folder);

    [LoggerMessage(2022, LogLevel.Warning, "The indicator files in {Folder} hold more than {Most} lines; the rest is left out.")]
    private partial void TooMany(string folder, int most);
}
