using System.Security.Cryptography;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Delivery;
using Weir.Gateway.Intake;

namespace Weir.Gateway.Import;

/// <summary>
/// Imports in batches through the same intake as all mail. Resumable because it knows by content what it did: a message whose bytes are in the log
/// for these recipients is passed over.
/// </summary>
internal sealed class MailImport(MessageIntake intake, KnownMailSource source, IDirectory directory, TimeProvider time) : IMailImport
{
    private const int BatchCount = 64;
    private const int BatchBytes = 16 << 20;

    public async ValueTask<ImportProgress> ImportAsync(Caller caller, ImportRequest request, IProgress<ImportProgress> progress, CancellationToken cancellationToken)
    {
        caller.Require(Permission.MailImport);
        await source.LoadAllAsync(cancellationToken);
        var counts = new Counts();
        var batch = new List<IncomingMessage>();
        var bytes = 0L;
        await foreach (var item in new MailTree().FindAsync(request.Paths, cancellationToken))
        {
            counts.Found++;
            if (item is SkippedItem skipped)
            {
                counts.Skip(skipped.Reason);
            }
            else if (item is FoundMessage found)
            {
                var message = Read(found, request.Mailbox, counts);
                if (message is not null)
                {
                    batch.Add(message);
                    bytes += message.Raw.Length;
                }
            }

            if (batch.Count >= BatchCount || bytes >= BatchBytes)
            {
                await AcceptAsync(caller, batch, counts, cancellationToken);
                bytes = 0;
                progress.Report(counts.Now);
            }
        }

        await AcceptAsync(caller, batch, counts, cancellationToken);
        progress.Report(counts.Now);
        return counts.Now;
    }

    private async ValueTask AcceptAsync(Caller caller, List<IncomingMessage> batch, Counts counts, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        foreach (var accepted in await intake.AcceptAsync(caller, batch, cancellationToken))
        {
            if (accepted.IsSecondSighting)
            {
                counts.AlreadyKnown++;
            }
            else
            {
                counts.Imported++;
            }
        }

        batch.Clear();
    }

    private IncomingMessage? Read(FoundMessage found, string? mailbox, Counts counts)
    {
        var fields = RawHeaders.Read(found.Raw.Span);
        if (fields.Count == 0)
        {
            counts.Skip(SkipReasons.NoHeaders);
            return null;
        }

        var owner = Fingerprints.Normal(mailbox ?? found.Owner);
        var envelope = ImportedEnvelope.Of(found, fields, owner, directory.Current);
        if (envelope.Recipients.Count == 0)
        {
            counts.Skip(SkipReasons.NoRecipient);
            return null;
        }

        if (source.Known.FindBytes(Convert.ToHexStringLower(SHA256.HashData(found.Raw.Span)), envelope.Recipients) is not null)
        {
            counts.AlreadyKnown++;
            return null;
        }

        return new IncomingMessage
        {
            Raw = found.Raw,
            Envelope = envelope,
            Door = Doors.Import,
            ReceivedAt = ImportedEnvelope.ReceivedAt(found, fields, time.GetUtcNow()),
            ImportedFrom = found.Source,
            Places = Places(found, envelope.Recipients, isMailbox: mailbox is not null),
        };
    }

    /// <summary>A mailbox says where its messages lie; a single file says nothing.</summary>
    private static IReadOnlyList<KnownPlace> Places(FoundMessage found, IReadOnlyList<string> recipients, bool isMailbox)
    {
        var folder = found.Folder.Length == 0 && isMailbox ? "INBOX" : found.Folder;
        return folder.Length == 0 || ImportedEnvelope.IsSent(found)
            ? []
            : [new KnownPlace(recipients[0], MailboxFolders.LocationOf(folder, furtherJunk: []), folder, Doors.Import)];
    }

    private sealed class Counts
    {
        private readonly Dictionary<string, long> _because = new(StringComparer.Ordinal);

        public long Found { get; set; }
        public long Imported { get; set; }
        public long AlreadyKnown { get; set; }

        public ImportProgress Now => new(Found, Imported, AlreadyKnown, _because.Values.Sum(), new Dictionary<string, long>(_because, StringComparer.Ordinal));

        public void Skip(string reason) => _because[reason] = _because.GetValueOrDefault(reason) + 1;
    }
}
