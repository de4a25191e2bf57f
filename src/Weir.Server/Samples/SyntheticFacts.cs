using System.Globalization;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Sample;

namespace Weir.Server.Samples;

/// <summary>A synthetic row as the facts that intake and delivery would have left, in the words of the hunting schema.</summary>
internal static class SyntheticFacts
{
    private const string Passed = """{"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}""";
    private const string Failed = """{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}""";

    public static IEnumerable<Fact> Of(SyntheticRow row)
    {
        var id = new NetworkMessageId(row.NetworkMessageId);
        yield return Judged(row, id);
        if (row.DeliveryAction != "Blocked")
        {
            yield return new DeliveryObserved
            {
                At = row.At.AddSeconds(1),
                Id = id,
                Recipient = row.Recipient,
                OriginalRecipient = row.Recipient,
                Location = row.Direction == "Outbound" ? "On-premises/external" : row.DeliveryAction == "Junked" ? "Junk folder" : "Inbox/folder",
                Folder = row.Direction == "Outbound" ? "" : row.DeliveryAction == "Junked" ? "Junk" : "INBOX",
                Source = "synthetic",
            };
        }
    }

    private static MessageJudged Judged(SyntheticRow row, NetworkMessageId id)
    {
        var (decision, action) = row.DeliveryAction switch
        {
            "Blocked" => ("Quarantine", "Send to quarantine"),
            "Junked" => ("Junk", "Move message to junk mail folder"),
            _ => ("Deliver", "No action taken"),
        };
        var (method, policy) = row.Threat switch
        {
            "Malware" => ("File reputation", "Antimalware"),
            "Phish" => ("URL malicious reputation", "Antispam phishing"),
            "Spam" => ("General filter", "Antispam"),
            _ => ("", row.IsBulk ? "Antispam bulk mail" : ""),
        };
        return new MessageJudged
        {
            At = row.At,
            Id = id,
            ReceivedAt = row.At,
            Verdict = row.Threat.Length > 0 ? row.Threat : row.IsBulk ? "Bulk" : "Clean",
            ThreatTypes = row.Threat,
            DetectionMethods = row.Threat.Length > 0 ? $$"""{"{{row.Threat}}":["{{method}}"]}""" : "",
            ConfidenceLevel = row.Threat.Length > 0 ? $$"""{"{{row.Threat}}":"High"}""" : "",
            Confidence = row.Threat.Length > 0 ? "High" : "",
            Score = row.Threat.Length > 0 ? 5 : 0,
            BulkComplaintLevel = row.IsBulk ? 7 : 0,
            EmailAction = action,
            EmailActionPolicy = policy,
            Signals = row.Threat.Length > 0 ? [new RecordedSignal { Name = "synthetic", Technology = method, Threat = row.Threat, Weight = 5, Evidence = "made for load" }] : [],
            Because = row.Threat.Length > 0 ? ["synthetic"] : [],
            InternetMessageId = row.InternetMessageId,
            SenderMailFromAddress = row.SenderAddress,
            SenderFromAddress = row.SenderAddress,
            SenderDisplayName = row.SenderName,
            SenderIp = row.SenderIp,
            Subject = row.Subject,
            To = row.Recipient,
            EmailClusterId = row.ClusterId,
            EmailDirection = row.Direction,
            AuthenticationDetails = row.Threat is "Phish" or "Malware" ? Failed : Passed,
            EmailLanguage = row.Language,
            EmailSize = 4_000 + (40_000L * row.AttachmentCount),
            Recipients = [new RecordedRecipient { Address = row.Recipient, Decision = decision }],
            Attachments = [.. Enumerable.Range(0, row.AttachmentCount).Select(number => Attachment(row, number))],
            Urls = [.. Enumerable.Range(0, row.UrlCount).Select(number => Url(row, number))],
        };
    }

    private static RecordedAttachment Attachment(SyntheticRow row, int number) => new()
    {
        FileName = string.Create(CultureInfo.InvariantCulture, $"document-{row.ClusterId % 1000:000}-{number}.pdf"),
        FileType = "pdf",
        Extension = "pdf",
        ContentType = "application/pdf",
        Size = 40_000,
        Sha256 = string.Create(CultureInfo.InvariantCulture, $"{(ulong)row.ClusterId:x16}{number:x48}"),
        ThreatTypes = row.Threat == "Malware" ? "Malware" : "",
    };

    private static RecordedUrl Url(SyntheticRow row, int number) => new()
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"https://{row.UrlDomain}/{row.Language}/page-{number}"),
        Domain = row.UrlDomain,
        Location = "Body",
    };
}
