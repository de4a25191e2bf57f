using Weir.Events.Contracts;
using Weir.Portal.Explorer;

namespace Weir.Portal.OtherFilter;

/// <summary>The questions of the page, in KQL: number, list and hunting are one and the same.</summary>
internal static class OtherFilterQuestions
{
    public const int Shown = 200;

    /// <summary>Who calls it bad, in the spelling of the table.</summary>
    public static IReadOnlyList<string> Agreements { get; } = ["Both bad", "Only Weir", "Only the other filter", "Both good"];

    public static string Counts(string span) => $"WeirOtherFilter\n| where Timestamp > ago({span})\n| summarize Messages = count() by Filter, Agreement";

    public static string Verdicts(string span) => $"WeirOtherFilter\n| where Timestamp > ago({span})\n| summarize FilterBad = countif(FilterVerdict == \"Bad\"), FilterGood = countif(FilterVerdict == \"Good\") by Verdict";

    public static string Messages(string span, string agreement) => $"""
        WeirOtherFilter
        | where Timestamp > ago({span})
        | where Agreement == {KqlText.Literal(agreement)}
        | project Timestamp, NetworkMessageId, Verdict, Because = strcat_array(Because, ", "), Filter, FilterVerdict, FilterAction, FilterScore, FilterThreshold, Rules = strcat_array(Rules, ", "), SenderFromAddress, RecipientEmailAddress, Subject
        | order by Timestamp desc
        """;

    public static IReadOnlyDictionary<string, long> Counts(Answer answer) =>
        answer.Rows.GroupBy(row => Text(row[1]), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(row => row[2] as long? ?? 0), StringComparer.Ordinal);

    public static IReadOnlyList<string> Filters(Answer answer) => [.. answer.Rows.Select(row => Text(row[0])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static IReadOnlyDictionary<string, (long Bad, long Good)> Verdicts(Answer answer) =>
        answer.Rows.ToDictionary(row => Text(row[0]), row => (row[1] as long? ?? 0, row[2] as long? ?? 0), StringComparer.Ordinal);

    public static IReadOnlyList<ComparedMessage> Messages(Answer answer) => [.. answer.Rows.Select(row => new ComparedMessage(
        Text(row[1]), row[0] is DateTime at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : default, Text(row[2]), Text(row[3]), Text(row[4]), Says(row), Text(row[9]), Text(row[10]), Text(row[11]), Text(row[12])))];

    private static string Says(object?[] row)
    {
        var score = row[7] is double number ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ({number:0.0}{(row[8] is double limit ? $" of {limit:0.0}" : "")})") : "";
        return $"{Text(row[5])}: {Text(row[6])}{score}";
    }

    private static string Text(object? cell) => cell as string ?? "";
}
