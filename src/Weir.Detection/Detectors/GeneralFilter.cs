using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Knowledge.Rules;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>The analysts' own rules: conditions on header, subject, body, links and files, with a weight or a verdict.</summary>
internal sealed class GeneralFilter : IDetector
{
    public string Id => "general-filter";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var rule in message.Known.Rules)
        {
            if (Of(rule, message) is { } signal)
            {
                yield return signal;
            }
        }
    }

    private static Signal? Of(AnalystRule rule, MessageFacts message)
    {
        var seen = new List<string>();
        var places = new List<Sighting>();
        try
        {
            foreach (var condition in rule.Conditions)
            {
                if (!condition.Holds(Values(condition, message), out var value))
                {
                    return null;
                }

                places.AddRange(Places(condition, message, value));
                seen.Add($"{(condition.IsNegated ? "not " : "")}{condition.Field}{(condition.Header.Length > 0 ? " " + condition.Header : "")} {condition.Test.ToString().ToLowerInvariant()} {condition.Value}");
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return Say.Any("not-examined", $"The rule {rule.Name} took too long.", DetectionTechnology.GeneralFilter).At(In.Knowledge("rules of the general filter"));
        }

        return new Signal
        {
            Name = $"rule-{rule.Name}",
            Technology = DetectionTechnology.GeneralFilter,
            Threat = rule.Threat,
            Weight = rule.Weight,
            IsConclusive = rule.IsVerdict,
            Evidence = $"The rule {rule.Name} holds: {Short(string.Join("; ", seen))}",
        }.At(places).At(In.Knowledge("rules of the general filter"));
    }

    private static IEnumerable<string> Values(RuleCondition condition, MessageFacts message)
    {
        var mail = message.Message;
        return condition.Field switch
        {
            "subject" => [mail.Subject],
            "body" => [mail.VisibleText],
            "url" => mail.Urls.Select(url => url.Url),
            "attachment" => mail.Parts.Where(part => part.IsAttachment).SelectMany(part => part.Members.Select(member => member.Path).Prepend(part.FileName)),
            "from" => mail.From.SelectMany(from => new[] { from.Address, $"{from.DisplayName} <{from.Address}>" }),
            "to" => mail.To.Concat(mail.Cc).Select(to => to.Address).Concat(message.Envelope.Recipients),
            "client" => [message.Known.ClientIp, message.Envelope.ClientName, message.Envelope.Helo],
            _ => mail.Headers.Where(header => header.Name.Equals(condition.Header, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value),
        };
    }

    private static IEnumerable<Sighting> Places(RuleCondition condition, MessageFacts message, string value) => condition.Field switch
    {
        "subject" => [In.Subject],
        "from" => [In.Author(message)],
        "url" when value.Length > 0 => [In.Url(value)],
        "client" => [In.ClientIp],
        "to" => [In.Recipients],
        "header" => [In.Header(condition.Header)],
        "attachment" => message.Message.Parts.Where(part => part.IsAttachment && part.FileName == value).Select(In.Part),
        "body" => message.Message.Parts.Where(part => part.IsBody).Select(In.Part),
        _ => [],
    };

    private static string Short(string text) => text.Length <= 250 ? text : string.Concat(text.AsSpan(0, 250), "…");
}
