using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Weir.Mailboxes.Connectors.Imap;

/// <summary>What an exception of the IMAP library means to the person who has to act on it.</summary>
internal static class ImapProblems
{
    /// <summary>Nothing for what is a mistake of ours or the caller's own cancellation: those pass.</summary>
    public static string? Explain(Exception problem, ImapOptions options, CancellationToken asked) => problem switch
    {
        OperationCanceledException when asked.IsCancellationRequested => null,
        OperationCanceledException or TimeoutException => $"{options.Host}:{options.Port} did not finish within {options.TimeoutSeconds} s",
        AuthenticationException or SaslException => $"the server refused the login ({problem.Message}): wrong master user or password, or no such mailbox",
        SslHandshakeException => $"no trusted TLS connection to {options.Host}:{options.Port}; set certificateSha256 if its certificate is self-signed",
        SocketException socket => $"cannot connect to {options.Host}:{options.Port}: {socket.SocketErrorCode}",
        ImapCommandException refused => $"the server refused: {refused.ResponseText}",
        FolderNotFoundException missing => $"the folder {missing.FolderName} does not exist any more",
        ProtocolException or ServiceNotConnectedException or IOException => $"the connection to {options.Host}:{options.Port} broke: {problem.Message}",
        UnauthorizedAccessException => $"the password file cannot be read: {problem.Message}",
        NotSupportedException => $"the server does not offer what is needed: {problem.Message}",
        _ => null,
    };
}
