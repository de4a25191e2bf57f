using Weir.Directory.Contracts;

namespace Weir.Portal.Tags;

/// <summary>Whom a tag is put on, in words.</summary>
internal static class TagWords
{
    public static string Of(UserTag tag)
    {
        var rule = tag.Rule;
        var parts = new List<string>();
        Add(rule.Lists, "members of ");
        Add(rule.Departments, "department ");
        Add(rule.Offices, "office ");
        Add(rule.Titles, "title ");
        if (rule.People.Count > 0)
        {
            parts.Add(rule.People.Count == 1 ? rule.People[0] : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rule.People.Count:N0} people by name"));
        }

        if (tag.FromDirectory > 0)
        {
            parts.Add("what the directory says");
        }

        return parts.Count > 0 ? string.Join("; ", parts) : "nobody";

        void Add(IReadOnlyList<string> names, string what)
        {
            if (names.Count > 0)
            {
                parts.Add(what + string.Join(", ", names));
            }
        }
    }

    /// <summary>The values of a text with one on each line; commas and semicolons separate too.</summary>
    public static IReadOnlyList<string> Values(string text) =>
        [.. text.Split(['\n', ',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
}
