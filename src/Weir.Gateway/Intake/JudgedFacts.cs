using System.Text.Json;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Writes a judgement as the fact that the record keeps, in the spelling of the hunting schema.</summary>
internal static class JudgedFacts
{
    /// <summary>The fact of a judgement.</summary>
    /// <param name="senderIp">The machine that handed the message to the organisation.</param>
    /// <param name="areRecipientsGuessed">The recipients were read out of the message.</param>
    public static MessageJudged Of(JudgedMessage judged, DateTimeOffset receivedAt, DateTimeOffset now, IOrganisation organisation, string senderIp, bool areRecipientsGuessed = false)
    {
        var message = judged.Message;
        var judgement = judged.Judgement;
        var decided = judged.Outcomes.Where(outcome => outcome.Held.Length == 0).MaxBy(outcome => outcome.Action);
        var action = decided is null ? PolicyWords.Action(judged.Decisions) : PolicyNames.Recorded(decided.Action);
        var over = PolicyWords.Override(judgement);
        return new MessageJudged
        {
            At = now,
            Id = judged.Id,
            ReceivedAt = receivedAt,
            Verdict = Names.Of(judgement.Verdict),
            ThreatTypes = string.Join(", ", judgement.Threats),
            ThreatNames = string.Join(", ", judgement.Signals.Select(signal => signal.ThreatName).Where(name => !string.IsNullOrEmpty(name)).Distinct(StringComparer.Ordinal)),
            DetectionMethods = Methods(judgement.Threats, judgement.Signals),
            ConfidenceLevel = ConfidenceLevel(judgement),
            Confidence = judgement.Confidence,
            Score = judgement.Score,
            BulkComplaintLevel = judgement.BulkComplaintLevel,
            ThreatClassification = judgement.ThreatClassification,
            EmailAction = action,
            EmailActionPolicy = action == PolicyWords.NoAction ? "" : decided?.Cause is { } cause ? PolicyNames.Family(cause) : PolicyWords.Policy(judgement),
            OrgLevelAction = over.Action,
            OrgLevelPolicy = over.Policy,
            Signals = [.. judgement.Signals.Select(Recorded)],
            Because = judgement.Because,
            WouldChangeRemove = judgement.WouldChange?.Remove ?? [],
            WouldChangeTo = judgement.WouldChange is { } change ? Names.Of(change.To) : "",
            VerdictWithoutAllow = judgement.VerdictWithoutAllow is { } without ? Names.Of(without) : null,
            Thresholds = judgement.Thresholds,
            Versions = judgement.Versions,
            OtherFilter = judged.Other is { } other
                ? new RecordedOtherVerdict { Filter = other.Filter, IsBad = other.IsBad, Says = other.Says, Score = other.Score, Threshold = other.Threshold, Rules = other.Rules, Allows = other.Allows }
                : null,
            History = judged.History.Length > 0 ? judged.History : null,
            InternetMessageId = message.MessageId,
            SenderMailFromAddress = judged.Envelope.MailFrom,
            SenderFromAddress = message.Author?.Address ?? "",
            SenderDisplayName = message.Author?.DisplayName ?? "",
            SenderObjectId = organisation.Find(message.Author?.Address ?? "")?.ObjectId ?? "",
            ReturnPath = message.ReturnPath.Length > 0 ? message.ReturnPath : judged.Envelope.MailFrom,
            ReplyTo = string.Join(", ", message.ReplyTo.Select(address => address.Address)),
            SenderIp = senderIp,
            Subject = message.Subject,
            To = string.Join(", ", message.To.Select(address => address.Address)),
            Cc = string.Join(", ", message.Cc.Select(address => address.Address)),
            EmailClusterId = message.ClusterId,
            EmailDirection = Names.Of(judged.Direction),
            AuthenticationDetails = AuthenticationWords.Details(judged.Authentication),
            AuthenticationEvidence = AuthenticationWords.Evidence(judged.Authentication),
            EmailLanguage = message.Language,
            EmailSize = message.Size,
            HeaderText = message.HeaderText,
            Defects = [.. message.Defects.Select(defect => $"{defect.Kind}: {defect.Detail}")],
            Recipients = Recipients(judged, organisation, areRecipientsGuessed),
            Attachments = [.. message.Attachments.Select(part => Recorded(part, judgement))],
            Urls = [.. message.Urls.Select(url => Recorded(url, judgement)).DistinctBy(url => (url.Url, url.Location))],
        };
    }

    /// <summary>JSON text: per threat the technologies that spoke for it, the strongest first; empty when there is no threat.</summary>
    private static string Methods(IReadOnlyList<ThreatType> threats, IEnumerable<Signal> signals)
    {
        var all = signals.ToList();
        return threats.Count == 0 ? "" : JsonText.Object(writer =>
        {
            foreach (var threat in threats)
            {
                writer.WriteStartArray(threat.ToString());
                foreach (var technology in all
                    .Where(signal => signal.Threat == threat && (signal.Weight > 0 || signal.IsConclusive))
                    .OrderByDescending(signal => signal.IsConclusive)
                    .ThenByDescending(signal => signal.Weight)
                    .Select(signal => Names.Of(signal.Technology))
                    .Distinct(StringComparer.Ordinal))
                {
                    writer.WriteStringValue(technology);
                }

                writer.WriteEndArray();
            }
        });
    }

