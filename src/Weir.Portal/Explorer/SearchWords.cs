using System.Net;

namespace Weir.Portal.Explorer;

/// <summary>Turns what somebody types into the search field into the view that they most likely mean.</summary>
internal static class SearchWords
{
    public static ExplorerAddress Read(string words)
    {
        var text = words.Trim();
        return new ExplorerAddress { Range = TimeRange.Read("30d", null, null), Filter = Filter(text) };
    }

    private static ConditionGroup Filter(string text) => text switch
    {
        "" => ConditionGroup.Everything,
        _ when Guid.TryParse(text, out var id) => Any(Test("networkId", id.ToString("D"))),
        _ when text is ['<', .., '>'] => Any(Test("internetId", text)),
        _ when text.Length == 64 && text.All(char.IsAsciiHexDigit) => Any(Test("sha256", text.ToLowerInvariant())),
        _ when IPAddress.TryParse(text, out _) && text.AsSpan().ContainsAny('.', ':') => Any(Test("senderIp", text)),
        _ when text.Contains("://", StringComparison.Ordinal) => Any(new ConditionTest("url", ConditionOperator.Contains, [text])),
        _ when !text.Contains(' ', StringComparison.Ordinal) && text.IndexOf('@', StringComparison.Ordinal) > 0 =>
            Any(Test("senderAddress", text), Test("recipient", text), Test("mailFrom", text)),
        _ when IsDomain(text) => Any(Test("senderDomain", text), Test("recipientDomain", text), Test("urlDomain", text)),
        _ => Any(new ConditionTest("subject", ConditionOperator.Contains, [text])),
    };

    private static bool IsDomain(string text) =>
        text.Contains('.', StringComparison.Ordinal) && !text.StartsWith('.') && !text.EndsWith('.')
        && text.All(character => char.IsLetterOrDigit(character) || character is '.' or '-');

    private static ConditionTest Test(string property, string value) => new(property, ConditionOperator.Is, [value]);

    private static ConditionGroup Any(params ConditionTest[] tests) =>
        tests is [var single]
            ? new ConditionGroup(IsAny: false, IsNegated: false, [single])
            : new ConditionGroup(IsAny: false, IsNegated: false, [new ConditionGroup(IsAny: true, IsNegated: false, tests)]);
}
