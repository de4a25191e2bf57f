using System.Collections.Frozen;

namespace Weir.Portal.Help;

/// <summary>Words of the trade that pages use, explained for who meets them first.</summary>
internal static class Glossary
{
    public static IReadOnlyList<GlossaryTerm> All { get; } =
    [
        new("Additional action", "What was done to a message after it was delivered: remediation by a person or by Weir, ZAP, release from quarantine.", "Additional actions"),
        new("ARC", "Authenticated Received Chain: a mailing list or forwarder signs what it found before it changed the message, so that a broken signature can be explained. It counts only for sealers that you trust."),
        new("BCL", "Bulk complaint level, 0 to 9: how likely readers complain about this mail to many. From 7 on it is treated as bulk.", "Bulk complaint level", "Bulk complaint level (BCL)"),
        new("Because", "The smallest set of signals from which the verdict follows."),
        new("Campaign ID", "The name of a campaign: bad messages that share what chance does not explain, such as a text, a page or a file. It stays while the campaign grows; of two that turn out to be one, the older id stays.", "Campaign"),
        new("Clean", "The verdict on a message in which no threat was found; its threat type is No threat."),
        new("Cluster ID", "A fingerprint of the text of a message. Mail with the same fingerprint says nearly the same; Similar emails finds it.", "Cluster"),
        new("Composite authentication", "SPF, DKIM, DMARC and what else speaks for the sender, put together into one answer: whether it is who it says it is.", "CompAuth", "Composite"),
        new("Delivery action", "What happened on arrival: delivered, delivered to junk, blocked, or replaced."),
        new("Detection technology", "Which kind of check found a threat, such as Impersonation domain or Antimalware protection."),
        new("Directionality", "Inbound: from outside. Outbound: to outside. Intra-org: from one of ours to one of ours."),
        new("DKIM", "DomainKeys Identified Mail: a signature by the sending domain over the message. Pass: it is unchanged and the domain vouches for it."),
        new("DMARC", "Tells whether SPF or DKIM vouch for the domain that the reader sees, and what that domain's owner wants done with mail that fails."),
        new("Door", "The way a message came into Weir: through the milter, as a journal copy, by import, or out of the sample."),
        new("Internet message ID", "The Message-ID that the sender's program wrote into the message. Senders can repeat or forge it."),
        new("KQL", "Kusto Query Language, in which hunting asks: a table, then steps behind bars, such as EmailEvents | where … | take 10."),
        new("Latest delivery location", "Where the message is now, as far as Weir did or saw it. What people move themselves is not seen."),
        new("MAIL FROM", "The sender's address that the mail servers told each other; bounces go there. It may differ from the From that the reader sees.", "Sender mail from address", "Sender mail from domain", "MAIL FROM domain"),
        new("Network message ID", "Weir's own name for a message, the same for all its recipients. In hunting it is NetworkMessageId and joins all tables.", "NetworkMessageId"),
        new("Original delivery location", "Where the message went first.", "Original location"),
        new("Override", "Something that went before the verdict: an entry of the allow/block list, a SecOps mailbox, a simulation, a blocked file type. The primary one decided; the others were there too.", "Primary override : source", "System overrides", "System overrides source", "Override source", "Primary override", "All overrides"),
        new("Phish confidence level", "High when the signals leave little doubt; no policy just delivers such mail."),
        new("Policy", "What is done with mail of one kind for some recipients. Of each type a recipient gets the first policy that applies.", "Policy name", "Policy type", "Policy action"),
        new("Policy action not done", "What the policy would have done, had it not been for the mode Watch only, or because the mail was delivered already.", "Not done because"),
        new("Priority account", "A person whose mail is worth special attention; the tag comes from the directory.", "Priority account protection"),
        new("Quarantine", "Mail that Weir keeps back from its recipients. It can be released or deleted through Take action."),
        new("Return-Path", "The address for bounces as written into the delivered message, usually MAIL FROM.", "Return path"),
        new("SCL", "Spam confidence level: −1 not looked at, 0 and 1 no spam, 5 and 6 spam, 9 surely spam. In hunting it stands under Spam in ConfidenceLevel."),
        new("SecOps mailbox", "An address that gets everything as it came, malware too, for the people who look at reported mail."),
        new("Signal", "One thing that a detector saw, with its evidence and its weight.", "Signals"),
        new("Soft delete", "Moves a message out of the person's sight into a folder from which it can be brought back. Hard delete cannot be undone.", "Soft deleted items"),
        new("SPF", "Sender Policy Framework: does the domain of MAIL FROM permit this server to send for it?"),
        new("Threat classification", "What an attack is after, such as Invoice fraud, Gift cards or Payroll fraud."),
        new("Threat type", "Malware, phish or spam: what a message was judged to be.", "Threats", "Latest threats", "Original threats"),
        new("Watch only", "The mode in which Weir judges and records what it would do, and touches nothing; the first of a new installation."),
        new("Weight", "How much a signal speaks for a threat, in natural log-odds; negative weights speak for a good message."),
        new("Would change it", "The smallest set of signals without which the verdict would be another."),
        new("ZAP", "Zero-hour auto purge: mail that is found bad after delivery is moved away by itself."),
    ];

    private static readonly FrozenDictionary<string, GlossaryTerm> ByName =
        All.SelectMany(term => term.OtherNames.Append(term.Name).Select(name => (Name: name, Term: term)))
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Term, StringComparer.OrdinalIgnoreCase);

    /// <summary>What a name means; nothing when it explains itself.</summary>
    public static string? Of(string name) => ByName.GetValueOrDefault(name)?.Meaning;
}

/// <summary>A term and what it means.</summary>
internal sealed record GlossaryTerm(string Name, string Meaning, params string[] OtherNames)
{
    /// <summary>Its place on the page.</summary>
    public string Anchor => string.Concat(Name.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));
}