    /// <summary>JSON text: spam carries its SCL (5, 6 or 9), the others High or Low.</summary>
    private static string ConfidenceLevel(Judgement judgement) => judgement.Threats.Count == 0 ? "" : JsonText.Object(writer =>
    {
        foreach (var threat in judgement.Threats)
        {
            var isHigh = judgement.Confidence == "High" || (threat == ThreatType.Phish && judgement.Verdict == Verdict.HighConfidencePhish);
            writer.WriteString(threat.ToString(), threat == ThreatType.Spam
                ? judgement.Confidence switch { "High" => "9", "Medium" => "6", _ => "5" }
                : isHigh ? "High" : "Low");
        }
    });

    private static List<RecordedRecipient> Recipients(JudgedMessage judged, IOrganisation organisation, bool areGuessed)
    {
        var recipients = new List<RecordedRecipient>();
        var list = RecordedPolicy.OfList(judged.Judgement);
        for (var i = 0; i < judged.Envelope.Recipients.Count; i++)
        {
            var address = judged.Envelope.Recipients[i];
            var person = organisation.Find(address);
            recipients.Add(new RecordedRecipient
            {
                Address = address,
                ObjectId = person?.ObjectId ?? "",
                Decision = judged.Decisions[i].ToString(),
                IsFirstContact = i < judged.FirstContacts.Count && judged.FirstContacts[i],
                IsGuessed = areGuessed,
                Tags = person?.Tags ?? [],
            }.With(i < judged.Outcomes.Count ? judged.Outcomes[i] : null, list));
        }

        return recipients;
    }

    private static RecordedSignal Recorded(Signal signal) => new()
    {
        Name = signal.Name,
        Technology = Names.Of(signal.Technology),
        Threat = signal.Threat?.ToString() ?? "",
        Weight = signal.Weight,
        IsConclusive = signal.IsConclusive,
        Evidence = signal.Evidence,
        Entity = signal.Entity,
        ThreatName = signal.ThreatName,
        Override = signal.Override == OverrideKind.None ? null : signal.Override.ToString(),
        ListEntry = signal.ListEntry == 0 ? null : signal.ListEntry.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Impersonates = signal.Impersonates,
        Places = [.. signal.Places.Select(Recorded)],
    };

    private static RecordedPlace Recorded(Place place) => new()
    {
        Kind = place.Kind.ToString(),
        Name = place.Name,
        Part = place.Part,
        Member = place.Member,
        Start = place.HasBytes ? place.Start : null,
        End = place.HasBytes ? place.End : null,
    };

    private static RecordedAttachment Recorded(MailPart part, Judgement judgement)
    {
        var against = Against(judgement, part.Sha256).ToList();
        var threats = ThreatsOf(against);
        return new RecordedAttachment
        {
            FileName = part.FileName,
            FileType = part.FileType,
            Extension = part.Extension,
            ContentType = part.ContentType,
            Path = part.Path,
            Size = part.Size,
            Md5 = part.Md5,
            Sha1 = part.Sha1,
            Sha256 = part.Sha256,
            ThreatTypes = string.Join(", ", threats),
            ThreatNames = string.Join(", ", against.Select(signal => signal.ThreatName).Where(name => !string.IsNullOrEmpty(name)).Distinct(StringComparer.Ordinal)),
            DetectionMethods = Methods(threats, against),
            Members = [.. part.Members.Select(member => member.Path)],
            IsEncrypted = part.IsEncrypted || part.Members.Any(member => member.IsEncrypted),
        };
    }

    private static RecordedUrl Recorded(MailUrl url, Judgement judgement) => new()
    {
        Url = url.Url,
        Domain = url.Domain,
        Location = url.Source switch
        {
            UrlSource.EmailBody => "Body",
            UrlSource.EmailHeader => "Header",
            UrlSource.Subject => "Subject",
            UrlSource.Attachments => "Attachment",
            UrlSource.QrCode => "QRCode",
            UrlSource.CloudAttachment => "CloudAttachment",
            _ => "",
        },
        ShownText = url.ShownText,
        ThreatTypes = string.Join(", ", ThreatsOf(Against(judgement, url.Url))),
        WrappedBy = Passed(url) is { Length: > 0 } passed ? passed : null,
        Written = Passed(url).Length > 0 ? url.Written : null,
    };

    private static string Passed(MailUrl url) => string.Join(", ", new[] { url.WrappedBy, url.ForwardedBy }.Where(names => names.Length > 0));

    private static IEnumerable<Signal> Against(Judgement judgement, string entity) =>
        judgement.Signals.Where(signal => entity.Length > 0 && signal.Entity == entity && (signal.Weight > 0 || signal.IsConclusive));

    private static List<ThreatType> ThreatsOf(IEnumerable<Signal> signals) =>
        [.. signals.Select(signal => signal.Threat).OfType<ThreatType>().Distinct().OrderDescending()];
}

/// <summary>JSON kept as text in a column.</summary>
internal static class JsonText
{
    public static string Object(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
