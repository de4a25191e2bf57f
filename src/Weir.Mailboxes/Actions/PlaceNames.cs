using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Actions;

/// <summary>How reasons name a place to people.</summary>
internal static class PlaceNames
{
    public static string Of(FoundMessage found) => found.Place switch
    {
        MailboxPlace.Inbox => "the inbox",
        MailboxPlace.Junk => "junk",
        MailboxPlace.DeletedItems => "deleted items",
        MailboxPlace.SoftDeleted => "the recoverable items",
        _ => $"the folder {found.Folder}",
    };
}
