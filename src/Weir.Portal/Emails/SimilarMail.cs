using System.Globalization;
using Weir.Portal.Explorer;

namespace Weir.Portal.Emails;

/// <summary>Messages with the same body fingerprint, as a view of Explorer: the tab, the way into Explorer and the file are one question.</summary>
internal static class SimilarMail
{
    /// <summary>Days before and after the message.</summary>
    public static IReadOnlyList<int> Spans { get; } = [1, 7, 15, 45];

    public const int UsualSpan = 15;

    private static readonly string[] Searched = ["subject", "senderAddress", "recipient"];

    /// <summary>Nothing when the message has no fingerprint.</summary>
    /// <param name="find">Words in subject, sender or recipient; empty for all.</param>
    public static ExplorerAddress? Of(MailRow row, int days, string find)
    {
        if (!long.TryParse(row.Number("EmailClusterId"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cluster) || cluster == 0)
        {
            return null;
        }

        List<Condition> parts = [new ConditionTest("cluster", ConditionOperator.Is, [cluster.ToString(CultureInfo.InvariantCulture)])];
        if (find.Trim() is { Length: > 0 } words)
        {
            parts.Add(new ConditionGroup(IsAny: true, IsNegated: false,
                [.. Searched.Select(property => new ConditionTest(property, ConditionOperator.Contains, [words]))]));
        }

        return new ExplorerAddress
        {
            Range = new TimeRange(Preset: null, row.Timestamp.AddDays(-days), row.Timestamp.AddDays(days)),
            Filter = new ConditionGroup(IsAny: false, IsNegated: false, parts),
        };
    }
}
