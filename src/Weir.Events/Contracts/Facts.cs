using System.Text.Json.Serialization;
using Weir.Kernel;

namespace Weir.Events.Contracts;

/// <summary>Something that happened. Appended once, in order, never changed. Evolution: optional properties or a new type.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(MessageReceived), nameof(MessageReceived))]
[JsonDerivedType(typeof(MessageJudged), nameof(MessageJudged))]
[JsonDerivedType(typeof(MessageSeen), nameof(MessageSeen))]
[JsonDerivedType(typeof(DeliveryObserved), nameof(DeliveryObserved))]
[JsonDerivedType(typeof(RecipientRefused), nameof(RecipientRefused))]
[JsonDerivedType(typeof(ClickRecorded), nameof(ClickRecorded))]
[JsonDerivedType(typeof(MailboxActed), nameof(MailboxActed))]
public abstract record Fact
{
    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A fact with its place in the log.</summary>
public sealed record LoggedFact(long Sequence, Fact Fact);

/// <summary>The envelope as kept in the record.</summary>
public sealed record RecordedEnvelope
{
    public string MailFrom { get; init; } = "";
    public IReadOnlyList<string> Recipients { get; init; } = [];
    public string ClientIp { get; init; } = "";
    public string ClientName { get; init; } = "";
    public string Helo { get; init; } = "";
    public string QueueId { get; init; } = "";
    public string AuthenticatedUser { get; init; } = "";
}

/// <summary>A message came in and its bytes are on disk.</summary>
public sealed record MessageReceived : Fact
{
    public required NetworkMessageId Id { get; init; }

    /// <summary>Which door: <c>milter</c>, <c>import</c>, <c>sample</c>, <c>journal</c>.</summary>
    public required string Door { get; init; }

    public required RecordedEnvelope Envelope { get; init; }
    public required string BlobId { get; init; }
    public long Size { get; init; }

    /// <summary>SHA-256 of the raw bytes before Weir added anything, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary><c>MailContent.BodySha256</c> of Weir.Mail: finds the message again in a mailbox, where fields were added.</summary>
    public string BodySha256 { get; init; } = "";

    public string InternetMessageId { get; init; } = "";

    /// <summary>Path of the imported file, when it came by import.</summary>
    public string? ImportedFrom { get; init; }
}

/// <summary>The same message came through another door.</summary>
public sealed record MessageSeen : Fact
{
    /// <summary>Of the first sighting.</summary>
    public required NetworkMessageId Id { get; init; }

    public required string Door { get; init; }

    /// <summary>The mail server's queue id of this sighting; empty when it has none.</summary>
    public string QueueId { get; init; } = "";

    /// <summary>The recipients of this sighting.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>SHA-256 of the raw bytes of this sighting, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";
}

/// <summary>A signal as kept in the record.</summary>
public sealed record RecordedSignal
{
    public required string Name { get; init; }
    public required string Technology { get; init; }
    public string Threat { get; init; } = "";
    public double Weight { get; init; }
    public bool IsConclusive { get; init; }
    public required string Evidence { get; init; }
    public string? Entity { get; init; }
    public string? ThreatName { get; init; }
    public string? Override { get; init; }
}

/// <summary>An attachment as kept in the record.</summary>
public sealed record RecordedAttachment
{
    public string FileName { get; init; } = "";
    public string FileType { get; init; } = "";
    public string Extension { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string Path { get; init; } = "";
    public long Size { get; init; }
    public string Md5 { get; init; } = "";
    public string Sha1 { get; init; } = "";
    public string Sha256 { get; init; } = "";
    public string ThreatTypes { get; init; } = "";
    public string ThreatNames { get; init; } = "";

    /// <summary>JSON text as in EmailAttachmentInfo.DetectionMethods; empty when clean.</summary>
    public string DetectionMethods { get; init; } = "";

    /// <summary>Paths of archive members.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    public bool IsEncrypted { get; init; }
}

/// <summary>A URL as kept in the record.</summary>
public sealed record RecordedUrl
{
    public required string Url { get; init; }
    public string Domain { get; init; } = "";

