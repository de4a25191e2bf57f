using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;

namespace Weir.Portal.Actions;

/// <summary>Places and states in the words of pages.</summary>
internal static class PlaceWords
{
    /// <summary>What the wizard offers, mild to final.</summary>
    public static IReadOnlyList<(MailboxPlace Place, string Name, string Hint)> Choices { get; } =
    [
        (MailboxPlace.Junk, "Junk", "The person can still see it."),
        (MailboxPlace.Inbox, "Inbox", "Gives a message back, also out of quarantine."),
        (MailboxPlace.DeletedItems, "Deleted items", "The person can still get it back."),
        (MailboxPlace.SoftDeleted, "Soft deleted items", "Out of the person's sight; you can undo it."),
        (MailboxPlace.HardDeleted, "Hard deleted items", "Removed for good. This cannot be undone."),
    ];

    public static string Of(MailboxPlace place) => place switch
    {
        MailboxPlace.OtherFolder => "By policy",
        _ => Choices.First(choice => choice.Place == place).Name,
    };

    /// <summary>What is done, for the name of an action.</summary>
    public static string Verb(MailboxPlace place) => place switch
    {
        MailboxPlace.Junk => "Move to junk",
        MailboxPlace.Inbox => "Move to inbox",
        MailboxPlace.DeletedItems => "Move to deleted items",
        MailboxPlace.SoftDeleted => "Soft delete",
        MailboxPlace.HardDeleted => "Hard delete",
        _ => Of(place),
    };

    /// <summary>The state of an action; one that was undone says so.</summary>
    public static string Pill(Remediation action) => action.UndoneBy is not null ? "info|Undone" : Pill(action.Status, action.Failed);

    private static string Pill(RemediationStatus status, int failed) => status switch
    {
        RemediationStatus.Started => "running|Started",
        RemediationStatus.Queued => "running|Queued",
        RemediationStatus.InProgress => "running|In progress",
        RemediationStatus.Pending => "medium|Pending",
        RemediationStatus.Rejected => "none|Rejected",
        RemediationStatus.Completed => failed > 0 ? "medium|Completed with failures" : "clean|Completed",
        _ => "high|Failed",
    };

    public static bool IsRunning(RemediationStatus status) => status is RemediationStatus.Started or RemediationStatus.Queued or RemediationStatus.InProgress;

    private const string FailurePrefix = "Failure: ";
    private const string WaitingPrefix = "Waiting: ";

    public static string ResultPill(string? result) => result switch
    {
        null => "running|Waiting",
        "Rejected" => "none|Rejected",
        "Judged again" => "none|Judged again",
        var waits when waits.StartsWith(WaitingPrefix, StringComparison.Ordinal) => "running|Waiting",
        "Success" => "clean|Success",
        "Already in destination" => "info|Already in destination",
        "Not found" => "low|Not found",
        _ => "high|Failure",
    };

    /// <summary>Why it failed or waits for another try; nothing when it did neither.</summary>
    public static string? WhyFailed(string? result) =>
        result?.StartsWith(FailurePrefix, StringComparison.Ordinal) == true ? result[FailurePrefix.Length..]
        : result?.StartsWith(WaitingPrefix, StringComparison.Ordinal) == true ? $"{result[WaitingPrefix.Length..]}; it is tried again"
        : null;
}
