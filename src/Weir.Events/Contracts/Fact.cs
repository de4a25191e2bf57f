using System.Text.Json.Serialization;
using Weir.Kernel;

namespace Weir.Events.Contracts;

/// <summary>Something that happened. Appended once, in order, never changed. Evolution: optional properties or a new type.</summary>
/// <remarks>
/// An optional property takes null for its default: the source-generated reader hands null to an <c>init</c> accessor for what an older record lacks,
/// and would otherwise override the initial value.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(MessageReceived), nameof(MessageReceived))]
[JsonDerivedType(typeof(MessageJudged), nameof(MessageJudged))]
[JsonDerivedType(typeof(MessageSeen), nameof(MessageSeen))]
[JsonDerivedType(typeof(DeliveryObserved), nameof(DeliveryObserved))]
[JsonDerivedType(typeof(RecipientRefused), nameof(RecipientRefused))]
[JsonDerivedType(typeof(ClickRecorded), nameof(ClickRecorded))]
[JsonDerivedType(typeof(MailboxActed), nameof(MailboxActed))]
[JsonDerivedType(typeof(RejudgingEnded), nameof(RejudgingEnded))]
[JsonDerivedType(typeof(AlertRaised), nameof(AlertRaised))]
[JsonDerivedType(typeof(CampaignJoined), nameof(CampaignJoined))]
[JsonDerivedType(typeof(CampaignChanged), nameof(CampaignChanged))]
[JsonDerivedType(typeof(CampaignLeft), nameof(CampaignLeft))]
[JsonDerivedType(typeof(AccountRestricted), nameof(AccountRestricted))]
[JsonDerivedType(typeof(AccountReleased), nameof(AccountReleased))]
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
    public string MailFrom { get; init => field = value ?? ""; } = "";
    public IReadOnlyList<string> Recipients { get; init => field = value ?? []; } = [];
    public string ClientIp { get; init => field = value ?? ""; } = "";
    public string ClientName { get; init => field = value ?? ""; } = "";
    public string Helo { get; init => field = value ?? ""; } = "";
    public string QueueId { get; init => field = value ?? ""; } = "";
    public string AuthenticatedUser { get; init => field = value ?? ""; } = "";
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
    public string Sha256 { get; init => field = value ?? ""; } = "";

    /// <summary><c>MailContent.BodySha256</c> of Weir.Mail: finds the message again in a mailbox, where fields were added.</summary>
    public string BodySha256 { get; init => field = value ?? ""; } = "";

    public string InternetMessageId { get; init => field = value ?? ""; } = "";

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
    public string QueueId { get; init => field = value ?? ""; } = "";

    /// <summary>The recipients of this sighting.</summary>
    public IReadOnlyList<string> Recipients { get; init => field = value ?? []; } = [];

    /// <summary>SHA-256 of the raw bytes of this sighting, lower-case hex.</summary>
    public string Sha256 { get; init => field = value ?? ""; } = "";
}

/// <summary>A signal as kept in the record.</summary>
public sealed record RecordedSignal
{
    public required string Name { get; init; }
    public required string Technology { get; init; }
    public string Threat { get; init => field = value ?? ""; } = "";
    public double Weight { get; init; }
    public bool IsConclusive { get; init; }
    public required string Evidence { get; init; }
    public string? Entity { get; init; }
    public string? ThreatName { get; init; }
    public string? Override { get; init; }

    /// <summary>Number of the entry of the allow/block list that it speaks for; nothing for others.</summary>
    public string? ListEntry { get; init; }

    /// <summary>Whose name or domain is borrowed; nothing when none is.</summary>
    public string? Impersonates { get; init; }

    /// <summary>Where the evidence stands; empty in older records.</summary>
    public IReadOnlyList<RecordedPlace> Places { get; init => field = value ?? []; } = [];
}

/// <summary>Where the evidence of a signal stands.</summary>
public sealed record RecordedPlace
{
    /// <summary><c>Header</c>, <c>Part</c>, <c>Envelope</c>, <c>Absence</c> or <c>Knowledge</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The header field, the item of the envelope, the file, or what is known outside the message.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Path of the MIME part; empty for others.</summary>
    public string Part { get; init => field = value ?? ""; } = "";

    /// <summary>Path inside an archive; empty for others.</summary>
    public string Member { get; init => field = value ?? ""; } = "";

    /// <summary>First byte in the raw message as it came, and the byte after the last; nothing where there are none.</summary>
    public int? Start { get; init; }

    public int? End { get; init; }
}

