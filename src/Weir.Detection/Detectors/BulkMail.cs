using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>
/// Mail to many. Its weights are not log-odds of danger but points of the bulk complaint level (0 to 9): marks of lists say that somebody sends
/// to many, the rest how likely the reader complains.
/// </summary>
internal sealed class BulkMail : IDetector
{
    private static readonly string[] Fields = ["List-Unsubscribe", "List-Id", "Precedence", "Feedback-ID", "X-Campaign-Id", "X-CampaignId", "X-Mailer-LID"];

    public string Id => "bulk-mail";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var mail = message.Message;
        var unsubscribe = mail.Header("List-Unsubscribe") is { Length: > 0 };
        var list = mail.Header("List-Id") is { Length: > 0 };
        var precedence = mail.Header("Precedence")?.Trim().ToLowerInvariant() is "bulk" or "junk";
        var campaign = mail.Header("Feedback-ID") ?? mail.Header("X-Campaign-Id") ?? mail.Header("X-CampaignId") ?? mail.Header("X-Mailer-LID");
        if (!unsubscribe && !precedence && string.IsNullOrEmpty(campaign))
        {
            yield break;
        }

        // A discussion list has a posting address; answers of people arrive through it.
        if (list && mail.Header("List-Post") is { Length: > 0 })
        {
            yield return Bulk("bulk-discussion-list", $"A discussion list: {mail.Header("List-Id")}").At(In.Header("List-Id"), In.Header("List-Post"));
            yield break;
        }

        yield return Bulk("bulk-marks", $"Marked as mail to many ({string.Join(", ", Marks(unsubscribe, list, precedence, campaign))}).").At(Fields.Where(name => mail.Header(name) is not null).Select(In.Header));
        if (message.Text.Count("marketing") >= 2)
        {
            yield return Bulk("bulk-advertises", $"It advertises: {message.Text.Quote("marketing")}").At(In.Phrases(message.Text, "marketing"));
        }

        if (message.Targets.Count >= 10)
        {
            yield return Bulk("bulk-many-links", $"{message.Targets.Count} links.").At(message.Targets.Select(target => In.Url(target.Url)));
        }

        if (!unsubscribe)
        {
            yield return Bulk("bulk-no-way-out", "No List-Unsubscribe.").At(In.NoHeader("List-Unsubscribe"));
        }
    }

    private static Signal Bulk(string name, string evidence) => Say.Any(name, evidence, DetectionTechnology.Bulk);

    private static IEnumerable<string> Marks(bool unsubscribe, bool list, bool precedence, string? campaign)
    {
        if (unsubscribe)
        {
            yield return "List-Unsubscribe";
        }

        if (list)
        {
            yield return "List-Id";
        }

        if (precedence)
        {
            yield return "Precedence";
        }

        if (!string.IsNullOrEmpty(campaign))
        {
            yield return "campaign id";
        }
    }
}