    /// <summary>UrlLocation of EmailUrlInfo: <c>Body</c>, <c>Header</c>, <c>Subject</c>, <c>Attachment</c>, <c>QRCode</c>.</summary>
    public string Location { get; init; } = "";

    public string ShownText { get; init; } = "";
    public string ThreatTypes { get; init; } = "";
}

/// <summary>One envelope recipient and what Weir decided for it.</summary>
public sealed record RecordedRecipient
{
    /// <summary>As the client gave it.</summary>
    public required string Address { get; init; }

    public string ObjectId { get; init; } = "";

    /// <summary><c>Deliver</c>, <c>Junk</c>, <c>Quarantine</c> or <c>Reject</c>.</summary>
    public required string Decision { get; init; }

    public bool IsFirstContact { get; init; }

    /// <summary>The recipient's user tags at that time.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>A message was judged. Values are spelled as in the hunting schema.</summary>
public sealed record MessageJudged : Fact
{
    public required NetworkMessageId Id { get; init; }

    /// <summary>When the message was received: the Timestamp of its rows.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required string Verdict { get; init; }

    /// <summary>Comma list such as <c>Phish, Spam</c>; empty when clean.</summary>
    public string ThreatTypes { get; init; } = "";

    public string ThreatNames { get; init; } = "";

    /// <summary>JSON text as in EmailEvents.DetectionMethods; empty when clean.</summary>
    public string DetectionMethods { get; init; } = "";

    /// <summary>JSON text as in EmailEvents.ConfidenceLevel; empty when clean.</summary>
    public string ConfidenceLevel { get; init; } = "";

    public string Confidence { get; init; } = "";
    public double Score { get; init; }
    public int BulkComplaintLevel { get; init; }
    public string ThreatClassification { get; init; } = "";
    public string EmailAction { get; init; } = "";
    public string EmailActionPolicy { get; init; } = "";
    public string OrgLevelAction { get; init; } = "";
    public string OrgLevelPolicy { get; init; } = "";
    public IReadOnlyList<RecordedSignal> Signals { get; init; } = [];
    public IReadOnlyList<string> Because { get; init; } = [];
    public IReadOnlyList<string> WouldChangeRemove { get; init; } = [];
    public string WouldChangeTo { get; init; } = "";

    public string InternetMessageId { get; init; } = "";
    public string SenderMailFromAddress { get; init; } = "";
    public string SenderFromAddress { get; init; } = "";
    public string SenderDisplayName { get; init; } = "";
    public string SenderObjectId { get; init; } = "";
    public string ReturnPath { get; init; } = "";
    public string ReplyTo { get; init; } = "";
    public string SenderIp { get; init; } = "";
    public string Subject { get; init; } = "";
    public string To { get; init; } = "";
    public string Cc { get; init; } = "";
    public long EmailClusterId { get; init; }

    /// <summary><c>Inbound</c>, <c>Outbound</c> or <c>Intra-org</c>.</summary>
    public string EmailDirection { get; init; } = "";

    /// <summary>JSON text as in EmailEvents.AuthenticationDetails.</summary>
    public string AuthenticationDetails { get; init; } = "";

    /// <summary>JSON with every detail of SPF, DKIM signatures, DMARC and composite, for the entity page.</summary>
    public string AuthenticationEvidence { get; init; } = "";

    public string EmailLanguage { get; init; } = "";
    public long EmailSize { get; init; }
    public string HeaderText { get; init; } = "";
    public IReadOnlyList<string> Defects { get; init; } = [];
    public IReadOnlyList<RecordedRecipient> Recipients { get; init; } = [];
    public IReadOnlyList<RecordedAttachment> Attachments { get; init; } = [];
    public IReadOnlyList<RecordedUrl> Urls { get; init; } = [];
}

/// <summary>Where delivery ended, as the mail server said.</summary>
public sealed record DeliveryObserved : Fact
{
    public required NetworkMessageId Id { get; init; }

