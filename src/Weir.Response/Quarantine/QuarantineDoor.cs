using System.Globalization;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.Content;
using Weir.Response.Contracts;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>The administrators' door to held mail.</summary>
internal sealed class QuarantineDoor(
    HeldMail held, RemediationStore store, Deletions deletions, JudgedAgain again, Answers answers, IMessageContent content, IQuestions questions, IMailboxes mailboxes, IHandOver server, IJobs jobs, IAuditTrail audit, IOptions<ResponseOptions> options, TimeProvider time) : IQuarantine
{
    private const string Releasing = "QuarantineReleaseMessage";
    private const string Denying = "QuarantineDenyRelease";
    private const string Deleting = "QuarantineDeleteMessage";
    private const string Judging = "QuarantineJudgeAgain";
    private const string Exporting = "QuarantineExportMessage";
    private const int LongestNote = 1_000;
    private const int ShortestPassword = 8;

    public async ValueTask<HeldPage> ListAsync(Caller caller, QuarantineQuery query, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        var at = time.GetUtcNow();
        var (rows, total) = await held.PageAsync(query, await OnlyAsync(caller, query, cancellationToken), cancellationToken);
        return new HeldPage(await ShownAsync(rows, cancellationToken), total, at);
    }

    public async ValueTask<IReadOnlyList<HeldKey>> KeysAsync(Caller caller, QuarantineQuery query, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        return await held.KeysAsync(query, await OnlyAsync(caller, query, cancellationToken), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<HeldMessage>> FindAsync(Caller caller, NetworkMessageId id, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        return await ShownAsync(await held.FindAsync(id.ToString(), cancellationToken), cancellationToken);
    }

    public async ValueTask<ReleaseStarted> ReleaseAsync(Caller caller, ReleaseRequest request, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, Releasing, request.Keys, cancellationToken);
        var others = request.AlsoTo.Select(address => address.Trim().ToLowerInvariant()).Where(address => address.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (WhyRefused(request, others) is { } why)
        {
            await audit.RecordAsync(caller, new AuditEntry(Releasing, Named(request.Keys), "Failure", why), cancellationToken);
            throw new RemediationRefusedException(why);
        }

        return await ReleaseAsync(caller, request with { AlsoTo = others }, ReleaseStatus.Approved, cancellationToken);
    }

    /// <summary>The same for a recipient who may do so: rights were looked at before.</summary>
    public async Task<ReleaseStarted> ReleaseAsync(Caller caller, ReleaseRequest request, ReleaseStatus status, CancellationToken cancellationToken)
    {
        var action = ActionOf(caller, request);
        var asked = new List<HeldRow>();
        var entries = 0;
        var released = await held.ChangeAsync(
            request.Keys,
            row => row.State == HeldState.Held && row.BlobId.Length > 0 && (server.IsConfigured || mailboxes.Serves(row.Recipient)),
            row =>
            {
                if (row.Status == ReleaseStatus.Requested)
                {
                    asked.Add(row);
                }

                (row.State, row.Status, row.ApprovalId, row.Problem) = (HeldState.Releasing, status, action.ApprovalId, "");
                (row.DecidedBy, row.DecidedAt, row.DecisionNote) = (caller.Name, time.GetUtcNow(), Short(request.Note));
            },
            (database, rows) =>
            {
                List<EntryRow> all = [.. rows.Select((row, ordinal) => HeldMail.EntryOf(action, ordinal, row, row.Recipient))];
                foreach (var row in rows.DistinctBy(row => row.MessageId, StringComparer.Ordinal))
                {
                    all.AddRange(request.AlsoTo.Where(other => !rows.Any(same => same.MessageId == row.MessageId && same.Recipient == other)).Select((other, ordinal) => HeldMail.EntryOf(action, all.Count + ordinal, row, other)));
                }

                entries = all.Count;
                if (entries > 0)
                {
                    database.Add(action);
                    database.AddRange(all);
                }
            },
            cancellationToken);
        await audit.RecordAsync(
            caller,
            new AuditEntry(Releasing, released.Count == 0 ? Named(request.Keys) : action.ApprovalId, released.Count == 0 ? "Failure" : "Success", $"{Named([.. released.Select(KeyOf)])}{(request.AlsoTo.Count > 0 ? $"; also to {string.Join(", ", request.AlsoTo)}" : "")}{(released.Count < request.Keys.Count ? $"; {request.Keys.Count - released.Count} not held any more, or out of reach" : "")}"),
            cancellationToken);
        if (entries > 0)
        {
            // Stopped here, the action is found at the next start and gets its jobs then.
            await jobs.AddAsync(BatchPayload.JobsFor(action.ApprovalId, entries, options.Value.BatchSize, caller.Id), cancellationToken);
            await store.AdvanceAsync(action.ApprovalId, RemediationStatus.Queued, cancellationToken);
            await answers.TellAsync(asked, isApproved: true, Short(request.Note), cancellationToken);
        }

        return new ReleaseStarted(entries > 0 ? action.ApprovalId : "", entries, request.Keys.Count - released.Count);
    }

    public async ValueTask<int> DenyAsync(Caller caller, IReadOnlyList<HeldKey> keys, string note, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, Denying, keys, cancellationToken);
        var denied = await held.ChangeAsync(
            keys,
            row => row is { State: HeldState.Held, Status: ReleaseStatus.Requested },
            row => (row.Status, row.DecidedBy, row.DecidedAt, row.DecisionNote) = (ReleaseStatus.Denied, caller.Name, time.GetUtcNow(), Short(note)),
            also: null,
            cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry(Denying, Named([.. denied.Select(KeyOf)]), "Success", Short(note)), cancellationToken);
        await answers.TellAsync(denied, isApproved: false, Short(note), cancellationToken);
        return denied.Count;
    }

    public async ValueTask<int> DeleteAsync(Caller caller, IReadOnlyList<HeldKey> keys, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, Deleting, keys, cancellationToken);
        return await DeleteAsync(caller, keys, caller.Name, cancellationToken);
    }

    public async Task<int> DeleteAsync(Caller caller, IReadOnlyList<HeldKey> keys, string by, CancellationToken cancellationToken)
    {
        var deleted = await held.ChangeAsync(
            keys,
            row => row.State == HeldState.Held,
            row => (row.State, row.IsUnsaid, row.DecidedBy, row.DecidedAt) = (HeldState.Deleted, true, by, time.GetUtcNow()),
            also: null,
            cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry(Deleting, Named([.. deleted.Select(KeyOf)]), "Success"), cancellationToken);
        await deletions.EndAsync(cancellationToken);
        return deleted.Count;
    }

    public async ValueTask<FreshVerdict?> JudgeAgainAsync(Caller caller, HeldKey key, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, Judging, [key], cancellationToken);
        if ((await held.FindAsync([key], cancellationToken)) is not [{ State: HeldState.Held } row] || await again.OfAsync(row, cancellationToken) is not { } fresh)
        {
            return null;
        }

        await held.ChangeAsync([key], _ => true, changed => JudgedAgain.Keep(changed, fresh), also: null, cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry(Judging, Named([key]), "Success", fresh.Verdict), cancellationToken);
        return fresh;
    }

    public async ValueTask<byte[]?> DownloadAsync(Caller caller, HeldKey key, string password, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(caller.Reason))
        {
            throw new ArgumentException("Say why you download it: the reason is kept in the audit trail.");
        }

        if (password.Length < ShortestPassword)
        {
            throw new ArgumentException($"The password has at least {ShortestPassword} characters.");
        }

        if (await held.FindAsync([key], cancellationToken) is not [var row] || await content.DownloadAsync(caller, new MessageTarget(key.Id, row.Recipient, row.ReceivedAt), cancellationToken) is not { } raw)
        {
            return null;
        }

        await audit.RecordAsync(caller, new AuditEntry(Exporting, Named([key]), "Success", caller.Reason), cancellationToken);
        return ProtectedZip.Of($"{row.MessageId}.eml", raw, password, time.GetUtcNow());
    }

    private async Task<IReadOnlyCollection<string>?> OnlyAsync(Caller caller, QuarantineQuery query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query.Where))
        {
            return null;
        }

        var kql = $"EmailEvents\n| where {(query.ReceivedFrom is null ? "true" : "Timestamp >= earliest")}\n| where\n{query.Where.Trim()}\n| project NetworkMessageId, RecipientEmailAddress";
        var question = new Question(kql) { MaxRows = 1_000_000 };
        if (query.ReceivedFrom is { } from)
        {
            question = question with { Parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["earliest"] = from.UtcDateTime } };
        }

        var answer = await questions.AskAsync(caller, question, cancellationToken);
        return [.. answer.Rows.Select(row => $"{row[0]} {((string)row[1]!).ToLowerInvariant()}")]; // string cells are never null
    }

    private async Task<IReadOnlyList<HeldMessage>> ShownAsync(IReadOnlyList<HeldRow> rows, CancellationToken cancellationToken)
    {
        var problems = await held.ProblemsAsync(rows, cancellationToken);
        return [.. rows.Select(row => row.Shown(problems.GetValueOrDefault((row.MessageId, row.Recipient), "")))];
    }

    private string? WhyRefused(ReleaseRequest request, List<string> others) =>
        request.Keys.Count == 0 ? "No message is selected."
        : request.Keys.Count + (request.Keys.Count * others.Count) > options.Value.MaxTargets ? $"{request.Keys.Count} messages are selected; one action takes at most {options.Value.MaxTargets}."
        : others.Find(other => !AddressForm.IsAddress(other)) is { } wrong ? $"“{wrong}” is no e-mail address."
        : others.Find(other => !server.IsConfigured && !mailboxes.Serves(other)) is { } far ? $"{far} is out of reach: no connector serves it, and no mail server is configured (\"sending\" in weir.json)."
        : null;

    private RemediationRow ActionOf(Caller caller, ReleaseRequest request)
    {
        var now = time.GetUtcNow();
        return new RemediationRow
        {
            ApprovalId = Guid.CreateVersion7(now).ToString("D"),
            Name = request.Keys.Count == 1 ? "Release from quarantine" : string.Create(CultureInfo.InvariantCulture, $"Release {request.Keys.Count} messages from quarantine"),
            Description = request.Note,
            Destination = MailboxPlace.Inbox,
            Query = "",
            ActionSource = "Manual email action",
            DecidedById = caller.Id,
            DecidedBy = caller.Name,
            CreatedAt = now,
            Status = RemediationStatus.Started,
        };
    }

    private async ValueTask RequireAsync(Caller caller, string operation, IReadOnlyList<HeldKey> keys, CancellationToken cancellationToken)
    {
        if (!caller.Has(Permission.QuarantineManage))
        {
            await audit.RecordAsync(caller, new AuditEntry(operation, Named(keys), "Denied", $"lacks {Permission.QuarantineManage}"), cancellationToken);
            caller.Require(Permission.QuarantineManage);
        }
    }

    private static HeldKey KeyOf(HeldRow row) => new(NetworkMessageId.Parse(row.MessageId, CultureInfo.InvariantCulture), row.Recipient);

    private static string Named(IReadOnlyList<HeldKey> keys) => keys switch
    {
        [] => "nothing",
        [var one] => $"{one.Id} {one.Recipient}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{keys.Count} messages: {string.Join(", ", keys.Take(20).Select(key => $"{key.Id} {key.Recipient}"))}{(keys.Count > 20 ? " …" : "")}"),
    };

    private static string Short(string text) => text.Trim() is var trimmed && trimmed.Length <= LongestNote ? trimmed : trimmed[..LongestNote];
}
