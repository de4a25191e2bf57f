using System.CommandLine;
using System.Globalization;
using Weir.Directory.Contracts;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir tag</c>: user tags, and whom they are on.</summary>
internal sealed class TagCommand : ICliCommand
{
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<string?> _description = new("--description") { Description = "What the tag is for." };
    private readonly Option<string[]> _people = Several("--person", "An address; also several with commas.");
    private readonly Option<FileInfo?> _peopleFile = new("--people") { Description = "A text file with an address on each line." };
    private readonly Option<string[]> _lists = Several("--list", "A distribution list: all its members, also of lists in it, as they are at each moment.");
    private readonly Option<string[]> _departments = Several("--department", "A department; * stands for anything.");
    private readonly Option<string[]> _offices = Several("--office", "An office; * stands for anything.");
    private readonly Option<string[]> _titles = Several("--title", "A title; * stands for anything.");

    public Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The tag, such as \"Priority account\"." };
        var list = new Command("list", "Shows the tags, how many people have them, and by what rule.") { _data };
        list.SetAction((parsed, token) => DoAsync(parsed, new TagRequest(TagDeed.List), token));
        var members = new Command("members", "Shows who has a tag, one address a line.") { name, _data };
        members.SetAction((parsed, token) => DoAsync(parsed, new TagRequest(TagDeed.Members, parsed.GetRequiredValue(name)), token));
        var set = new Command("set", "Makes a tag or replaces its rule; it holds from the next message on.") { name, _description, _people, _peopleFile, _lists, _departments, _offices, _titles, _data };
        set.SetAction((parsed, token) => SetAsync(parsed, parsed.GetRequiredValue(name), token));
        var delete = new Command("delete", "Deletes a tag.") { name, _data };
        delete.SetAction((parsed, token) => DoAsync(parsed, new TagRequest(TagDeed.Delete, parsed.GetRequiredValue(name)), token));
        return new Command("tag", "User tags, such as the priority account, and whom they are on.") { list, members, set, delete };
    }

    private static Option<string[]> Several(string name, string description) => new(name) { Description = description };

    private async Task<int> SetAsync(ParseResult parsed, string name, CancellationToken cancellationToken)
    {
        var people = Values(parsed, _people);
        if (parsed.GetValue(_peopleFile) is { } file)
        {
            if (!file.Exists)
            {
                await Console.Error.WriteLineAsync($"There is no file {file.FullName}.");
                return 2;
            }

            people = [.. people, .. (await File.ReadAllLinesAsync(file.FullName, cancellationToken)).Select(line => line.Trim()).Where(line => line.Length > 0)];
        }

        var rule = new TagRule(people, Values(parsed, _lists), Values(parsed, _departments), Values(parsed, _offices), Values(parsed, _titles));
        return await DoAsync(parsed, new TagRequest(TagDeed.Set, name, parsed.GetValue(_description), rule), cancellationToken);
    }

    private static List<string> Values(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private async Task<int> DoAsync(ParseResult parsed, TagRequest request, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        return await HeldDirectory.TellAsync(
            directory,
            services => LocalTags.DoAsync(services, Environment.UserName, request, cancellationToken),
            () => LocalTags.AskAsync(directory, request, cancellationToken),
            async answer =>
            {
                if (answer.Problem.Length > 0)
                {
                    await Console.Error.WriteLineAsync(answer.Problem);
                    return 1;
                }

                foreach (var line in request.Deed == TagDeed.Members ? answer.People : answer.Tags.Select(Line))
                {
                    await Console.Out.WriteLineAsync(line);
                }

                return 0;
            },
            cancellationToken);
    }

    private static string Line(UserTag tag)
    {
        var parts = new[]
        {
            (tag.Rule.People.Count, $"{tag.Rule.People.Count} by name"),
            (tag.Rule.Lists.Count, $"lists {string.Join(", ", tag.Rule.Lists)}"),
            (tag.Rule.Departments.Count, $"departments {string.Join(", ", tag.Rule.Departments)}"),
            (tag.Rule.Offices.Count, $"offices {string.Join(", ", tag.Rule.Offices)}"),
            (tag.Rule.Titles.Count, $"titles {string.Join(", ", tag.Rule.Titles)}"),
            (tag.FromDirectory, $"{tag.FromDirectory} from the directory"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{tag.Name}  {tag.People} people  {string.Join("; ", parts.Where(part => part.Item1 > 0).Select(part => part.Item2))}").TrimEnd();
    }
}
