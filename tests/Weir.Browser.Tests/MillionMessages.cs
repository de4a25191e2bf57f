using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>One portal with a million messages for all tests of a class.</summary>
public sealed class MillionMessages : IAsyncLifetime
{
    internal PortalHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync(1_000_000);

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
