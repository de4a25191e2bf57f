using System.Text.RegularExpressions;
using System.Web;
using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>Conditions with more values than an address can carry: the values are kept beside it, and the address names them.</summary>
internal sealed partial class ValueLists(IKeptTexts kept)
{
    /// <summary>Lists that one address may name.</summary>
    private const int Most = 20;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The view of an address together with the lists that it names.</summary>
    public async ValueTask<ExplorerAddress> ReadAsync(Caller caller, string uri, string? ownColumns, CancellationToken cancellationToken)
    {
        var filter = HttpUtility.ParseQueryString(new Uri(uri).Query)["q"] ?? "";
        foreach (var name in Names().Matches(filter).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Take(Most).Where(name => !_known.ContainsKey(name)).ToList())
        {
            if (await kept.FindAsync(caller, name, cancellationToken) is { } text)
            {
                Remember(name, text);
            }
        }

        return ExplorerAddress.Read(uri, ownColumns, _known);
    }

    /// <summary>The same condition; when its values are too many for an address, with their kept list.</summary>
    public async ValueTask<ConditionTest> KeepAsync(Caller caller, ConditionTest test, CancellationToken cancellationToken)
    {
        if (test.Values.Sum(value => value.Length + 3) <= ConditionText.MaxInAddress)
        {
            return test with { List = null };
        }

        var text = string.Join('\n', test.Values);
        var name = await kept.KeepAsync(caller, text, cancellationToken);
        Remember(name, text);
        return test with { List = name };
    }

    private void Remember(string name, string text)
    {
        if (_known.Count >= Most * 2)
        {
            _known.Clear();
        }

        _known[name] = text;
    }

    [GeneratedRegex("\"(is|not|has|hasnot|starts)\"\\s*:\\s*\"(?<name>[0-9a-f]{32})\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Names();
}
