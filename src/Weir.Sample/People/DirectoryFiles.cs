using System.Text;

namespace Weir.Sample.People;

/// <summary>The organisation as the CSV files that the directory imports.</summary>
internal static class DirectoryFiles
{
    public static void Write(Staff staff, IReadOnlyList<string> protectedDomains, string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        Save(folder, "domains.csv", ["domain", "kind"], [[Staff.Domain, "own"], [Staff.YardDomain, "own"], .. protectedDomains.Select(domain => new[] { domain, "protected" })]);
        Save(folder, "lists.csv", ["address", "displayName", "members"], staff.Lists.Select(list => new[] { list.Address, list.DisplayName, string.Join(';', list.Members) }));
        Save(
            folder,
            "people.csv",
            ["objectId", "displayName", "address", "aliases", "kind", "department", "title", "office", "manager", "tags", "protected", "forwardsTo"],
            staff.People.Select(person => new[]
            {
                person.ObjectId, person.DisplayName, person.Address, string.Join(';', person.Aliases), person.Kind.ToString(), person.Department,
                person.Title, person.Office, person.Manager ?? "", string.Join(';', person.Tags), person.IsProtected ? "true" : "false", person.ForwardsTo ?? "",
            }));
    }

    private static void Save(string folder, string name, string[] head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(head))
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        File.WriteAllText(Path.Combine(folder, name), text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static string Quoted(string value) => value.AsSpan().ContainsAny(",\"\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
