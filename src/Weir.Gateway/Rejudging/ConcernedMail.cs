using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>Finds stored mail that has something in it, through the one door to ask: first which values there are, then the messages that have those which count.</summary>
internal sealed class ConcernedMail(IQuestions questions)
{
    /// <summary>Values of one question.</summary>
    private const int ValuesAtOnce = 5_000;

    private static readonly Caller Self = Caller.System("rejudging", Permission.EmailMetadataRead);

    /// <summary>Ids of the messages.</summary>
    public async ValueTask<IReadOnlyCollection<string>> FindAsync(IConcern concern, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (concern.HasSenders)
        {
            await AddAsync(
                found, since, "EmailEvents | where Timestamp >= since | distinct SenderFromAddress | union (EmailEvents | where Timestamp >= since | distinct SenderMailFromAddress | project SenderFromAddress = SenderMailFromAddress)",
                row => concern.Sender((string)row[0]!), "EmailEvents | where Timestamp >= since | where SenderFromAddress in (values) or SenderMailFromAddress in (values) | distinct NetworkMessageId", cancellationToken); // string cells are never null
        }

        if (concern.HasUrls)
        {
            await AddAsync(
                found, since, "EmailUrlInfo | where Timestamp >= since | distinct Url, UrlDomain",
                row => concern.Url((string)row[0]!, (string)row[1]!), "EmailUrlInfo | where Timestamp >= since | where Url in (values) | distinct NetworkMessageId", cancellationToken);
        }

        if (concern.HasFiles)
        {
            await AddAsync(
                found, since, "EmailAttachmentInfo | where Timestamp >= since | distinct SHA256",
                row => concern.File((string)row[0]!), "EmailAttachmentInfo | where Timestamp >= since | where SHA256 in (values) | distinct NetworkMessageId", cancellationToken);
        }

        if (concern.HasAddresses)
        {
            await AddAsync(
                found, since, "EmailEvents | where Timestamp >= since | extend Ip = iff(SenderIPv4 == '', SenderIPv6, SenderIPv4) | distinct Ip",
                row => concern.Address((string)row[0]!), "EmailEvents | where Timestamp >= since | where SenderIPv4 in (values) or SenderIPv6 in (values) | distinct NetworkMessageId", cancellationToken);
        }

        return found;
    }

    /// <summary>Ids of the messages, however old, whose judgement names one of these entries of the allow/block list.</summary>
    public async ValueTask<IReadOnlyCollection<string>> NamingAsync(IReadOnlyList<long> entries, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in entries.Select(entry => entry.ToString(System.Globalization.CultureInfo.InvariantCulture)).Chunk(ValuesAtOnce))
        {
            await foreach (var row in RowsAsync("WeirMessageEvidence | where Timestamp >= since | mv-expand Signal = Signals | where tostring(Signal.ListEntry) in (values) | distinct NetworkMessageId", DateTimeOffset.UnixEpoch, some, cancellationToken))
            {
                found.Add((string)row[0]!);
            }
        }

        return found;
    }

    /// <summary>Ids of the messages that a condition on EmailEvents holds for.</summary>
    public async ValueTask<IReadOnlyCollection<string>> WhereAsync(string condition, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var kql = $"EmailEvents | where Timestamp >= since{(string.IsNullOrWhiteSpace(condition) ? "" : $"\n| where {condition}")}\n| distinct NetworkMessageId"; // a line of its own: a condition may end in a note
        await foreach (var row in RowsAsync(kql, since, [], cancellationToken))
        {
            found.Add((string)row[0]!);
        }

        return found;
    }

    private async Task AddAsync(HashSet<string> found, DateTimeOffset since, string values, Func<object?[], bool> counts, string messages, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(values, since, [], cancellationToken))
        {
            if (row[0] is string { Length: > 0 } value && counts(row))
            {
                wanted.Add(value);
            }
        }

        foreach (var some in wanted.Chunk(ValuesAtOnce))
        {
            await foreach (var row in RowsAsync(messages, since, some, cancellationToken))
            {
                found.Add((string)row[0]!);
            }
        }
    }

    private async IAsyncEnumerable<object?[]> RowsAsync(string kql, DateTimeOffset since, string[] values, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["since"] = since.UtcDateTime };
        if (values.Length > 0)
        {
            parameters["values"] = values;
        }

        await foreach (var part in questions.StreamAsync(Self, new Question(kql) { Parameters = parameters, Timeout = TimeSpan.FromMinutes(5) }, cancellationToken))
        {
            foreach (var row in part.Rows)
            {
                yield return row;
            }
        }
    }
}
