using System.Globalization;
using Weir.Events.Contracts;
using Weir.Portal.Explorer;
using Weir.Portal.Shell;

namespace Weir.Portal.Campaigns;

/// <summary>The way of a campaign's messages: from where, under whose name, what Weir said, where they went, and whether their links were followed.</summary>
/// <param name="Nodes">From the first layer to the last, the larger first.</param>
/// <param name="Links">Between layers that follow each other.</param>
/// <param name="Kind">For the drawing.</param>
public sealed record CampaignFlow(IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowLink> Links, string Kind = "flow")
{
    /// <summary>So many of a layer are shown by name; the rest is one.</summary>
    public const int MostOfLayer = 10;

    private const string Others = "Others";

    public static IReadOnlyList<string> Layers { get; } = ["Sender IP", "Sender domain", "Verdict", "Delivered to", "Clicks"];

    /// <summary>For those who hear it.</summary>
    public string InWords => string.Join(". ", Layers.Select((layer, at) => $"{layer}: {string.Join(", ", Nodes.Where(node => node.Layer == at).Select(node => $"{node.Name} {Number(node.Value)}"))}").Where(text => !text.EndsWith(": ", StringComparison.Ordinal))) + ".";

    /// <summary>Reads the answer of <see cref="CampaignQuestions.Flow"/>: a column for each layer, and the number of messages.</summary>
    internal static CampaignFlow? Of(Answer answer)
    {
        if (answer.Rows.Count == 0)
        {
            return null;
        }

        var rows = answer.Rows.Select(row => (Names: Enumerable.Range(0, Layers.Count).Select(layer => Name(row[layer] as string ?? "", layer)).ToArray(), Count: Convert.ToInt64(row[Layers.Count], CultureInfo.InvariantCulture))).ToList();
        var named = Enumerable.Range(0, Layers.Count).Select(layer => rows.Where(row => row.Names[layer].Length > 0).GroupBy(row => row.Names[layer], StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(row => row.Count)).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostOfLayer).Select(group => group.Key).ToHashSet(StringComparer.Ordinal)).ToList();
        string Shown(string[] names, int layer) => names[layer].Length == 0 || named[layer].Contains(names[layer]) ? names[layer] : Others;

        var nodes = Enumerable.Range(0, Layers.Count).SelectMany(layer => rows.Select(row => (Name: Shown(row.Names, layer), row.Count)).Where(row => row.Name.Length > 0)
            .GroupBy(row => row.Name, StringComparer.Ordinal).Select(group => new FlowNode(layer, group.Key, group.Sum(row => row.Count))).OrderBy(node => node.Name == Others).ThenByDescending(node => node.Value).ThenBy(node => node.Name, StringComparer.Ordinal));
        var links = Enumerable.Range(0, Layers.Count - 1).SelectMany(layer => rows.Select(row => (From: Shown(row.Names, layer), To: Shown(row.Names, layer + 1), row.Count)).Where(row => row.From.Length > 0 && row.To.Length > 0)
            .GroupBy(row => (row.From, row.To)).Select(group => new FlowLink(layer, group.Key.From, group.Key.To, group.Sum(row => row.Count))));
        return new CampaignFlow([.. nodes], [.. links]);
    }

    // Only what was clicked has a last layer.
    private static string Name(string text, int layer) => layer switch
    {
        _ when text.Length == 0 => layer == Layers.Count - 1 ? "" : "Unknown",
        3 => Vocabulary.Location(text),
        4 => Vocabulary.Click(text),
        _ => SafeText.Of(text),
    };

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>One place that messages pass.</summary>
public sealed record FlowNode(int Layer, string Name, long Value);

/// <summary>So many messages from a place of a layer to one of the next.</summary>
public sealed record FlowLink(int Layer, string From, string To, long Value);
