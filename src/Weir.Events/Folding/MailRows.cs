using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>EmailEvents and EmailAttachmentInfo: rows per recipient.</summary>
internal static class MailRows
{
    public static IReadOnlyList<Mailbox> MailboxesOf(MessageFacts message) =>
        message.Judgement is null ? [] : Mailbox.Of(message.Recipients, message.Deliveries);

    public static IEnumerable<StoreRow> Of(MessageFacts message, IReadOnlyList<Mailbox> mailboxes)
    {
        if (message is { FirstJudgement: not null, Judgement: { } judged })
        {
            foreach (var mailbox in mailboxes)
            {
                yield return Row(message, judged, mailbox);
                foreach (var row in Attachments(message, judged, mailbox))
                {
                    yield return row;
                }
            }
        }
        else if (message.Refused is { } refused)
        {
            yield return Row(refused);
        }
    }

    /// <summary>AdditionalFields of a mailbox's row.</summary>
    public static string AdditionalFields(MessageFacts message, Mailbox mailbox, IReadOnlyList<string> additionalActions) =>
        StoreJson.Text(
            new MailAdditionalFields
            {
                Verdict = message.Judgement?.Verdict ?? "",
                OriginalRecipient = mailbox.OriginalRecipient,
                Door = message.Received?.Door ?? "",
                DeliverySource = mailbox.Delivery?.Source ?? "",
                Folder = mailbox.Delivery?.Folder is { Length: > 0 } folder ? folder : null,
                Reply = mailbox.Delivery?.Reply is { Length: > 0 } reply ? reply : null,
                AdditionalActions = additionalActions,
                Tags = mailbox.Decision?.Tags ?? [],
                ImpersonatedUsers = Borrowed(message, areUsers: true),
                ImpersonatedDomains = Borrowed(message, areUsers: false),
                Policy = mailbox.Decision?.PolicyName,
                PolicyType = mailbox.Decision?.PolicyType,
                Held = HeldNow(message, mailbox)?.Held,
                WouldAction = HeldNow(message, mailbox)?.WouldAction,
                Overrides = mailbox.Decision?.Overrides?.Select(over => over.Source).ToList(),
                UrlThreats = Distinct(message.Judgement?.Urls.SelectMany(url => url.ThreatTypes.Split(", ", StringSplitOptions.RemoveEmptyEntries))),
            },
            StoreJson.Plain.MailAdditionalFields);

    /// <summary>What keeps from being done what policy asked for: on a later judgement, when something does then, else at delivery.</summary>
    private static RecordedRecipient? HeldNow(MessageFacts message, Mailbox mailbox) =>
        message.Judgement is { RejudgingId.Length: > 0 } again && mailbox.Decision is { } decision
        && again.Recipients.FirstOrDefault(recipient => recipient.Held is not null && AddressText.Key(recipient.Address) == AddressText.Key(decision.Address)) is { } held
            ? held
            : mailbox.Decision;

    /// <summary>What went before the verdict: what a later judgement found, else what was recorded at delivery.</summary>
    private static (string Action, string Source) Override(Mailbox mailbox, MessageJudged judged) =>
        judged is { RejudgingId.Length: > 0, OrgLevelAction.Length: > 0 } ? (judged.OrgLevelAction, judged.OrgLevelPolicy)
        : Primary(mailbox) is { } primary ? (primary.Action, primary.Source)
        : (judged.OrgLevelAction, judged.OrgLevelPolicy);

    private static RecordedOverride? Primary(Mailbox mailbox) => mailbox.Decision?.Overrides?.FirstOrDefault(over => over is { IsPrimary: true, IsByUser: false });

    private static List<string>? Borrowed(MessageFacts message, bool areUsers) =>
        Distinct(message.Judgement?.Signals.Where(signal => (signal.Technology == "Impersonation user") == areUsers).Select(signal => signal.Impersonates).OfType<string>());

