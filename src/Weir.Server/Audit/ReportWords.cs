using Weir.Detection.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Server.Audit;

/// <summary>What things are called in a report.</summary>
internal static class ReportWords
{
    public static string Short(FindingKind kind) => kind switch
    {
        FindingKind.Answered => "Answered or forwarded",
        FindingKind.InMailbox => "Should not be there",
        FindingKind.Sent => "Sent from here",
        FindingKind.Doubtful => "Weir may be wrong",
        _ => "Clean, in Junk",
    };

    public static string Title(FindingKind kind) => kind switch
    {
        FindingKind.Answered => "Somebody answered",
        FindingKind.InMailbox => "In mailboxes, and should not be",
        FindingKind.Sent => "Bad mail that was sent from here",
        FindingKind.Doubtful => "Weir would have blocked this, and may be wrong",
        _ => "In Junk, and clean for Weir",
    };

    public static string Advice(FindingKind kind) => kind switch
    {
        FindingKind.Answered => "Dangerous mail that a person answered or passed on, to a sender unknown before. Speak with them today: was money moved, a password given, a file opened? Then take the mail out of all mailboxes.",
        FindingKind.InMailbox => "Mail that Weir calls bad, in an inbox or a folder in sight, with nothing that speaks for it. Start with what was read; a click leaves no trace in a mailbox.",
        FindingKind.Sent => "Sent mail that Weir calls bad. Either an account sends in its owner's name, or somebody passed a bad mail on, to the help desk for example. Look at the recipients first.",
        FindingKind.Doubtful => "Its owner answered it, filed or flagged it, or knew the sender. Read these before Weir is allowed to act: each one that is wanted mail is a mail that Weir would have kept from a person.",
        _ => "Filed as junk by a person or another filter. Real mail here was missed by its reader.",
    };

    public static string Of(FolderUse use) => use switch
    {
        FolderUse.Inbox => "Inbox",
        FolderUse.Own => "Own folders",
        FolderUse.Junk => "Junk",
        FolderUse.Deleted => "Deleted",
        FolderUse.Sent => "Sent",
        _ => "Drafts",
    };

    /// <summary>The class that colours it.</summary>
    public static string Class(Verdict verdict) => verdict switch
    {
        Verdict.Malware => "malware",
        Verdict.HighConfidencePhish => "hcphish",
        Verdict.Phish => "phish",
        Verdict.Spam => "spam",
        Verdict.Bulk => "bulk",
        _ => "clean",
    };

    /// <summary>What no audit can know, whatever the mail tells.</summary>
    public static IReadOnlyList<(string What, string Why)> AlwaysUnknown { get; } =
    [
        ("Who had written to whom before", "Live, Weir knows the sender's past with the whole organisation. Here it knows only to whom each mailbox's owner wrote, a year back, from sent mail that was kept."),
        ("Block lists", "They tell of today. A sender that was listed then may be forgiven now, and the other way round, so they are not asked."),
        ("Links and pages", "Links are judged by how they look. Pages that were bad then are gone or changed; none is opened."),
        ("Clicks and opened files", "A mailbox says that mail was read and answered, not what was clicked."),
        ("Mail that is gone", "What people deleted for good, what a filter refused or kept, and what was moved elsewhere is not in a mailbox, so it is in no number here."),
        ("When mail was moved", "The folder is the one of today: whether a person, a rule or a filter put it there is not written down."),
        ("Flags", "Read and answered are what mail programs set. A program that fetches mail, or a shared mailbox, may set them for nobody or for another person."),
    ];
}
