using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MimeKit;

namespace Weir.EndToEnd.Tests.Support;

/// <summary>Looks into a mailbox of the lab with the master user.</summary>
internal static class MailboxOf
{
    /// <summary>The messages of a folder whose subject contains the text.</summary>
    public static async Task<IReadOnlyList<MimeMessage>> FindAsync(Lab lab, string address, string folder, string subject)
    {
        using var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", lab.Imap, MailKit.Security.SecureSocketOptions.None, TestContext.Current.CancellationToken);
        await client.AuthenticateAsync(new SaslMechanismPlain(address + "*" + lab.MasterUser, lab.MasterPassword), TestContext.Current.CancellationToken);
        var found = new List<MimeMessage>();
        try
        {
            var opened = await client.GetFolderAsync(folder, TestContext.Current.CancellationToken);
            await opened.OpenAsync(FolderAccess.ReadOnly, TestContext.Current.CancellationToken);
            foreach (var id in await opened.SearchAsync(SearchQuery.SubjectContains(subject), TestContext.Current.CancellationToken))
            {
                found.Add(await opened.GetMessageAsync(id, TestContext.Current.CancellationToken));
            }
        }
        catch (FolderNotFoundException)
        {
            // No folder, no message.
        }

        await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
        return found;
    }
}
