using Weir.Portal.Tests.Support;

[assembly: AssemblyFixture(typeof(Weir.Browser.Tests.MillionMessages))]

namespace Weir.Browser.Tests;

/// <summary>One portal with a million messages for all tests that change nothing in it.</summary>
public sealed class MillionMessages : IAsyncLifetime
{
    internal PortalHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync(1_000_000);

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
