using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>Sender names and addresses that no honest sender has.</summary>
internal sealed partial class SenderAddress : IDetector
{
    public string Id => "sender-address";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var author = message.Message.Author;
        if (author is null || author.Address.Length == 0)
        {
            // A bounce (null sender) of a simple server may come without one.
            if (message.Envelope.MailFrom.Length == 0)
            {
                yield break;
            }

            yield return Say.Any("sender-missing", "There is no From address.").At(In.Header("From"));
            yield break;
        }

        if (message.Direction != Direction.Inbound)
        {
            yield break;
        }

        var named = AddressInName().Match(author.DisplayName);
        if (named.Success && !Domains.AreSame(named.Groups["domain"].Value, author.Domain))
        {
            var isRecipient = message.Envelope.Recipients.Any(recipient => recipient.Equals(named.Value, StringComparison.OrdinalIgnoreCase));
            yield return (isRecipient
                ? Say.Phish("sender-name-is-recipient", $"The sender's name is the recipient's address {named.Value}; it comes from {author.Address}.")
                : Say.Phish("sender-name-is-other-address", $"The sender's name is {named.Value}; it comes from {author.Address}.")).At(In.Author(message));
        }

        if (ImpossibleIn(author.Domain) is { Length: > 0 } impossible)
        {
            yield return Say.Phish("sender-impossible", $"No domain can be called {author.Domain}: it has \"{impossible}\". Nobody could answer.").At(In.Author(message));
        }

        if (!named.Success && RecipientDomainIn(author.DisplayName, message) is { Length: > 0 } ours)
        {
            yield return Say.Phish("sender-name-is-our-domain", $"The sender calls itself \"{author.DisplayName}\", by the recipient's domain {ours}; it comes from {author.Address}.").At(In.Author(message), In.Recipients);
        }

        if (message.Message.From.Count > 1)
        {
            yield return Say.Any("sender-several", $"{message.Message.From.Count} From addresses: {string.Join(", ", message.Message.From.Take(4).Select(from => from.Address))}").At(In.Header("From"));
        }

        if (IsRandom(author.LocalPart))
        {
            yield return Say.Any("sender-random", $"The address {author.Address} looks drawn by lot.").At(In.Author(message));
        }

        if (IsRandom(Domains.Name(author.Domain)) && !KnownHosts.IsSendingService(author.Domain))
        {
            yield return Say.Any("sender-domain-random", $"The domain {author.Domain} looks drawn by lot.").At(In.Author(message));
        }

        if (KnownHosts.IsCheap(author.Domain))
        {
            yield return Say.Any("sender-cheap-top-level", $"{author.Domain}: that top level is often used for throw-away names.").At(In.Author(message));
        }

        if (KnownHosts.IsSharedHosting(author.Domain))
        {
            yield return Say.Any("sender-shared-hosting", $"{author.Domain} belongs to a hosting provider; anybody gets such a name.").At(In.Author(message));
        }

        if (message.Envelope.Recipients.Any(recipient => recipient.Length > 5 && message.Message.Subject.Contains(recipient, StringComparison.OrdinalIgnoreCase)))
        {
            yield return Say.Any("subject-names-recipient", "The subject holds the recipient's address, as mail to harvested lists does.").At(In.Subject, In.Recipients);
        }

        if (message.EnvelopeDomain.Length > 0 && !Domains.AreSame(message.EnvelopeDomain, author.Domain) && KnownHosts.IsFreeMail(author.Domain)
            && !message.IsAuthorProven && message.CanAuthenticate && message.Authentication.Spf is not SpfNone)
        {
            yield return Say.Any("free-mail-sent-elsewhere", $"From {author.Address}, sent through {message.EnvelopeDomain}.").At(In.Author(message), In.MailFrom(message));
        }
    }

    /// <summary>The first character that no domain has; letters of any script may be there, but not those of formulas.</summary>
    private static string ImpossibleIn(string domain)
    {
        if (domain.StartsWith('['))
        {
            return "";
        }

        foreach (var rune in domain.EnumerateRunes())
        {
            var isPart = rune.Value is '.' or '-' or '_' || (Rune.IsLetterOrDigit(rune) && rune.Value is < 0x1D400 or > 0x1D7FF) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!isPart)
            {
                return rune.ToString();
            }
        }

        return "";
    }

    /// <summary>The domain of a recipient that stands in a name as a word: "weir.example support".</summary>
    private static string? RecipientDomainIn(string name, MessageFacts message) =>
        name.Contains('.', StringComparison.Ordinal)
            ? message.Envelope.Recipients.Select(Domains.OfAddress).FirstOrDefault(domain => domain.Length >= 5 && !KnownHosts.IsFreeMail(domain) && !Domains.AreSame(domain, message.AuthorDomain)
                && name.Split([' ', '"', '\'', '<', '>', '(', ')', ',', ':', '|', '/', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Any(word => word.Trim('.').Equals(domain, StringComparison.OrdinalIgnoreCase)))
            : null;

    private const Weir.Mail.Contracts.SpfResult SpfNone = Weir.Mail.Contracts.SpfResult.None;

    /// <summary>Many consonants in a row, or letters and digits alternating, over a good length.</summary>
    private static bool IsRandom(string text)
    {
        var pieces = text.Split(['.', '-', '_', '+', '='], 3);
        if (pieces.Any(piece => Rises(piece) >= 3 || (Rises(piece) == 2 && ConsonantRun(piece) >= 4)))
        {
            return true;
        }

        var word = pieces.Take(2).MaxBy(piece => piece.Length) ?? "";
        if (word.Length < 8)
        {
            return false;
        }

        var switches = 0;
        for (var i = 1; i < word.Length; i++)
        {
            switches += char.IsAsciiDigit(word[i]) != char.IsAsciiDigit(word[i - 1]) ? 1 : 0;
        }

        return ConsonantRun(word) >= (word.Length >= 12 ? 5 : 6) || switches >= 4;
    }

    private static int ConsonantRun(string word)
    {
        int run = 0, longest = 0;
        foreach (var c in word)
        {
            run = char.IsAsciiLetter(c) && !"aeiouyAEIOUY".Contains(c, StringComparison.Ordinal) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>Capitals after small letters: one in JohnSmith, several in what is drawn by lot.</summary>
    private static int Rises(string word)
    {
        var rises = 0;
        for (var i = 1; i < word.Length; i++)
        {
            rises += char.IsAsciiLetterLower(word[i - 1]) && char.IsAsciiLetterUpper(word[i]) ? 1 : 0;
        }

        return rises;
    }

    [GeneratedRegex(@"[a-z0-9._%+-]+@(?<domain>([a-z0-9-]+\.)+[a-z]{2,12})", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AddressInName();
}
