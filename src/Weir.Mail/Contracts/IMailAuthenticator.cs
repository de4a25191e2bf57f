namespace Weir.Mail.Contracts;

/// <summary>Finds SPF, DKIM, DMARC and their composite.</summary>
public interface IMailAuthenticator
{
    /// <param name="raw">The message as received; signatures are over these bytes.</param>
    /// <param name="message">The same message, parsed.</param>
    ValueTask<AuthenticationResults> AuthenticateAsync(ReadOnlyMemory<byte> raw, ParsedMessage message, Envelope envelope, CancellationToken cancellationToken);
}
