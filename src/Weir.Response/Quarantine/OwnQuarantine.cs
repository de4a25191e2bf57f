using System.Globalization;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Content;
using Weir.Response.Content.Preview;
using Weir.Response.Contracts;
using Weir.Response.OwnMail;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>The recipients' door to held mail.</summary>
internal sealed class OwnQuarantine(
    HeldMail held, PoliciesOfQuarantine policies, OwnLinks links, QuarantineDoor door, JudgedAgain again, WrittenMail written, IOutbox outbox, IBlobs blobs, IDirectory directory, IRaiseAlert alerts, IAuditTrail audit, TimeProvider time) : IOwnQuarantine
{
    public const string AlertTitle = "User requested to release a quarantined message";

    private const int LongestReason = 1_000;
    private const int MostShown = 500;
    private const int ShortestPassword = 8;
    private static readonly TimeSpan LinkEvery = TimeSpan.FromMinutes(10);

    private static readonly Caller Self = Caller.System("quarantine", Permission.AlertsManage, Permission.ResponseManage);

    public OwnLink Read(string link) => links.Read(link);

    public async ValueTask<OwnVisitor?> EnterAsync(string link, string? address, CancellationToken cancellationToken)
    {
        var read = links.Read(link);
        if (read.Recipient.Length == 0)
        {
            await audit.RecordAsync(Self with { Address = address }, new AuditEntry("QuarantineLinkOpened", Target: null, "Denied", "forged"), cancellationToken);
            return null;
        }

        var visitor = new OwnVisitor(read.Recipient, address);
        if (read.IsExpired || !await links.UseAsync(link, cancellationToken))
        {
            await AuditAsync(visitor, "QuarantineLinkOpened", target: null, "Denied", read.IsExpired ? "expired" : "used before", cancellationToken);
            return null;
        }

        await AuditAsync(visitor, "QuarantineLinkOpened", target: null, "Success", detail: null, cancellationToken);
        return visitor;
    }

    public async ValueTask SendLinkAsync(string recipient, CancellationToken cancellationToken)
    {
        var address = recipient.Trim().ToLowerInvariant();
        if (!AddressForm.IsAddress(address) || !directory.Current.IsOwnDomain(address[(address.LastIndexOf('@') + 1)..]) || !written.IsPossible || written.PortalUrl.Length == 0)
        {
            return;
        }

        // The same key within ten minutes: the outbox takes it once.
        var key = string.Create(CultureInfo.InvariantCulture, $"quarantine-link/{address}/{time.GetUtcNow().UtcTicks / LinkEvery.Ticks}");
        await outbox.AddAsync(
            Self,
            [
                written.Of(new NoticeText
                {
                    Key = key,
                    Kind = "Quarantine link",
                    Recipient = address,
                    Subject = "Your link to your quarantine",
                    Heading = "With this link you see the mail that is held back from you.",
                    Link = links.Of(address, key),
                    LinkText = "Open my quarantine",
                    Foot = "The link works once, for seven days. If you did not ask for it, leave it alone: nothing happens by itself.",
                }),
            ],
            cancellationToken);
    }

    public async ValueTask<IReadOnlyList<OwnMessage>> ListAsync(OwnVisitor visitor, CancellationToken cancellationToken)
    {
        var known = await policies.AllAsync(cancellationToken);
        var rows = (await held.OfRecipientAsync(visitor.Recipient, MostShown, cancellationToken)).ToList();
        var problems = await held.ProblemsAsync(rows, cancellationToken);
        return
        [
            .. rows.Select(row => new OwnMessage(row.Shown(problems.GetValueOrDefault((row.MessageId, row.Recipient), "")), RightsOf(row, known)))
                .Where(own => own.Rights != QuarantineRights.None),
        ];
    }

    public async ValueTask<bool> RequestAsync(OwnVisitor visitor, HeldKey key, string reason, CancellationToken cancellationToken)
    {
        if (await MayAsync(visitor, key, QuarantineRights.RequestRelease, "QuarantineRequestRelease", cancellationToken) is not { Status: not ReleaseStatus.Requested } row)
        {
            return false;
        }

        // What cannot be judged now is asked for all the same: whoever decides sees that there is no fresh verdict.
        var fresh = await again.OfAsync(row, cancellationToken);
        var why = reason.Trim() is var text && text.Length <= LongestReason ? text : text[..LongestReason];
        var asked = await held.ChangeAsync(
            [key],
            one => one is { State: HeldState.Held, Status: not ReleaseStatus.Requested },
            one =>
            {
                (one.Status, one.RequestedAt, one.RequestReason, one.DecidedAt, one.DecidedBy, one.DecisionNote) = (ReleaseStatus.Requested, time.GetUtcNow(), why, null, "", "");
                if (fresh is not null)
                {
                    JudgedAgain.Keep(one, fresh);
                }
            },
            also: null,
            cancellationToken);
        if (asked is not [var requested])
        {
            return false;
        }

        await AuditAsync(visitor, "QuarantineRequestRelease", Named(key), "Success", fresh is null ? null : $"judged again: {fresh.Verdict}", cancellationToken);
        await alerts.RaiseAsync(
            Self,
            new NewAlert
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"quarantine-request/{requested.MessageId}/{requested.Recipient}/{requested.Holding}"),
                Title = AlertTitle,
                Description = $"{visitor.Recipient} asks for a message that is held as {requested.Reason}{(fresh is null ? "" : $"; judged again just now it is called {fresh.Verdict}")}. Approve or deny it on the page Quarantine.",
                Severity = AlertSeverity.Informational,
                Evidence = [AlertedEntity.Message(new MessageTarget(key.Id, key.Recipient, requested.ReceivedAt), requested.Subject)],
            },
            cancellationToken);
        return true;
    }

    public async ValueTask<bool> ReleaseAsync(OwnVisitor visitor, HeldKey key, CancellationToken cancellationToken) =>
        await MayAsync(visitor, key, QuarantineRights.Release, "QuarantineReleaseMessage", cancellationToken) is not null
        && (await door.ReleaseAsync(CallerOf(visitor), new ReleaseRequest { Keys = [key] }, ReleaseStatus.Approved, cancellationToken)).Released > 0;

    public async ValueTask<bool> DeleteAsync(OwnVisitor visitor, HeldKey key, CancellationToken cancellationToken) =>
        await MayAsync(visitor, key, QuarantineRights.Delete, "QuarantineDeleteMessage", cancellationToken) is not null
        && await door.DeleteAsync(CallerOf(visitor), [key], visitor.Recipient, cancellationToken) > 0;

    public async ValueTask<MessagePreview?> PreviewAsync(OwnVisitor visitor, HeldKey key, CancellationToken cancellationToken) =>
        await BytesAsync(visitor, key, QuarantineRights.Preview, "QuarantinePreviewMessage", cancellationToken) is { } raw ? MessagePage.Of(raw) : null;

    public async ValueTask<string?> HeadersAsync(OwnVisitor visitor, HeldKey key, CancellationToken cancellationToken)
    {
        if (await BytesAsync(visitor, key, QuarantineRights.ViewHeader, "QuarantineViewHeader", cancellationToken) is not { } raw)
        {
            return null;
        }

        var end = raw.AsSpan().IndexOf("\r\n\r\n"u8);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? raw : raw.AsSpan(0, end));
    }

    public async ValueTask<byte[]?> DownloadAsync(OwnVisitor visitor, HeldKey key, string password, CancellationToken cancellationToken)
    {
        if (password.Length < ShortestPassword)
        {
            throw new ArgumentException($"The password has at least {ShortestPassword} characters.");
        }

        return await BytesAsync(visitor, key, QuarantineRights.Download, "QuarantineExportMessage", cancellationToken) is { } raw ? ProtectedZip.Of($"{key.Id}.eml", raw, password, time.GetUtcNow()) : null;
    }

    /// <summary>What a recipient may do with a held message.</summary>
    public static QuarantineRights RightsOf(HeldRow row, IReadOnlyList<QuarantinePolicy> policies)
    {
        var policy = policies.FirstOrDefault(policy => policy.Name.Equals(row.QuarantinePolicy, StringComparison.OrdinalIgnoreCase)) ?? policies.First(policy => policy.Name == QuarantinePolicy.UsualFor(row.Reason));
        var rights = policy.Rights;
        return rights.HasFlag(QuarantineRights.Release) && (QuarantineWords.IsDangerous(row.Reason) || QuarantineWords.IsDangerous(QuarantineWords.ReasonOf(row.Verdict)))
            ? (rights & ~QuarantineRights.Release) | QuarantineRights.RequestRelease
            : rights;
    }

    private async Task<byte[]?> BytesAsync(OwnVisitor visitor, HeldKey key, QuarantineRights right, string operation, CancellationToken cancellationToken)
    {
        if (await MayAsync(visitor, key, right, operation, cancellationToken) is not { BlobId.Length: > 0 } row)
        {
            return null;
        }

        await AuditAsync(visitor, operation, Named(key), "Success", detail: null, cancellationToken);
        return await blobs.ReadAsync(new BlobId(row.BlobId), cancellationToken);
    }

    /// <summary>The row when it is held from this visitor, who has the right; else nothing, and the trail says that it was tried.</summary>
    private async Task<HeldRow?> MayAsync(OwnVisitor visitor, HeldKey key, QuarantineRights right, string operation, CancellationToken cancellationToken)
    {
        if (key.Recipient.Equals(visitor.Recipient, StringComparison.OrdinalIgnoreCase)
            && await held.FindAsync([key], cancellationToken) is [{ State: HeldState.Held } row]
            && RightsOf(row, await policies.AllAsync(cancellationToken)).HasFlag(right))
        {
            return row;
        }

        await AuditAsync(visitor, operation, Named(key), "Denied", $"lacks {right}, or it is not held from them", cancellationToken);
        return null;
    }

    private ValueTask AuditAsync(OwnVisitor visitor, string operation, string? target, string result, string? detail, CancellationToken cancellationToken) =>
        audit.RecordAsync(CallerOf(visitor), new AuditEntry(operation, target, result, detail), cancellationToken);

    private static Caller CallerOf(OwnVisitor visitor) => new($"recipient:{visitor.Recipient}", visitor.Recipient, new HashSet<Permission>()) { Address = visitor.Address };

    private static string Named(HeldKey key) => $"{key.Id} {key.Recipient}";
}
