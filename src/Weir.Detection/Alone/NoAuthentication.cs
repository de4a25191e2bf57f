using Weir.Mail.Contracts;

namespace Weir.Detection.Alone;

/// <summary>Looks nothing up: for reading files where no network may be touched.</summary>
internal sealed class NoAuthentication : IMailAuthenticator
{
    private static readonly AuthenticationResults NotLookedUp = new()
    {
        SpfReason = "not looked up",
        DmarcReason = "not looked up",
        CompositeReason = "not looked up",
    };

    public ValueTask<AuthenticationResults> AuthenticateAsync(ReadOnlyMemory<byte> raw, ParsedMessage message, Envelope envelope, CancellationToken cancellationToken) => new(NotLookedUp);
}
