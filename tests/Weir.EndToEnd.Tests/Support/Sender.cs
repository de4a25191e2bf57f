using System.Diagnostics;
using System.Globalization;
using MailKit.Net.Smtp;
using MimeKit;

namespace Weir.EndToEnd.Tests.Support;

/// <summary>Sends mail as strangers do.</summary>
internal static class Sender
{
    /// <summary>The server's answer to the whole message, such as <c>250 2.0.0 Ok: queued as …</c>, whether good or bad.</summary>
    public static async Task<string> SendAsync(int port, MimeMessage message, string from, params string[] recipients)
    {
        using var client = new RefusalsAreFine();
        await client.ConnectAsync("127.0.0.1", port, MailKit.Security.SecureSocketOptions.None, TestContext.Current.CancellationToken);
        try
        {
            var reply = await client.SendAsync(message, new MailboxAddress("", from), recipients.Select(address => new MailboxAddress("", address)), TestContext.Current.CancellationToken);
            return "250 " + reply;
        }
        catch (SmtpCommandException refused)
        {
            return $"{(int)refused.StatusCode} {refused.Message}";
        }
        finally
        {
            await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
        }
    }

    public static MimeMessage Mail(string subject, string body = "Hello there.", string id = "") => new()
    {
        Subject = subject,
        MessageId = id.Length > 0 ? id : MimeKit.Utils.MimeUtils.GenerateMessageId("good.example"),
        From = { new MailboxAddress("A Stranger", "stranger@good.example") },
        To = { new MailboxAddress("Anna", "anna@corp.example") },
        Body = new TextPart("plain") { Text = body },
    };

    /// <summary>Runs swaks and returns what it printed, the conversation.</summary>
    public static async Task<string> SwaksAsync(int port, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("swaks", ["--server", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("swaks cannot be run.");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await errors;
    }

    /// <summary>A refused recipient does not end the transaction.</summary>
    private sealed class RefusalsAreFine : SmtpClient
    {
        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
        }
    }
}
