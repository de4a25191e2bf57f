using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>Header fields that no mail program writes so.</summary>
internal sealed class HeaderOddities : IDetector
{
    private static readonly TimeSpan Far = TimeSpan.FromDays(3);

    public string Id => "header-oddities";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound)
        {
            yield break;
        }

        var id = message.Message.MessageId;
        if (id.Length == 0)
        {
            yield return Say.Any("message-id-missing", "There is no Message-ID.").At(In.Header("Message-ID"));
        }
        else if (ImpossibleId(id) is { Length: > 0 } why)
        {
            yield return Say.Any("message-id-impossible", $"Message-ID {id}: {why}").At(In.Header("Message-ID"));
        }

        if (message.Message.Date is null)
        {
            yield return Say.Any("date-missing", "There is no readable Date.").At(In.Header("Date"));
        }
        else if (message.Message.Date - HopTime(message) is { } ahead && (ahead > TimeSpan.FromHours(12) || ahead < -Far))
        {
            yield return Say.Any("date-far-off", $"Dated {message.Message.Date:u}, received {HopTime(message):u}.").At(In.Header("Date"), In.Header("Received"));
        }

        if (message.Message.To.Count + message.Message.Cc.Count == 0)
        {
            yield return Say.Any("recipients-undisclosed", "Neither To nor Cc names anybody.").At(In.Header("To"), In.Header("Cc"));
        }

        // Some programs of people write so too, but then in UTF-8 that a server announced.
        if (message.Message.Defects.FirstOrDefault(defect => defect.Kind == "8bit-header" && (defect.Detail.StartsWith("Subject ", StringComparison.OrdinalIgnoreCase) || defect.Detail.StartsWith("From ", StringComparison.OrdinalIgnoreCase))) is { } raw)
        {
            yield return Say.Any("header-not-encoded", $"{raw.Detail} Mail programs encode them; scripts forget it.").At(In.Header(raw.Detail.Split(' ')[0]));
        }

        if (message.Message.Defects.FirstOrDefault(defect => defect.Kind.Contains("duplicate", StringComparison.Ordinal) && defect.Kind.Contains("from", StringComparison.Ordinal)) is { } twice)
        {
            yield return Say.Phish("from-twice", $"Two From fields: programs differ in which they show. {twice.Detail}").At(In.Header("From"));
        }
    }

    private static DateTimeOffset? HopTime(MessageFacts message) => message.Message.Received.Select(hop => hop.At).FirstOrDefault(at => at is not null);

    private static string ImpossibleId(string id)
    {
        var at = id.LastIndexOf('@');
        if (at < 0)
        {
            return "it has no @.";
        }

        var host = id[(at + 1)..].TrimEnd('>', ' ').ToLowerInvariant();
        return host.Length == 0 ? "nothing follows the @."
            : host is "localhost" || host.StartsWith("localhost.", StringComparison.Ordinal) ? "made on localhost."
            : id.Count(c => c == '@') > 1 ? "it has two @."
            : id.Any(char.IsWhiteSpace) ? "it has a space."
            : host.Contains("..", StringComparison.Ordinal) || host.Any(c => c is '{' or '}' or '[' or '%' or '(' or '$') && !host.StartsWith('[') ? "its host is no host."
            : "";
    }
}
