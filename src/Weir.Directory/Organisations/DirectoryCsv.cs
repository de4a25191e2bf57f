using System.Globalization;
using Microsoft.VisualBasic.FileIO;
using Weir.Directory.Contracts;

namespace Weir.Directory.Organisations;

/// <summary>
/// Reads <c>people.csv</c>, <c>lists.csv</c> and <c>domains.csv</c> (RFC 4180, first line = column names, several values in one field separated by <c>;</c>).
/// There need be no <c>lists.csv</c>. Every problem is named with file and line; nothing is imported when there is one.
/// </summary>
internal sealed class DirectoryCsv
{
    private readonly List<string> _problems = [];

    public List<PersonRow> People { get; } = [];
    public List<ListRow> Lists { get; } = [];
    public List<DomainRow> Domains { get; } = [];
    public IReadOnlyList<string> Problems => _problems;

    public static DirectoryCsv Read(string folder)
    {
        var csv = new DirectoryCsv();
        csv.Each(folder, "domains.csv", ["domain"], row => csv.Domains.Add(new DomainRow
        {
            Domain = row("domain").ToLowerInvariant(),
            IsOwn = !row("kind").Equals("protected", StringComparison.OrdinalIgnoreCase),
        }));
        csv.Each(folder, "people.csv", ["address"], row => csv.People.Add(new PersonRow
        {
            ObjectId = row("objectId") is { Length: > 0 } id ? id : row("address").ToLowerInvariant(),
            DisplayName = row("displayName"),
            Address = row("address").ToLowerInvariant(),
            Aliases = Several(row("aliases").ToLowerInvariant()),
            Kind = Enum.TryParse<MailboxKind>(row("kind"), ignoreCase: true, out var kind) ? kind : MailboxKind.User,
            Department = row("department"),
            Title = row("title"),
            Office = row("office"),
            Manager = OrNothing(row("manager")),
            Tags = Several(row("tags")),
            IsProtected = row("protected").Equals("true", StringComparison.OrdinalIgnoreCase),
            ForwardsTo = OrNothing(row("forwardsTo")),
        }));
        csv.Each(folder, "lists.csv", ["address", "members"], row => csv.Lists.Add(new ListRow
        {
            Address = row("address").ToLowerInvariant(),
            DisplayName = row("displayName"),
            Members = Several(row("members").ToLowerInvariant()),
        }));
        csv.Repeated("people.csv", csv.People.SelectMany(person => person.Aliases.Prepend(person.Address)));
        csv.Repeated("people.csv", csv.People.Select(person => person.ObjectId));
        csv.Repeated("lists.csv", csv.Lists.Select(list => list.Address));
        csv.Repeated("domains.csv", csv.Domains.Select(domain => domain.Domain));
        return csv;
    }

    private void Each(string folder, string name, string[] required, Action<Func<string, string>> add)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            if (name != "lists.csv")
            {
                _problems.Add($"{name} is missing in {folder}.");
            }

            return;
        }

        using var parser = new TextFieldParser(path) { TextFieldType = FieldType.Delimited, HasFieldsEnclosedInQuotes = true };
        parser.SetDelimiters(",");
        if (parser.ReadFields() is not { } head)
        {
            _problems.Add($"{name} is empty; its first line must name the columns.");
            return;
        }

        var absent = required.Where(column => !head.Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();
        if (absent.Count > 0)
        {
            _problems.AddRange(absent.Select(column => $"{name} has no column {column}."));
            return;
        }

        while (!parser.EndOfData)
        {
            var line = parser.LineNumber;
            try
            {
                var fields = parser.ReadFields() ?? [];
                string Field(string column) =>
                    Array.FindIndex(head, name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at && at < fields.Length ? fields[at].Trim() : "";
                if (required.FirstOrDefault(column => Field(column).Length == 0) is { } empty)
                {
                    _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} line {line}: {empty} is empty."));
                    continue;
                }

                add(Field);
            }
            catch (MalformedLineException)
            {
                _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name} line {line}: the quotes do not match."));
            }
        }
    }

    private void Repeated(string name, IEnumerable<string> values)
    {
        foreach (var value in values.GroupBy(value => value, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            _problems.Add($"{name}: {value.Key} stands there twice.");
        }
    }

    private static List<string> Several(string text) => [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string? OrNothing(string text) => text.Length == 0 ? null : text;
}
