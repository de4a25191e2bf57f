using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;
using Weir.EndToEnd.Tests.Support;
using Weir.Kernel;

namespace Weir.EndToEnd.Tests.Audit;

/// <summary><c>weir audit</c> over the real Dovecot of the lab.</summary>
public sealed class AuditTests(Lab lab) : IDisposable
{
    private readonly string _folder = TestRun.NewFolder("audit");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Mailboxes_of_a_real_Dovecot_are_audited_by_the_master_user_and_stay_as_they_are()
    {
        await lab.RequireAsync();
        var mark = NetworkMessageId.New(TimeProvider.System.GetUtcNow()).ToString();
        await DeliverAsync("anna@corp.example", $"Your account has been limited {mark}");
        var before = await StateAsync("anna@corp.example");
        var (password, list) = (Path.Combine(_folder, "password"), Path.Combine(_folder, "mailboxes"));
        await File.WriteAllTextAsync(password, lab.MasterPassword + "\n", Token);
        await File.WriteAllTextAsync(list, "# from doveadm user '*'\nanna@corp.example\nnobody-here@corp.example\n", Token);

        var ended = await WeirProgram.RunAsync("audit", $"imap://{lab.MasterUser}@127.0.0.1:{lab.Imap}", "--plain", "--mailboxes", list, "--password-file", password, "--out", Path.Combine(_folder, "out"));

        Assert.True(ended.Code == 0, ended.Errors + ended.Output);
        Assert.Equal(before, await StateAsync("anna@corp.example"));
        var page = await File.ReadAllTextAsync(Path.Combine(_folder, "out", "report.html"), Token);
        Assert.Contains(mark, page, StringComparison.Ordinal);
        Assert.Contains("not read", page, StringComparison.Ordinal);
        // The mailbox that is not there is named; it does not stop the others.
        Assert.Contains("nobody-here@corp.example", page, StringComparison.Ordinal);
        Assert.Contains("refused the login", ended.Errors, StringComparison.Ordinal);
    }

    private async Task DeliverAsync(string mailbox, string subject)
    {
        using var client = await SignInAsync(mailbox);
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("PayPal Service", "billing@elsewhere.example"));
        message.To.Add(MailboxAddress.Parse(mailbox));
        message.Subject = subject;
        message.Body = new TextPart("plain") { Text = "Dear customer, please verify your account within 24 hours: http://198.51.100.4/login/" };
        await client.Inbox!.AppendAsync(message, MessageFlags.None, Token);
    }

    private async Task<string> StateAsync(string mailbox)
    {
        using var client = await SignInAsync(mailbox);
        await client.Inbox!.StatusAsync(StatusItems.Recent | StatusItems.Unread | StatusItems.HighestModSeq, Token);
        return $"{client.Inbox.Recent} {client.Inbox.Unread} {client.Inbox.HighestModSeq}";
    }

    private async Task<ImapClient> SignInAsync(string mailbox)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", lab.Imap, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync(new SaslMechanismPlain(mailbox + "*" + lab.MasterUser, lab.MasterPassword), Token);
        return client;
    }
}
