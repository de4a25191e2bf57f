using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>A row of the record.</summary>
internal sealed record FakeRow(NetworkMessageId Id, string Recipient, DateTimeOffset At, string Location, string Action, string BlobId, string BodySha256, string MessageId);

/// <summary>Answers the two questions that Response asks; requires the right that the real door requires.</summary>
internal sealed class FakeQuestions : IQuestions
{
    public List<FakeRow> Rows { get; } = [];

    public ValueTask<Answer> AskAsync(Caller caller, Question question, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        var ids = (string[])question.Parameters["ids"];
        var (earliest, latest) = ((DateTime)question.Parameters["earliest"], (DateTime)question.Parameters["latest"]);
        var rows = Rows.Where(row => ids.Contains(row.Id.ToString()) && row.At.UtcDateTime >= earliest && row.At.UtcDateTime <= latest);
        return ValueTask.FromResult(new Answer(
            [],
            question.Kql.StartsWith("EmailEvents", StringComparison.Ordinal)
                ? [.. rows.Select(row => new object?[] { row.Id.ToString(), row.Recipient, row.At.UtcDateTime, "subject", row.MessageId, row.Location, row.Action })]
                : [.. rows.Select(row => new object?[] { row.Id.ToString(), row.BlobId, row.BodySha256 })]) { At = default });
    }

    public IAsyncEnumerable<Answer> StreamAsync(Caller caller, Question question, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>A log in memory; an append is a step before and after.</summary>
internal sealed class FakeLog(Steps steps) : IEventLog
{
    public List<Fact> Facts { get; } = [];

    public long Last => Facts.Count;

    /// <summary>What the event store makes of them: the first fact of a key counts.</summary>
    public IReadOnlyList<MailboxActed> Acted => [.. Facts.OfType<MailboxActed>().DistinctBy(fact => fact.ActionKey)];

    public ValueTask<long> AppendAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        steps.Next();
        Facts.AddRange(facts);
        steps.Next();
        return ValueTask.FromResult(Last);
    }

    public IAsyncEnumerable<LoggedFact> FollowAsync(long after, CancellationToken cancellationToken) => ReadAsync(after, cancellationToken);

    public async IAsyncEnumerable<LoggedFact> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = (int)after; i < Facts.Count; i++)
        {
            yield return await Task.FromResult(new LoggedFact(i + 1, Facts[i]));
        }
    }

    public ValueTask WaitUntilShownAsync(long sequence, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

internal sealed class FakeBlobs : IBlobs
{
    public Dictionary<string, byte[]> Bodies { get; } = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<BlobId>> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<byte[]?> ReadAsync(BlobId id, CancellationToken cancellationToken) => ValueTask.FromResult(Bodies.GetValueOrDefault(id.Value));

    public ValueTask<bool> EraseAsync(BlobId id, CancellationToken cancellationToken) => ValueTask.FromResult(Bodies.Remove(id.Value));
}

internal sealed class FakeAudit : IAuditTrail
{
    public List<(string Caller, AuditEntry Entry)> Entries { get; } = [];

    public ValueTask RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken)
    {
        Entries.Add((caller.Id, entry));
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(Caller caller, int limit, long? before, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long?> VerifyAsync(Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>A job table in memory that survives the kills of a test.</summary>
internal sealed class FakeJobs : IJobs
{
    private readonly ConcurrentDictionary<(string Kind, string Key), (NewJob Job, JobState State, int Attempts)> _jobs = new();

    public int Count => _jobs.Count;

    public ValueTask AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        foreach (var job in jobs)
        {
            _jobs.TryAdd((job.Kind, job.Key), (job, JobState.Waiting, 0));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<JobStatus?> FindAsync(string kind, string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_jobs.TryGetValue((kind, key), out var known) ? new JobStatus(1, kind, key, known.State, 0, Result: null, Error: null, known.Attempts) : null);

    public ValueTask ReportAsync(LeasedJob job, double progress, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Does what waits. A kill leaves the job waiting; other exceptions are tried again as the runner does, at most eight times.</summary>
    public async Task RunAsync(IEnumerable<IJobHandler> handlers)
    {
        var byKind = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        foreach (var (key, (job, stored, before)) in _jobs.OrderBy(job => job.Key.Key, StringComparer.Ordinal))
        {
            var state = stored;
            for (var attempt = before + 1; state == JobState.Waiting; attempt++)
            {
                _jobs[key] = (job, JobState.Waiting, attempt);
                try
                {
                    await byKind[job.Kind].HandleAsync(new LeasedJob(1, job.Kind, job.Key, job.Payload, attempt), CancellationToken.None);
                    state = JobState.Done;
                }
                catch (Exception problem) when (problem is MailboxException or InvalidDataException)
                {
                    state = attempt == 8 ? JobState.Failed : JobState.Waiting;
                }

                _jobs[key] = (job, state, attempt);
            }
        }
    }
}

/// <summary>The real mailboxes; every call is a step before and after.</summary>
internal sealed class StepMailboxes(IMailboxes inner, Steps steps) : IMailboxes
{
    /// <summary>Set: every move fails with this reason.</summary>
    public string? Broken { get; set; }

    public bool Serves(string mailbox) => inner.Serves(mailbox);

    public async ValueTask<IReadOnlyList<FoundMessage>> FindAsync(Caller caller, string mailbox, MessageIdentity message, CancellationToken cancellationToken)
    {
        steps.Next();
        return await inner.FindAsync(caller, mailbox, message, cancellationToken);
    }

    public async ValueTask<MailboxResult> MoveAsync(Caller caller, string mailbox, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken)
    {
        steps.Next();
        if (Broken is not null)
        {
            return MailboxResult.Failed(Broken);
        }

        var result = await inner.MoveAsync(caller, mailbox, message, to, cancellationToken);
        steps.Next();
        return result;
    }

    public async ValueTask<MailboxResult> RestoreAsync(Caller caller, string mailbox, MessageIdentity message, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken)
    {
        steps.Next();
        var result = await inner.RestoreAsync(caller, mailbox, message, content, to, cancellationToken);
        steps.Next();
        return result;
    }

    public ValueTask DeliverAsync(Caller caller, string mailbox, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken) =>
        inner.DeliverAsync(caller, mailbox, content, to, cancellationToken);

    public ValueTask<IReadOnlyList<MailboxCheck>> CheckAsync(Caller caller, CancellationToken cancellationToken) => inner.CheckAsync(caller, cancellationToken);
}