/// <summary>An attachment as kept in the record.</summary>
public sealed record RecordedAttachment
{
    public string FileName { get; init => field = value ?? ""; } = "";
    public string FileType { get; init => field = value ?? ""; } = "";
    public string Extension { get; init => field = value ?? ""; } = "";
    public string ContentType { get; init => field = value ?? ""; } = "";
    public string Path { get; init => field = value ?? ""; } = "";
    public long Size { get; init; }
    public string Md5 { get; init => field = value ?? ""; } = "";
    public string Sha1 { get; init => field = value ?? ""; } = "";
    public string Sha256 { get; init => field = value ?? ""; } = "";
    public string ThreatTypes { get; init => field = value ?? ""; } = "";
    public string ThreatNames { get; init => field = value ?? ""; } = "";

    /// <summary>JSON text as in EmailAttachmentInfo.DetectionMethods; empty when clean.</summary>
    public string DetectionMethods { get; init => field = value ?? ""; } = "";

    /// <summary>Paths of archive members.</summary>
    public IReadOnlyList<string> Members { get; init => field = value ?? []; } = [];

    public bool IsEncrypted { get; init; }
}

/// <summary>A URL as kept in the record.</summary>
public sealed record RecordedUrl
{
    public required string Url { get; init; }
    public string Domain { get; init => field = value ?? ""; } = "";

    /// <summary>UrlLocation of EmailUrlInfo: <c>Body</c>, <c>Header</c>, <c>Subject</c>, <c>Attachment</c>, <c>QRCode</c>.</summary>
    public string Location { get; init => field = value ?? ""; } = "";

    public string ShownText { get; init => field = value ?? ""; } = "";
    public string ThreatTypes { get; init => field = value ?? ""; } = "";

    /// <summary>The products that had rewritten the link, or the sites that forward it; nothing when it leads where it says.</summary>
    public string? WrappedBy { get; init; }

    /// <summary>The link as it stands in the message, when <see cref="Url"/> is what it stands for.</summary>
    public string? Written { get; init; }
}

/// <summary>A message was judged. Values are spelled as in the hunting schema.</summary>
public sealed record MessageJudged : Fact
{
    public required NetworkMessageId Id { get; init; }

    /// <summary>When the message was received: the Timestamp of its rows.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required string Verdict { get; init; }

    /// <summary>Comma list such as <c>Phish, Spam</c>; empty when clean.</summary>
    public string ThreatTypes { get; init => field = value ?? ""; } = "";

    public string ThreatNames { get; init => field = value ?? ""; } = "";

    /// <summary>JSON text as in EmailEvents.DetectionMethods; empty when clean.</summary>
    public string DetectionMethods { get; init => field = value ?? ""; } = "";

    /// <summary>JSON text as in EmailEvents.ConfidenceLevel; empty when clean.</summary>
    public string ConfidenceLevel { get; init => field = value ?? ""; } = "";

