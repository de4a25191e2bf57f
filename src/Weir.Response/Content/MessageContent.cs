using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Response.Content.Preview;
using Weir.Response.Contracts;
using Weir.Response.Record;
using Weir.Storage.Contracts;

namespace Weir.Response.Content;

/// <summary>Content of messages, for those who may read it; every use and every refusal is in the audit trail before anything is shown.</summary>
internal sealed class MessageContent(TargetRecords records, IBlobs blobs, PreviewTokens tokens, IAuditTrail audit, IOptions<ResponseOptions> options) : IMessageContent
{
    private const string Operation = "AdminMailAccess";

    public async ValueTask<bool> MayReadAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken) =>
        MayRead(caller, await RecordAsync(caller, target, cancellationToken));

    public async ValueTask<string> IssuePreviewTokenAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken)
    {
        _ = await AllowedAsync(caller, target, "preview", cancellationToken);
        return tokens.Issue(caller.Id, target);
    }

    public async ValueTask<MessagePreview?> OpenPreviewAsync(Caller caller, string token, CancellationToken cancellationToken)
    {
        if (tokens.Use(caller.Id, token) is not { } target)
        {
            await audit.RecordAsync(caller, new AuditEntry(Operation, Target: null, "Denied", "preview: the token is wrong, old, used or another caller's"), cancellationToken);
            return null;
        }

        // Rights may have changed since the token was given, and a released message is no longer in quarantine.
        var record = await AllowedAsync(caller, target, "preview", cancellationToken);
        return await ReadAsync(caller, target, record, "preview", cancellationToken) is { } raw ? MessagePage.Of(raw) : null;
    }

    public ValueTask<byte[]?> DownloadAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken) => RawAsync(caller, target, "download", cancellationToken);

    public ValueTask<byte[]?> SourceAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken) => RawAsync(caller, target, "source", cancellationToken);

    private async ValueTask<byte[]?> RawAsync(Caller caller, MessageTarget target, string use, CancellationToken cancellationToken)
    {
        var record = await AllowedAsync(caller, target, use, cancellationToken);
        return await ReadAsync(caller, target, record, use, cancellationToken);
    }

    private async ValueTask<byte[]?> ReadAsync(Caller caller, MessageTarget target, TargetRecord? record, string use, CancellationToken cancellationToken)
    {
        var raw = record is { BlobId.Length: > 0 } ? await blobs.ReadAsync(new BlobId(record.BlobId), cancellationToken) : null;
        var problem = record is null ? "not in the record" : raw is null ? "content erased or never kept" : raw.Length > options.Value.MaxContentBytes ? "larger than response:maxContentBytes" : null;
        await audit.RecordAsync(
            caller, new AuditEntry(Operation, NameOf(target), problem is null ? "Success" : "Failure", problem is null ? use : $"{use}: {problem}"), cancellationToken);
        return problem is null ? raw : null;
    }

    private async ValueTask<TargetRecord?> AllowedAsync(Caller caller, MessageTarget target, string use, CancellationToken cancellationToken)
    {
        var record = await RecordAsync(caller, target, cancellationToken);
        if (!MayRead(caller, record))
        {
            await audit.RecordAsync(caller, new AuditEntry(Operation, NameOf(target), "Denied", use), cancellationToken);
            throw new AccessDeniedException(caller.Name, Permission.EmailContentRead);
        }

        return record;
    }

    /// <summary>Whoever may read no content at all is not looked up for.</summary>
    private async ValueTask<TargetRecord?> RecordAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken) =>
        caller.Has(Permission.EmailMetadataRead) && (caller.Has(Permission.EmailContentRead) || caller.Has(Permission.QuarantineContentRead))
            ? (await records.FindAsync(caller, [target], cancellationToken))[0]
            : null;

    private static bool MayRead(Caller caller, TargetRecord? record) =>
        caller.Has(Permission.EmailMetadataRead)
        && (caller.Has(Permission.EmailContentRead) || (caller.Has(Permission.QuarantineContentRead) && record?.Location == Places.Quarantine));

    private static string NameOf(MessageTarget target) => $"{target.Id} {target.Recipient}";
}
