using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>Answers the questions that Response asks; requires the right that the real door requires.</summary>
internal sealed class FakeQuestions : IQuestions
{
    public List<FakeRow> Rows { get; } = [];

    public long MailOfADay { get; set; } = 1_000;

    /// <summary>Ids of the alerts that the record shows.</summary>
    public IEnumerable<string> Alerts { get; set; } = [];

    public ValueTask<Answer> AskAsync(Caller caller, Question question, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        if (question.Kql.StartsWith("AlertInfo", StringComparison.Ordinal))
        {
            return ValueTask.FromResult(new Answer([], [[(long)Alerts.Count(alert => alert == (string)question.Parameters["id"])]]) { At = default });
        }

        if (question.Kql.EndsWith("| count", StringComparison.Ordinal))
        {
            return ValueTask.FromResult(new Answer([], [[MailOfADay]]) { At = default });
        }

        if (question.Kql.StartsWith("WeirMessageEvidence\n| where Timestamp >= earliest and Timestamp <= latest\n| where NetworkMessageId == id", StringComparison.Ordinal))
        {
            return ValueTask.FromResult(new Answer([], [["{}", ""]]) { At = default });
        }

        if (question.Kql.StartsWith("EmailEvents\n| where true", StringComparison.Ordinal))
        {
            return ValueTask.FromResult(new Answer([], [.. Rows.Where(row => question.Kql.Contains(row.Recipient, StringComparison.Ordinal)).Select(row => new object?[] { row.Id.ToString(), row.Recipient })]) { At = default });
        }

        var ids = (string[])question.Parameters["ids"];
        if (question.Kql.Contains("distinct NetworkMessageId", StringComparison.Ordinal))
        {
            return ValueTask.FromResult(new Answer([], [.. Rows.Where(row => ids.Contains(row.Id.ToString(), StringComparer.Ordinal) && row.Location is not ("Quarantine" or "Failed" or "Dropped")).Select(row => new object?[] { row.Id.ToString() })]) { At = default });
        }

        if (!question.Parameters.ContainsKey("earliest"))
        {
            var known = Rows.Where(row => ids.Contains(row.Id.ToString(), StringComparer.Ordinal));
            return ValueTask.FromResult(new Answer(
                [],
                question.Kql.StartsWith("EmailEvents", StringComparison.Ordinal)
                    ? [.. known.Select(row => new object?[] { row.Id.ToString(), row.Recipient, row.At.UtcDateTime, "subject", row.MessageId, "a@x.example", "Ann Other", 2_048L, "Inbound", "Phish", "[\"Priority account\"]", "", "" })]
                    : [.. known.Select(row => new object?[] { row.Id.ToString(), row.BlobId, row.BodySha256 })]) { At = default });
        }

        var (earliest, latest) = ((DateTime)question.Parameters["earliest"], (DateTime)question.Parameters["latest"]);
        var rows = Rows.Where(row => ids.Contains(row.Id.ToString(), StringComparer.Ordinal) && row.At.UtcDateTime >= earliest && row.At.UtcDateTime <= latest);
        return ValueTask.FromResult(new Answer(
            [],
            question.Kql.StartsWith("EmailEvents", StringComparison.Ordinal)
                ? [.. rows.Select(row => new object?[] { row.Id.ToString(), row.Recipient, row.At.UtcDateTime, "subject", row.MessageId, row.Location, row.Action, row.Through })]
                : [.. rows.Select(row => new object?[] { row.Id.ToString(), row.BlobId, row.BodySha256 })]) { At = default });
    }

    public IAsyncEnumerable<Answer> StreamAsync(Caller caller, Question question, CancellationToken cancellationToken) => throw new NotSupportedException();
}
