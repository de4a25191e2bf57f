using System.Text;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Learning.Features;

/// <summary>How the sender presents itself: words of its name, the form of its address and domain, and how its addresses agree.</summary>
internal sealed class Sender : IFeatures
{
    public IEnumerable<Feature> Of(MessageFacts message, IReadOnlyList<Signal> signals)
    {
        if (message.Direction != Direction.Inbound || message.Message.Author is not { } author)
        {
            yield break;
        }

        var words = author.DisplayName.Split([' ', ',', '.', '-', '_', '|', '(', ')', '"', '\''], StringSplitOptions.RemoveEmptyEntries).Take(6).Select(word => word.ToLowerInvariant().Normalize(NormalizationForm.FormKC)).Where(word => word.Length is >= 3 and <= 20 && !message.Envelope.Recipients.Any(recipient => recipient.Contains(word, StringComparison.OrdinalIgnoreCase))).Distinct(StringComparer.Ordinal).ToList();
        foreach (var word in words)
        {
            yield return new Feature($"name:{word}", 1 / MathF.Sqrt(Math.Max(2, words.Count)), In.Author(message));
        }

        if (!KnownHosts.IsFreeMail(author.Domain))
        {
            foreach (var piece in Links.PiecesOf(Domains.Name(author.Domain)).Distinct(StringComparer.Ordinal))
            {
                yield return new Feature($"sender:{piece}", Links.PieceCounts, In.Author(message));
            }
        }

        foreach (var form in Forms(message, author.Domain))
        {
            yield return new Feature($"from:{form}", 1, In.Author(message));
        }
    }

    private static IEnumerable<string> Forms(MessageFacts message, string domain)
    {
        if (KnownHosts.IsCheap(domain))
        {
            yield return "throw-away top level";
        }

        if (domain[(domain.LastIndexOf('.') + 1)..] is { Length: > 2 } top)
        {
            yield return $"top level {top}";
        }

        var name = Domains.Name(domain);
        if (name.Any(char.IsAsciiDigit))
        {
            yield return "domain with digits";
        }

        if (name.Contains('-', StringComparison.Ordinal))
        {
            yield return "domain with hyphens";
        }

        if (name.Length >= 18)
        {
            yield return "long domain";
        }

        if (domain.Split('.').Length >= 4)
        {
            yield return "domain of many labels";
        }

        if (message.Message.ReplyTo is [var reply, ..] && !Domains.AreSame(reply.Domain, domain))
        {
            yield return "answers elsewhere";
        }

        if (message.Targets.Count > 0 && !KnownHosts.IsFreeMail(domain) && !message.IsOurs(domain) && !message.Targets.Any(message.IsAuthors)
            && (name.Length < 4 || !message.Text.Source.Contains(name, StringComparison.OrdinalIgnoreCase)))
        {
            yield return "links, and nothing names the sender's domain";
        }

        if (message.Message.Author is { DisplayName.Length: > 0 } author && author.DisplayName.Any(c => c > 0x2000))
        {
            yield return "name with symbols";
        }
    }
}
