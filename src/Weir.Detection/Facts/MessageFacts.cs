using Weir.Detection.Contracts;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Html;
using Weir.Detection.Facts.Intents;
using Weir.Detection.Facts.Knowledge;
using Weir.Detection.Facts.Text;
using Weir.Directory.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts;

/// <summary>Everything that detectors may know of one message. Gathered before; detectors only read.</summary>
internal sealed class MessageFacts
{
    public required ParsedMessage Message { get; init; }
    public required Envelope Envelope { get; init; }
    public required AuthenticationResults Authentication { get; init; }
    public required Direction Direction { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required IOrganisation Organisation { get; init; }

    /// <summary>Addresses and domains that policies never take for impersonation.</summary>
    public IReadOnlySet<string> TrustedSenders { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Entries of the allow/block list that are in force and speak of the message; others may be among them.</summary>
    public required IReadOnlyList<AllowBlockEntry> Entries { get; init; }

    /// <summary>A short hash of the whole list at that time.</summary>
    public string ListVersion { get; init; } = "";

    public required AntimalwareResult Antimalware { get; init; }

    /// <summary>True when there was something to authenticate: a client address, or results of an upstream server.</summary>
    public required bool CanAuthenticate { get; init; }

    /// <summary>Subject and visible text as words.</summary>
    public required TextFacts Text { get; init; }

    /// <summary>What the writer is after, read from sentences when first asked for.</summary>
    public IntentFacts Intents => field ??= IntentFacts.Of(Text);

    public required HtmlFacts Html { get; init; }

    /// <summary>What reading the attachments gave: features, URLs, what lies inside.</summary>
    public IReadOnlyList<FileReport> Files { get; init; } = [];

    /// <summary>Earlier mail between the author and the recipients.</summary>
    public required SenderHistory History { get; init; }

    /// <summary>What is known of the things in it.</summary>
    public KnownFacts Known { get; init; } = KnownFacts.Nothing;

    /// <summary>What a person can follow: links of the HTML body, else web addresses in the text. Pictures and fonts are not among them.</summary>
    public required IReadOnlyList<UrlFacts> Targets { get; init; }

    /// <summary>Where files lead, when they lead to a few places.</summary>
    public IReadOnlyList<UrlFacts> FileTargets { get; init; } = [];

    /// <summary>The author's domain in lower case; empty when there is none.</summary>
    public string AuthorDomain => Message.Author?.Domain ?? "";

    /// <summary>The registered domain of the author.</summary>
    public string AuthorRegistered => field ??= Domains.Registered(AuthorDomain);

    /// <summary>The link leads to the author's own domain.</summary>
    public bool IsAuthors(UrlFacts target) => target.Registered.Length > 0 && target.Registered == AuthorRegistered;

    public string AuthorName => Message.Author?.DisplayName ?? "";

    /// <summary>The domain of MAIL FROM, else of Return-Path.</summary>
    public string EnvelopeDomain => Domains.OfAddress(Envelope.MailFrom.Length > 0 ? Envelope.MailFrom : Message.ReturnPath);

    /// <summary>The author's domain stands behind the message: DMARC passed, here or at a trusted forwarder, or an aligned SPF or DKIM did.</summary>
    public bool IsAuthorProven =>
        Authentication.TrustedSealer.Length > 0
        || Authentication.Dmarc is DmarcResult.Pass or DmarcResult.BestGuessPass or DmarcResult.SelectorPass
        || (Authentication.Dmarc != DmarcResult.Fail && Authentication.Spf == SpfResult.Pass && AuthorDomain.Length > 0 && Domains.AreSame(EnvelopeDomain, AuthorDomain))
        || (Authentication.Dmarc != DmarcResult.Fail && Authentication.Signatures.Any(signature => signature.Result == DkimResult.Pass && Domains.AreSame(signature.Domain, AuthorDomain)));

    /// <summary>The author may bear a name of ours: a policy trusts the address or its domain, and it is no forgery.</summary>
    public bool IsTrustedSender =>
        TrustedSenders.Count > 0 && IsAuthorProven && (TrustedSenders.Contains(Message.Author?.Address ?? "") || TrustedSenders.Contains(AuthorDomain));

    /// <summary>The host lies in a domain of the organisation.</summary>
    public bool IsOurs(string host) => Organisation.OwnDomains.Any(own => Domains.IsWithin(host, own));
}

/// <summary>How the antimalware scan ended.</summary>
internal enum AntimalwareStatus { NotConfigured, Unavailable, Clean, Infected }

/// <summary>What the antimalware engine said of the whole message.</summary>
/// <param name="Name">Of the malware found, or the reason why it is unavailable.</param>
internal sealed record AntimalwareResult(AntimalwareStatus Status, string Name = "");
