namespace Weir.Gateway.Import;

/// <summary>A message found by an import, or a thing that is none.</summary>
internal abstract record FoundItem(string Source);

/// <summary>A message.</summary>
/// <param name="Source">The path; for a message of an mbox with its number, <c>path#3</c>.</param>
/// <param name="Folder">The folder of the mailbox, <c>INBOX</c> for its root; empty when the source is no mailbox.</param>
/// <param name="Owner">The address that the folders' names give; empty when they give none.</param>
/// <param name="WrittenAt">What the file system or the mbox separator says.</param>
internal sealed record FoundMessage(string Source, ReadOnlyMemory<byte> Raw, string Folder, string Owner, string EnvelopeSender, DateTimeOffset WrittenAt) : FoundItem(Source);

/// <summary>Something that is not imported.</summary>
/// <param name="Reason">For people, the same text for the same cause: it is counted.</param>
internal sealed record SkippedItem(string Source, string Reason) : FoundItem(Source);

/// <summary>Why something was not imported.</summary>
internal static class SkipReasons
{
    public const string NotFound = "does not exist";
    public const string NotMail = "not a mail file";
    public const string Empty = "empty";
    public const string TooLarge = "larger than 64 MiB";
    public const string Unreadable = "cannot be read";
    public const string BrokenLink = "a link that leads nowhere";
    public const string SeenFolder = "a folder that was reached before (link)";
    public const string Draft = "a draft, never sent";
    public const string NoRecipient = "no recipient can be told";
    public const string NoHeaders = "no header fields";
}
