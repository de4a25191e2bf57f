using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Events.Tests.Support;

/// <summary>Valid facts; a test states only what it is about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    public static NetworkMessageId Id(int number = 1) => new(new Guid(0x01900000 + number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    public static MessageSeen Seen(int number = 1) => new() { At = Noon.AddSeconds(number), Id = Id(number), Door = "import" };

    public static AlertRaised Alerted(string alertId = "01900000-0000-7000-8000-00000000000a") => new()
    {
        At = Noon,
        AlertId = alertId,
        Title = "Email messages removed after delivery",
        Description = "Two messages were moved.",
        Severity = "Informational",
        Category = "InitialAccess",
        AttackTechniques = ["T1566"],
        Evidence =
        [
            new RecordedAlertEntity { EntityType = "MailMessage", EvidenceRole = "Impacted", NetworkMessageId = Id().ToString(), EmailSubject = "Invoice", AccountUpn = "Anna@firm.example", ReceivedAt = Noon },
            new RecordedAlertEntity { EntityType = "Url", EvidenceRole = "Related", Url = "https://evil.example/x" },
        ],
    };

    public static RejudgingEnded Rejudged() => new() { At = Noon, RejudgingId = "01900000-0000-7000-8000-00000000000b", Reason = "block url-domain evil.example", About = "Url", FirstSequence = 7, Judged = 3, Changed = 1 };

    public const string CampaignId = "01900000-0000-7000-8000-00000000000c";

    public static CampaignChanged Campaign(string id = CampaignId, int revision = 1, string name = "Phish.DHL.000c", string? mergedInto = null) => new()
    {
        At = Noon,
        CampaignId = id,
        Revision = revision,
        Cause = 2,
        Name = name,
        Type = "Phish",
        Subtype = "DHL",
        SampleSubject = "Your parcel",
        MergedInto = mergedInto,
    };

    public static CampaignJoined Joined(NetworkMessageId id, string campaign = CampaignId, long cause = 2) => new()
    {
        At = Noon.AddMinutes(1),
        CampaignId = campaign,
        Id = id,
        Cause = cause,
        Verdict = "Phish",
        Name = "Phish.DHL.000c",
        Type = "Phish",
        Subtype = "",
        Revision = 1,
        Because = [new RecordedTie { Kind = "Page", IsStrong = true, Value = "evil.example/pay", With = Id(9) }],
    };

    public static CampaignLeft Left(NetworkMessageId id, string campaign = CampaignId, long cause = 3) => new() { At = Noon.AddMinutes(2), CampaignId = campaign, Id = id, Cause = cause, Verdict = "Clean" };

    /// <summary>A fact without lists, so that equality is by value.</summary>
    public static RecipientRefused Small(int number) => Refused(Id(number)) with { At = Noon.AddSeconds(number) };

    public static MessageReceived Received(NetworkMessageId id, params string[] recipients) => new()
    {
        At = Noon,
        Id = id,
        Door = "milter",
        Envelope = new RecordedEnvelope { MailFrom = "mallory@evil.example", Recipients = recipients, ClientIp = "203.0.113.7", Helo = "evil.example", QueueId = "4F1" },
        BlobId = "1-0-10-00000000000000000000000000000000",
        Size = 1234,
        Sha256 = "ab",
        BodySha256 = "cd",
        InternetMessageId = "<one@evil.example>",
    };

    public static MessageJudged Judged(NetworkMessageId id, params (string Address, string Decision)[] recipients) => new()
    {
        At = Noon.AddMilliseconds(40),
        Id = id,
        ReceivedAt = Noon,
        Verdict = "Phish",
        ThreatTypes = "Phish",
        DetectionMethods = """{"Phish":["Spoof DMARC"]}""",
        Confidence = "High",
        Score = 4.5,
        Signals = [new RecordedSignal { Name = "spoof", Technology = "Spoof DMARC", Threat = "Phish", Weight = 4.5, Evidence = "DMARC fails", Impersonates = "ceo@firm.example", Places = [new RecordedPlace { Kind = "Header", Name = "From", Start = 120, End = 166 }, new RecordedPlace { Kind = "Knowledge", Name = "DNS" }] }],
        Because = ["spoof"],
        WouldChangeRemove = ["spoof"],
        WouldChangeTo = "Clean",
        Thresholds = new Dictionary<string, double>(StringComparer.Ordinal) { ["Phish"] = 3 },
        Versions = new Dictionary<string, string>(StringComparer.Ordinal) { ["rules"] = "0123456789ab" },
        InternetMessageId = "<one@evil.example>",
        SenderMailFromAddress = "mallory@evil.example",
        SenderFromAddress = "ceo@firm.example",
        SenderDisplayName = "The CEO",
        SenderIp = "203.0.113.7",
        Subject = "Invoice",
        EmailClusterId = 77,
        EmailDirection = "Inbound",
        EmailSize = 1234,
        OtherFilter = new RecordedOtherVerdict { Filter = "rspamd", IsBad = false, Says = "no action", Score = 1.5, Threshold = 15, Rules = ["BAYES_HAM"], Allows = ["WHITELIST_SPF"] },
        HeaderText = "Subject: Invoice\r\n",
        Recipients = [.. recipients.Select(recipient => new RecordedRecipient { Address = recipient.Address, Decision = recipient.Decision, Tags = ["Priority account"] })],
        Attachments = [new RecordedAttachment { FileName = "invoice.zip", FileType = "zip", Extension = "zip", Path = "2", Size = 10, Sha256 = "ef", Members = ["a.exe"] }],
        Urls = [new RecordedUrl { Url = "https://evil.example/x", Domain = "evil.example", Location = "Body" }],
    };

    public static AccountRestricted Restricted() => new()
    {
        At = Noon,
        Account = "anna@firm.example",
        Limit = "MessagesPerHour",
        Number = 201,
        Allowed = 200,
        Description = "201 messages in an hour; 200 are allowed",
        MessagesInHour = 201,
        MessagesInDay = 210,
        RecipientsInHour = 300,
        RecipientsInDay = 310,
        Bad = 2,
        Judged = 10,
        IsWatchOnly = true,
        Last = Id(),
        LastAt = Noon,
    };

    public static AccountReleased Released() => new() { At = Noon, Account = "anna@firm.example", By = "boss", Reason = "password changed" };

    public static DeliveryObserved Delivered(NetworkMessageId id, string recipient, string location = "Inbox/folder", string originalRecipient = "", string source = "postfix") => new()
    {
        At = Noon.AddSeconds(2),
        Id = id,
        Recipient = recipient,
        OriginalRecipient = originalRecipient,
        Location = location,
        Source = source,
    };

    public static MailboxActed Acted(NetworkMessageId id, string recipient, string key = "k1", string action = "Soft delete", string location = "Deleted items", string result = "Success", int minute = 5) => new()
    {
        At = Noon.AddMinutes(minute),
        ActionKey = key,
        Id = id,
        Recipient = recipient,
        Action = action,
        ActionType = "Manual remediation",
        ActionTrigger = "AdminAction",
        ActionResult = result,
        Location = location,
        SourceLocation = "Inbox/folder",
        By = "anna",
        ApprovalId = "a1",
    };

    public static RecipientRefused Refused(NetworkMessageId id, string recipient = "nobody@firm.example") => new()
    {
        At = Noon,
        Id = id,
        MailFrom = "mallory@evil.example",
        Recipient = recipient,
        Reply = "550 5.1.1 no such user",
        ClientIp = "203.0.113.7",
        Helo = "evil.example",
    };

    public static ClickRecorded Clicked(NetworkMessageId? id = null) => new()
    {
        At = Noon.AddMinutes(1),
        ClickId = "8a6f0000-0000-7000-8000-000000000001",
        Url = "https://evil.example/x",
        ActionType = "ClickBlocked",
        AccountUpn = "bob@firm.example",
        Id = id,
        IpAddress = "192.0.2.1",
        UrlChain = ["https://evil.example/x"],
        ThreatTypes = "Phish",
        UserAgent = "Firefox",
    };
}