    private static List<string>? Distinct(IEnumerable<string>? values) =>
        values?.Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } some ? some : null;

    private static StoreRow Row(MessageFacts message, MessageJudged judged, Mailbox mailbox)
    {
        var first = message.FirstJudgement ?? judged;
        var atDelivery = message.AtDelivery ?? judged;
        var (v4, v6) = AddressText.ByFamily(judged.SenderIp);
        return new StoreRow(MailTables.EmailEvents)
        {
            ["Timestamp"] = message.Timestamp.UtcTicks,
            ["NetworkMessageId"] = message.Id.ToString(),
            ["InternetMessageId"] = judged.InternetMessageId,
            ["SenderMailFromAddress"] = judged.SenderMailFromAddress,
            ["SenderFromAddress"] = judged.SenderFromAddress,
            ["SenderDisplayName"] = judged.SenderDisplayName,
            ["SenderObjectId"] = judged.SenderObjectId,
            ["SenderMailFromDomain"] = AddressText.Domain(judged.SenderMailFromAddress),
            ["SenderFromDomain"] = AddressText.Domain(judged.SenderFromAddress),
            ["SenderIPv4"] = v4,
            ["SenderIPv6"] = v6,
            ["RecipientEmailAddress"] = mailbox.Address,
            ["RecipientObjectId"] = mailbox.Decision is { } decision && AddressText.Key(decision.Address) == mailbox.Address ? decision.ObjectId : "",
            ["RecipientDomain"] = AddressText.Domain(mailbox.Address),
            ["Subject"] = judged.Subject,
            ["EmailClusterId"] = judged.EmailClusterId,
            ["EmailDirection"] = judged.EmailDirection,
            ["DeliveryAction"] = mailbox.Action,
            ["DeliveryLocation"] = mailbox.Location,
            ["LatestDeliveryAction"] = mailbox.Action,
            ["LatestDeliveryLocation"] = mailbox.Location,
            ["ThreatTypes"] = judged.ThreatTypes,
            ["ThreatNames"] = judged.ThreatNames,
            ["DetectionMethods"] = judged.DetectionMethods,
            ["ConfidenceLevel"] = judged.ConfidenceLevel,
            ["OriginalThreatTypes"] = first.ThreatTypes,
            ["OriginalDetectionMethods"] = first.DetectionMethods,
            ["OriginalConfidenceLevel"] = first.ConfidenceLevel,
            ["BulkComplaintLevel"] = judged.BulkComplaintLevel,
            ["EmailAction"] = mailbox.Decision?.Action ?? atDelivery.EmailAction,
            ["EmailActionPolicy"] = mailbox.Decision is { Action: not null } acted ? acted.ActionPolicy ?? "" : atDelivery.EmailActionPolicy,
            ["EmailActionPolicyGuid"] = mailbox.Decision is { ActionPolicy: not null, PolicyId: { } policy } ? policy : "",
            ["OrgLevelAction"] = Override(mailbox, judged).Action,
            ["OrgLevelPolicy"] = Override(mailbox, judged).Source,
            ["ThreatClassification"] = judged.ThreatClassification,
            ["AuthenticationDetails"] = judged.AuthenticationDetails,
            ["AttachmentCount"] = judged.Attachments.Count,
            ["UrlCount"] = judged.Urls.Count,
            ["EmailLanguage"] = judged.EmailLanguage,
            ["EmailSize"] = judged.EmailSize,
            ["To"] = judged.To,
            ["Cc"] = judged.Cc,
            ["IsFirstContact"] = mailbox.Decision?.IsFirstContact is true ? 1 : 0,
            ["DistributionList"] = mailbox.DistributionList,
            ["ForwardingInformation"] = mailbox.Delivery?.Forwarding ?? "",
            ["ReportId"] = AddressText.ReportId(message.Id, mailbox.Address),
            ["AdditionalFields"] = AdditionalFields(message, mailbox, additionalActions: []),
        };
    }

    private static StoreRow Row(RecipientRefused refused)
    {
        var recipient = AddressText.Key(refused.Recipient);
        var (v4, v6) = AddressText.ByFamily(refused.ClientIp);
        return new StoreRow(MailTables.EmailEvents)
        {
            ["Timestamp"] = refused.At.UtcTicks,
            ["NetworkMessageId"] = refused.Id.ToString(),
            ["SenderMailFromAddress"] = refused.MailFrom,
            ["SenderMailFromDomain"] = AddressText.Domain(refused.MailFrom),
            ["SenderIPv4"] = v4,
            ["SenderIPv6"] = v6,
            ["RecipientEmailAddress"] = recipient,
            ["RecipientDomain"] = AddressText.Domain(recipient),
            ["EmailDirection"] = refused.EmailDirection ?? "Inbound",
            ["DeliveryAction"] = Mailbox.ActionFor("Failed"),
            ["DeliveryLocation"] = "Failed",
            ["LatestDeliveryAction"] = Mailbox.ActionFor("Failed"),
            ["LatestDeliveryLocation"] = "Failed",
            ["AttachmentCount"] = 0,
            ["UrlCount"] = 0,
            ["ReportId"] = AddressText.ReportId(refused.Id, recipient),
            ["AdditionalFields"] = StoreJson.Text(new MailAdditionalFields { OriginalRecipient = recipient, Reply = refused.Reply }, StoreJson.Plain.MailAdditionalFields),
        };
    }

    private static IEnumerable<StoreRow> Attachments(MessageFacts message, MessageJudged judged, Mailbox mailbox) =>
        judged.Attachments.Select(attachment => new StoreRow(MailTables.EmailAttachmentInfo)
        {
            ["Timestamp"] = message.Timestamp.UtcTicks,
            ["NetworkMessageId"] = message.Id.ToString(),
            ["SenderFromAddress"] = judged.SenderFromAddress,
            ["SenderDisplayName"] = judged.SenderDisplayName,
            ["SenderObjectId"] = judged.SenderObjectId,
            ["RecipientEmailAddress"] = mailbox.Address,
            ["RecipientObjectId"] = mailbox.Decision is { } decision && AddressText.Key(decision.Address) == mailbox.Address ? decision.ObjectId : "",
            ["FileName"] = attachment.FileName,
            ["FileType"] = attachment.FileType,
            ["FileExtension"] = attachment.Extension,
            ["FileSize"] = attachment.Size,
            ["SHA256"] = attachment.Sha256,
            ["ThreatTypes"] = attachment.ThreatTypes,
            ["ThreatNames"] = attachment.ThreatNames,
            ["DetectionMethods"] = attachment.DetectionMethods,
            ["ReportId"] = AddressText.ReportId(message.Id, mailbox.Address),
            ["AdditionalFields"] = StoreJson.Text(
                new AttachmentAdditionalFields(attachment.Path, attachment.ContentType, attachment.Md5, attachment.Sha1, attachment.IsEncrypted, attachment.Members),
                StoreJson.Plain.AttachmentAdditionalFields),
        });
}
