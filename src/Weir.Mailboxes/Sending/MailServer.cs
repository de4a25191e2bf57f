using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Sending;

/// <summary>The mail server that <c>weir.json</c> names.</summary>
internal sealed class MailServer(IOptions<SendingOptions> options, TimeProvider time) : IHandOver
{
    private const int LongestReply = 300;

    public bool IsConfigured => options.Value.Host.Length > 0;

    public string From => options.Value.From;

    public string PortalUrl => options.Value.PortalUrl.TrimEnd('/');

    public async ValueTask<HandedOver> HandOverAsync(Caller caller, MailToSend mail, CancellationToken cancellationToken)
    {
        if (!caller.Has(Permission.QuarantineManage))
        {
            caller.Require(Permission.ResponseManage);
        }

        if (!IsConfigured)
        {
            return new HandedOver(HandOverOutcome.NotNow, "no mail server is configured (\"sending\" in weir.json)");
        }

        var isAllTold = false;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds * 4), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var conversation = new SmtpConversation(options.Value);
            var reply = await conversation.OpenAsync(either.Token) ?? await conversation.SendAsync(mail.Raw, mail.MailFrom, mail.Recipient, () => isAllTold = true, either.Token);
            var answer = new HandedOver(reply.IsGood ? HandOverOutcome.Taken : reply.Code >= 500 ? HandOverOutcome.Refused : HandOverOutcome.NotNow, Short(reply.ToString()));
            await SayGoodbyeAsync(conversation, either.Token);
            return answer;
        }
        catch (Exception trouble) when (trouble is IOException or SocketException or AuthenticationException or OperationCanceledException or UnauthorizedAccessException && !cancellationToken.IsCancellationRequested)
        {
            var why = trouble is OperationCanceledException ? "it does not answer in time" : trouble.Message;
            return new HandedOver(isAllTold ? HandOverOutcome.Unknown : HandOverOutcome.NotNow, Short($"the mail server {options.Value.Host}:{options.Value.Port} cannot be used: {why}"));
        }
    }

    /// <summary>The answer stands, whatever becomes of the connection.</summary>
    private static async Task SayGoodbyeAsync(SmtpConversation conversation, CancellationToken cancellationToken)
    {
        try
        {
            await conversation.CloseAsync(cancellationToken);
        }
        catch (IOException)
        {
            // Gone already.
        }
    }

    private static string Short(string text) => text.Length <= LongestReply ? text : text[..LongestReply];
}
