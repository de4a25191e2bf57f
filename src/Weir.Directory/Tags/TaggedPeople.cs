using System.IO.Enumeration;
using Weir.Directory.Contracts;

namespace Weir.Directory.Tags;

/// <summary>Who fits a rule, and everybody with the tags that rules add to those of the directory.</summary>
internal static class TaggedPeople
{
    /// <summary>People in the order given, each with all its tags.</summary>
    public static IReadOnlyList<Person> Of(IReadOnlyList<Person> people, IReadOnlyList<DistributionList> lists, IReadOnlyList<(string Name, TagRule Rule)> tags)
    {
        var compiled = tags.Select(tag => (tag.Name, Compiled: new CompiledRule(tag.Rule, lists))).ToList();
        return
        [
            .. people.Select(person =>
            {
                var added = compiled.Where(tag => tag.Compiled.Fits(person)).Select(tag => tag.Name);
                var all = person.Tags.Concat(added).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
                return all.Count == person.Tags.Count ? person : person with { Tags = all };
            }),
        ];
    }

    /// <summary>The people whom a rule fits.</summary>
    public static IReadOnlyList<Person> Fitting(IReadOnlyList<Person> people, IReadOnlyList<DistributionList> lists, TagRule rule)
    {
        var compiled = new CompiledRule(rule, lists);
        return [.. people.Where(compiled.Fits)];
    }

    private sealed class CompiledRule(TagRule rule, IReadOnlyList<DistributionList> lists)
    {
        private readonly HashSet<string> _addresses = [.. rule.People.Concat(Members(rule.Lists, lists)).Select(address => address.ToLowerInvariant())];

        public bool Fits(Person person) =>
            _addresses.Contains(person.Address) || person.Aliases.Any(_addresses.Contains)
            || Any(rule.Departments, person.Department) || Any(rule.Offices, person.Office) || Any(rule.Titles, person.Title);

        private static bool Any(IReadOnlyList<string> patterns, string value) =>
            value.Length > 0 && patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, value));

        /// <summary>Each list is opened once, so that lists that contain each other end.</summary>
        private static HashSet<string> Members(IEnumerable<string> names, IReadOnlyList<DistributionList> lists)
        {
            var byAddress = lists.ToDictionary(list => list.Address, StringComparer.OrdinalIgnoreCase);
            var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var open = new Stack<string>(names);
            while (open.TryPop(out var name))
            {
                if (found.Add(name) && byAddress.TryGetValue(name, out var list))
                {
                    foreach (var member in list.Members)
                    {
                        open.Push(member);
                    }
                }
            }

            return found;
        }
    }
}
