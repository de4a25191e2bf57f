using Weir.Events.Contracts;
using Weir.Portal.Explorer;

namespace Weir.Portal.Policies;

/// <summary>What Weir would have done while it only watched, asked in KQL.</summary>
/// <param name="ask">Asks in KQL for at most so many rows, as somebody.</param>
internal sealed class WatchQuestions(Func<string, int, CancellationToken, ValueTask<Answer>> ask)
{
    private const string Would = "extract('\"WouldAction\":\"([^\"]*)\"', 1, AdditionalFields)";
    private const string Verdict = "extract('\"Verdict\":\"([^\"]*)\"', 1, AdditionalFields)";

    public const int MostCandidates = 20;

    /// <summary>By action and verdict.</summary>
    public async ValueTask<IReadOnlyList<WouldCount>> CountsAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        var answer = await ask($"{HeldIn(window)} | extend Would = {Would}, Verdict = {Verdict} | summarize Messages = count() by Would, Verdict | sort by Messages desc", 1_000, cancellationToken);
        return [.. answer.Rows.Select(row => new WouldCount((string)row[0]!, (string)row[1]!, Convert.ToInt64(row[2], System.Globalization.CultureInfo.InvariantCulture)))];
    }

    /// <summary>Mail that was answered: probably good, the newest first.</summary>
    public async ValueTask<IReadOnlyList<AnsweredMail>> AnsweredAsync(TimeWindow window, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var answer = await ask(
            $"""
            {HeldIn(window)} and EmailDirection == 'Inbound' | extend Would = {Would}, Person = tolower(RecipientEmailAddress), Other = tolower(SenderFromAddress)
            | join kind=inner (EmailEvents | where Timestamp >= {KqlText.Literal(window.From)} and Timestamp < {KqlText.Literal(window.To)} and EmailDirection == 'Outbound' | summarize Answered = max(Timestamp) by Person = tolower(SenderFromAddress), Other = tolower(RecipientEmailAddress)) on Person, Other
            | where Answered > Timestamp
            | project Timestamp, NetworkMessageId, RecipientEmailAddress, SenderFromAddress, Subject, ThreatTypes, AdditionalFields, Would
            | sort by Timestamp desc
            """,
            MostCandidates, cancellationToken);
        var would = answer.IndexOf("Would");
        return [.. answer.Rows.Select(row => new AnsweredMail(new MailRow(answer, row, zone), (string)row[would]!))];
    }

    private static string HeldIn(TimeWindow window) =>
        $"EmailEvents | where Timestamp >= {KqlText.Literal(window.From)} and Timestamp < {KqlText.Literal(window.To)} | where AdditionalFields contains '\"Held\":\"Watch only\"'";
}

/// <summary>How many messages would have been treated in one way.</summary>
internal sealed record WouldCount(string Action, string Verdict, long Messages)
{
    /// <summary>The same messages in Explorer.</summary>
    public string Address(TimeRange range) => new ExplorerAddress
    {
        Range = range,
        Filter = new ConditionGroup(IsAny: false, IsNegated: false,
        [
            new ConditionTest("held", ConditionOperator.Is, ["Watch only"]),
            new ConditionTest("would", ConditionOperator.Is, [Action]),
            new ConditionTest("verdict", ConditionOperator.Is, [Verdict]),
        ]),
    }.Write();
}

/// <summary>A message that would have been kept back, and was answered.</summary>
internal sealed record AnsweredMail(MailRow Row, string Action);