    /// <summary>The mailbox or outside address reached.</summary>
    public required string Recipient { get; init; }

    /// <summary>The envelope recipient it was sent to (<c>orig_to</c>), when known.</summary>
    public string OriginalRecipient { get; init; } = "";

    /// <summary>DeliveryLocation as in the schema: <c>Inbox/folder</c>, <c>Junk folder</c>, <c>Quarantine</c>, <c>Failed</c>, <c>Dropped</c>, <c>Deleted items</c>, <c>On-premises/external</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The folder of the mailbox, when known; <c>INBOX</c> otherwise.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The address is a distribution list through which it arrived.</summary>
    public string DistributionList { get; init; } = "";

    /// <summary>Forwarding as in EmailEvents.ForwardingInformation; empty when not forwarded.</summary>
    public string Forwarding { get; init; } = "";

    /// <summary>The server's reply for failures.</summary>
    public string Reply { get; init; } = "";

    /// <summary>Who said so: <c>postfix</c>, <c>dovecot</c>, <c>demo</c>, <c>assumed</c>.</summary>
    public required string Source { get; init; }
}

/// <summary>A recipient that was refused at the door; such mail has no body.</summary>
public sealed record RecipientRefused : Fact
{
    /// <summary>Made for this row alone.</summary>
    public required NetworkMessageId Id { get; init; }

    public required string MailFrom { get; init; }
    public required string Recipient { get; init; }
    public required string Reply { get; init; }
    public string ClientIp { get; init; } = "";
    public string Helo { get; init; } = "";
}

/// <summary>Somebody followed a link (UrlClickEvents).</summary>
public sealed record ClickRecorded : Fact
{
    /// <summary>Click id: GUID text; a click-through after a block re-uses it.</summary>
    public required string ClickId { get; init; }

    public required string Url { get; init; }

    /// <summary><c>ClickAllowed</c>, <c>ClickBlocked</c>, <c>UrlScanInProgress</c>, <c>UrlErrorPage</c>.</summary>
    public required string ActionType { get; init; }

    public string AccountUpn { get; init; } = "";
    public NetworkMessageId? Id { get; init; }
    public string IpAddress { get; init; } = "";
    public bool IsClickedThrough { get; init; }
    public IReadOnlyList<string> UrlChain { get; init; } = [];
    public string ThreatTypes { get; init; } = "";
    public string UserAgent { get; init; } = "";
    public string Workload { get; init; } = "Email";
}

/// <summary>Something was done, or tried, to a delivered message in one mailbox (EmailPostDeliveryEvents).</summary>
public sealed record MailboxActed : Fact
{
    /// <summary>Key of this action on this mailbox; a fact with the same key counts once.</summary>
    public required string ActionKey { get; init; }

    public required NetworkMessageId Id { get; init; }
    public required string Recipient { get; init; }

    /// <summary>Action as in the schema, such as <c>Moved to junk folder</c>, <c>Soft delete</c>, <c>Hard delete</c>, <c>Moved to inbox</c>, <c>Quarantine release</c>.</summary>
    public required string Action { get; init; }

    /// <summary><c>Manual remediation</c>, <c>Phish ZAP</c>, …</summary>
    public required string ActionType { get; init; }

    public required string ActionTrigger { get; init; }

    /// <summary><c>Success</c>, <c>Already in destination</c>, <c>Not found</c> or <c>Failure: reason</c>.</summary>
    public required string ActionResult { get; init; }

    /// <summary>Where the message is afterwards, in the schema's spelling; empty when unknown.</summary>
    public string Location { get; init; } = "";

    public string SourceLocation { get; init; } = "";

    /// <summary>Who asked.</summary>
    public string By { get; init; } = "";

    /// <summary>The remediation it belongs to.</summary>
    public string ApprovalId { get; init; } = "";
}
