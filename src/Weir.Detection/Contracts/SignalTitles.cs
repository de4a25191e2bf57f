using System.Collections.Frozen;

namespace Weir.Detection.Contracts;

/// <summary>What a signal means, in a few words for people. Its evidence says what was seen.</summary>
public static class SignalTitles
{
    private static readonly FrozenDictionary<string, string> Titles = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["allow-not-applied"] = "An allow entry does not count here",
        ["allowed-domain"] = "The sender's domain is allowed",
        ["allowed-file"] = "The file is allowed",
        ["allowed-ip"] = "The sending address is allowed",
        ["allowed-sender"] = "The sender is allowed",
        ["allowed-url"] = "The link is allowed",
        ["antimalware-found"] = "Malware was found",
        ["antimalware-not-available"] = "Nobody scanned for malware",
        ["attachment-disguised-program"] = "A program is disguised as a document",
        ["attachment-disk-image"] = "A disk image is attached",
        ["attachment-double-extension"] = "A file has two extensions",
        ["attachment-encrypted"] = "An attachment is encrypted",
        ["attachment-encrypted-with-password"] = "The password of an encrypted file is in the text",
        ["attachment-html"] = "A web page comes as a file",
        ["attachment-html-form"] = "An attached page asks for a password",
        ["attachment-html-refresh"] = "An attached page leads elsewhere by itself",
        ["attachment-html-script"] = "An attached page runs a script",
        ["attachment-html-smuggling"] = "An attached page builds a hidden file",
        ["attachment-macros"] = "A document carries macros",
        ["attachment-macros-in-archive"] = "An archive holds a document with macros",
        ["attachment-not-inspected"] = "An attachment was not read to its end",
        ["attachment-onenote"] = "A notebook that may hold programs is attached",
        ["attachment-program"] = "A program is attached",
        ["attachment-program-in-archive"] = "An archive holds a program",
        ["attachment-reversed-name"] = "A file name is turned around",
        ["attachment-type-mismatch"] = "A file is not what its name says",
        ["attachment-unix-program"] = "A program for Unix is attached",
        ["blocked-domain"] = "The sender's domain is blocked",
        ["blocked-file"] = "The file is blocked",
        ["blocked-ip"] = "The sending address is blocked",
        ["blocked-sender"] = "The sender is blocked",
        ["blocked-url"] = "A link is blocked",
        ["brand-in-sender-address"] = "The sender's address borrows a brand",
        ["brand-in-sender-name"] = "The sender calls itself a brand",
        ["brand-in-subject"] = "The subject borrows a brand",
        ["brand-name-at-free-mail"] = "A brand writes from free mail",
        ["bulk-advertises"] = "It advertises",
        ["bulk-discussion-list"] = "It comes from a discussion list",
        ["bulk-many-links"] = "It has many links",
        ["bulk-marks"] = "It is sent to many",
        ["bulk-no-way-out"] = "It offers no way to unsubscribe",
        ["campaign"] = "One text comes from many senders",
        ["date-far-off"] = "Its date is far off",
        ["date-missing"] = "It has no date",
        ["detector-broke"] = "A check failed",
        ["disguised-words"] = "Words are disguised",
        ["dns-not-available"] = "DNS gave no answer",
        ["domain-bad-here"] = "The sender's domain was bad here before",
        ["domain-new-here"] = "The sender's domain is new here",
        ["file-bad-here"] = "A file was malware here before",
        ["file-known-bad"] = "A file is known malware",
        ["fingerprint-of-phish"] = "The body is that of phish",
        ["fingerprint-of-spam"] = "The body is that of spam",
        ["first-contact"] = "The sender never wrote before",
        ["first-contact-domain"] = "The sender's domain never wrote before",
        ["first-contact-known-name"] = "A known name writes from a new address",
        ["fraud-bank-change"] = "It announces new bank details",
        ["fraud-business-intelligence"] = "It asks for business data",
        ["fraud-callback"] = "It asks to call a number",
        ["fraud-contact"] = "It wants contact first",
        ["fraud-extortion"] = "It demands a ransom",
        ["fraud-gift-card"] = "It asks for gift cards",
        ["fraud-invoice"] = "It presses for a bill",
        ["fraud-payroll"] = "It asks to change a salary account",
        ["fraud-pii"] = "It asks for personal data",
        ["fraud-presses"] = "The request comes with haste",
        ["fraud-secrecy"] = "The request comes with secrecy",
        ["fraud-task"] = "It opens with a small task",
        ["fraud-transfer"] = "It asks for a transfer",
        ["free-mail-sent-elsewhere"] = "Free mail was sent through another service",
        ["from-our-own"] = "One of ours sent it",
        ["from-twice"] = "It names its sender twice",
        ["gtube"] = "It is the test text for spam filters",
        ["hidden-inside-words"] = "Words are split by something hidden",
        ["hidden-text"] = "It hides text from its reader",
        ["html-form"] = "The body asks for a password",
        ["html-form-plain"] = "The body holds a form",
        ["html-script"] = "The body holds a script",
        ["impersonated-colleague"] = "The sender uses the name of one of ours",
        ["impersonated-protected-user"] = "The sender uses the name of a protected person",
        ["invented-tags"] = "Invented elements break up the text",
        ["invisible-in-words"] = "Invisible characters stand inside words",
        ["known-correspondent"] = "The sender is a known correspondent",
        ["ip-bad-here"] = "The client's address was bad here before",
        ["ip-known-bad"] = "The client's address is known as bad",
        ["ip-listed"] = "A block list names the client's address",
        ["ip-listed-by-policy"] = "The client's address should not send mail itself",
        ["language-account-threat"] = "It threatens to close an account",
        ["language-advance-fee"] = "It promises money for a fee",
        ["language-casino"] = "It offers gambling",
        ["language-credentials"] = "It asks to sign in",
        ["language-crypto-money"] = "It offers crypto money",
        ["language-dating"] = "It offers dates",
        ["language-debt-insurance"] = "It offers loans or insurance",
        ["language-document"] = "It shares a document",
        ["language-extortion"] = "It extorts",
        ["language-get-rich"] = "It promises riches",
        ["language-impersonal-greeting"] = "It greets nobody in particular",
        ["language-marketing"] = "It markets",
        ["language-parcel"] = "It speaks of a parcel",
        ["language-payment-problem"] = "It speaks of a failed payment",
        ["language-pills"] = "It offers pills",
        ["language-prize"] = "It promises a prize",
        ["language-urgency"] = "It presses",
        ["link-host-new-here"] = "A link leads to a host that is new here",
        ["link-text-counted"] = "A link is counted by a service",
        ["link-text-elsewhere"] = "A link leads elsewhere than it says",
        ["links-lead-home"] = "All links lead to the proven sender",
        ["links-to-author"] = "All links lead to the sender",
        ["list-not-available"] = "A block list gave no answer",
        ["lookalike-brand-domain"] = "The sender's domain looks like a brand's",
        ["lookalike-brand-link"] = "A link looks like a brand's",
        ["lookalike-own-domain"] = "A domain looks like one of ours",
        ["lookalike-protected-domain"] = "A domain looks like a partner's",
        ["mail-bombing"] = "The recipient is flooded by strangers",
        ["message-id-impossible"] = "Its Message-ID is impossible",
        ["message-id-missing"] = "It has no Message-ID",
        ["mixed-alphabets"] = "Words mix alphabets",
        ["not-examined"] = "A part was not examined",
        ["nothing-authenticated"] = "Nothing proves the sender",
        ["other-filter-says"] = "Another filter judged it",
        ["picture-from-anonymous-host"] = "A picture comes from an anonymous place",
        ["picture-from-shared-hosting"] = "A picture comes from shared hosting",
        ["picture-instead-of-text"] = "Pictures stand for text",
        ["proven-brand"] = "It is from the brand that it names",
        ["proven-partner"] = "It is from a partner",
        ["random-text"] = "It carries random text",
        ["recipients-undisclosed"] = "It names no recipients",
        ["reply-to-elsewhere"] = "Answers go elsewhere",
        ["reply-to-free-mail"] = "Answers go to free mail",
        ["reply-to-other-free-mail"] = "Answers go to another free mailbox",
        ["request-with-foreign-link"] = "A request comes with a stranger's link",
        ["requests-with-foreign-link"] = "Requests come with a stranger's link",
        ["sender-cheap-top-level"] = "The sender's domain is of a throw-away kind",
        ["sender-domain-random"] = "The sender's domain looks random",
        ["sender-missing"] = "It has no sender",
        ["sender-name-is-other-address"] = "The sender's name is another address",
        ["sender-name-is-recipient"] = "The sender's name is the recipient's address",
        ["sender-random"] = "The sender's address looks random",
        ["sender-several"] = "It has several senders",
        ["sender-shared-hosting"] = "The sender is at shared hosting",
        ["sends-to-many"] = "One of ours suddenly writes to many",
        ["spf-fail"] = "The sending server is not permitted (SPF)",
        ["spf-soft-fail"] = "The sending server is doubted (SPF)",
        ["spoof-dmarc"] = "The sender's domain is not proven (DMARC)",
        ["spoof-dmarc-enforced"] = "The owner of the domain asks to refuse it (DMARC)",
        ["spoof-external-domain"] = "The sender's domain may be forged",
        ["spoof-intra-org"] = "It forges one of our domains",
        ["styled-letters"] = "Mathematical letters stand for plain ones",
        ["subject-exclaims"] = "The subject exclaims",
        ["subject-money"] = "The subject names a sum",
        ["subject-names-recipient"] = "The subject holds the recipient's address",
        ["subject-pictograms"] = "The subject is full of pictograms",
        ["subject-shouts"] = "The subject shouts",
        ["subject-spaced"] = "The subject is spaced out",
        ["subject-tagged"] = "A tag makes each subject different",
        ["unfilled-placeholder"] = "A template was sent unfilled",
        ["url-bad-here"] = "A link was bad here before",
        ["url-brand-elsewhere"] = "A link borrows a brand",
        ["url-cheap-top-level"] = "A link leads to a throw-away domain",
        ["url-credential-path"] = "A link leads to a sign-in page",
        ["url-data"] = "A link carries its page in itself",
        ["url-inside-broken-site"] = "A link leads inside somebody's broken site",
        ["url-host-bad-here"] = "A link's host was bad here before",
        ["url-ip-host"] = "A link leads to a bare address",
        ["url-known-bad"] = "A link is known as bad",
        ["url-listed"] = "A block list names a link's domain",
        ["url-many-labels"] = "A link's host has many labels",
        ["url-names-recipient"] = "A link holds the recipient's address",
        ["url-open-redirect"] = "A link is passed on by somebody else's site",
        ["url-punycode"] = "A link's host is written in another alphabet",
        ["url-random-fragment"] = "A link ends in a random fragment",
        ["url-refresh"] = "The body leads elsewhere by itself",
        ["url-shared-hosting"] = "A link leads to shared hosting",
        ["url-shortener"] = "A link is shortened",
        ["url-user-info"] = "A link hides its host behind an @",
        ["url-wrapped"] = "Links had been rewritten by a product",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How strongly it was said is the weight's matter, not the title's.</summary>
    private static readonly string[] Strengths = ["-once", "-much", "-words"];

    /// <summary>The title of a signal; of one that is not known, such as an older record's, its name as words.</summary>
    public static string Of(string name)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        return name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');
    }

    /// <summary>The title of a signal; nothing when it is not known.</summary>
    public static string? Find(string name)
    {
        if (Titles.TryGetValue(name, out var title))
        {
            return title;
        }

        if (name.StartsWith("rule-", StringComparison.Ordinal))
        {
            return "A rule of the organisation holds";
        }

        // What is said again of another file or link has its number behind it.
        var plain = name.TrimEnd("0123456789".ToCharArray()).TrimEnd('-');
        var strength = Array.Find(Strengths, ending => plain.EndsWith(ending, StringComparison.Ordinal));
        return Titles.GetValueOrDefault(strength is null ? plain : plain[..^strength.Length]);
    }
}