    public string Confidence { get; init => field = value ?? ""; } = "";
    public double Score { get; init; }
    public int BulkComplaintLevel { get; init; }
    public string ThreatClassification { get; init => field = value ?? ""; } = "";
    public string EmailAction { get; init => field = value ?? ""; } = "";
    public string EmailActionPolicy { get; init => field = value ?? ""; } = "";
    public string OrgLevelAction { get; init => field = value ?? ""; } = "";
    public string OrgLevelPolicy { get; init => field = value ?? ""; } = "";
    public IReadOnlyList<RecordedSignal> Signals { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> Because { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> WouldChangeRemove { get; init => field = value ?? []; } = [];
    public string WouldChangeTo { get; init => field = value ?? ""; } = "";

    /// <summary>The verdict without the organisation's allows; nothing where none spoke of the message.</summary>
    public string? VerdictWithoutAllow { get; init; }

    /// <summary>Sums of weights from which each verdict was given; empty in older records.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init => field = value ?? new Dictionary<string, double>(StringComparer.Ordinal); } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What judged, by name, each as a short hash of its content; empty in older records.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string InternetMessageId { get; init => field = value ?? ""; } = "";
    public string SenderMailFromAddress { get; init => field = value ?? ""; } = "";
    public string SenderFromAddress { get; init => field = value ?? ""; } = "";
    public string SenderDisplayName { get; init => field = value ?? ""; } = "";
    public string SenderObjectId { get; init => field = value ?? ""; } = "";
    public string ReturnPath { get; init => field = value ?? ""; } = "";
    public string ReplyTo { get; init => field = value ?? ""; } = "";
    public string SenderIp { get; init => field = value ?? ""; } = "";
    public string Subject { get; init => field = value ?? ""; } = "";
    public string To { get; init => field = value ?? ""; } = "";
    public string Cc { get; init => field = value ?? ""; } = "";
    public long EmailClusterId { get; init; }

    /// <summary><c>Inbound</c>, <c>Outbound</c> or <c>Intra-org</c>.</summary>
    public string EmailDirection { get; init => field = value ?? ""; } = "";

    /// <summary>JSON text as in EmailEvents.AuthenticationDetails.</summary>
    public string AuthenticationDetails { get; init => field = value ?? ""; } = "";

    /// <summary>JSON with every detail of SPF, DKIM signatures, DMARC and composite, for the entity page.</summary>
    public string AuthenticationEvidence { get; init => field = value ?? ""; } = "";

    public string EmailLanguage { get; init => field = value ?? ""; } = "";
    public long EmailSize { get; init; }
    public string HeaderText { get; init => field = value ?? ""; } = "";
    public IReadOnlyList<string> Defects { get; init => field = value ?? []; } = [];
    public IReadOnlyList<RecordedRecipient> Recipients { get; init => field = value ?? []; } = [];
    public IReadOnlyList<RecordedAttachment> Attachments { get; init => field = value ?? []; } = [];
    public IReadOnlyList<RecordedUrl> Urls { get; init => field = value ?? []; } = [];

    /// <summary>What another filter said of it, as far as it can be believed; nothing when none did.</summary>
    public RecordedOtherVerdict? OtherFilter { get; init; }

    /// <summary>JSON: what history told of it when it came; nothing for a second judgement, which is about the same, and in older records.</summary>
    public string? History { get; init; }

    /// <summary>The second judgement of stored mail that this belongs to; empty for the judgement at the door. Its recipients carry what policy decides now.</summary>
    public string RejudgingId { get; init => field = value ?? ""; } = "";

    /// <summary>Why it was judged again; empty for the judgement at the door.</summary>
    public string RejudgedFor { get; init => field = value ?? ""; } = "";

    /// <summary>The verdict before; empty for the judgement at the door.</summary>
    public string RejudgedFrom { get; init => field = value ?? ""; } = "";
}

/// <summary>Where delivery ended, as the mail server said.</summary>
public sealed record DeliveryObserved : Fact
{
    public required NetworkMessageId Id { get; init; }

    /// <summary>The mailbox or outside address reached.</summary>
    public required string Recipient { get; init; }

    /// <summary>The envelope recipient it was sent to (<c>orig_to</c>), when known.</summary>
    public string OriginalRecipient { get; init => field = value ?? ""; } = "";

    /// <summary>DeliveryLocation as in the schema: <c>Inbox/folder</c>, <c>Junk folder</c>, <c>Quarantine</c>, <c>Failed</c>, <c>Dropped</c>, <c>Deleted items</c>, <c>On-premises/external</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The folder of the mailbox, when known; <c>INBOX</c> otherwise.</summary>
    public string Folder { get; init => field = value ?? ""; } = "";

    /// <summary>The address is a distribution list through which it arrived.</summary>
    public string DistributionList { get; init => field = value ?? ""; } = "";

    /// <summary>Forwarding as in EmailEvents.ForwardingInformation; empty when not forwarded.</summary>
    public string Forwarding { get; init => field = value ?? ""; } = "";

    /// <summary>The server's reply for failures.</summary>
    public string Reply { get; init => field = value ?? ""; } = "";

    /// <summary>Who said so: <c>postfix</c>, <c>dovecot</c>, <c>demo</c>, <c>assumed</c>.</summary>
    public required string Source { get; init; }
}

/// <summary>Somebody followed a link (UrlClickEvents).</summary>
public sealed record ClickRecorded : Fact
{
    /// <summary>Click id: GUID text; a click-through after a block re-uses it.</summary>
    public required string ClickId { get; init; }

    public required string Url { get; init; }

    /// <summary><c>ClickAllowed</c>, <c>ClickBlocked</c>, <c>UrlScanInProgress</c>, <c>UrlErrorPage</c>.</summary>
    public required string ActionType { get; init; }

    public string AccountUpn { get; init => field = value ?? ""; } = "";
    public NetworkMessageId? Id { get; init; }
    public string IpAddress { get; init => field = value ?? ""; } = "";
    public bool IsClickedThrough { get; init; }
    public IReadOnlyList<string> UrlChain { get; init => field = value ?? []; } = [];
    public string ThreatTypes { get; init => field = value ?? ""; } = "";
    public string UserAgent { get; init => field = value ?? ""; } = "";
    public string Workload { get; init => field = value ?? "Email"; } = "Email";
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
    public string Location { get; init => field = value ?? ""; } = "";

    public string SourceLocation { get; init => field = value ?? ""; } = "";

    /// <summary>Who asked.</summary>
    public string By { get; init => field = value ?? ""; } = "";

    /// <summary>The remediation it belongs to.</summary>
    public string ApprovalId { get; init => field = value ?? ""; } = "";

    /// <summary>Why it was done, when nobody asked for it by hand.</summary>
    public string Why { get; init => field = value ?? ""; } = "";
}
