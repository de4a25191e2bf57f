using Microsoft.Extensions.Configuration;
using Weir.Kernel;
using Weir.Server.Hosting;

namespace Weir.Server.Tests.Hosting;

public sealed class ConfigurationKeysTests
{
    private static readonly ConfigurationSectionDescription[] Known = [new("server", typeof(ServerOptions)), new("mailboxes", typeof(Nested))];

    [Theory]
    [InlineData("server:adress", "weir.json: there is no key 'server.adress'; did you mean 'address'?")]
    [InlineData("sever:port", "weir.json: there is no section 'sever'; did you mean 'server'?")]
    [InlineData("mailboxes:connectors:0:hots", "weir.json: there is no key 'mailboxes.connectors.0.hots'; did you mean 'host'?")]
    [InlineData("mailboxes:trusted:0:x", null)]
    [InlineData("mailboxes:trusted-relay", "weir.json: there is no key 'mailboxes.trusted-relay'; did you mean 'trusted-relays'?")]
    [InlineData("SERVER:PORT", null)]
    public void An_unknown_key_is_named_with_the_nearest_right_one(string key, string? problem)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, "1")]).Build();

        Assert.Equal(problem is null ? [] : [problem], ConfigurationKeys.Unknown(configuration, Known));
    }

    private sealed record Nested
    {
        public IReadOnlyList<Connector> Connectors { get; init; } = [];
        public IReadOnlyDictionary<string, string> Trusted { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

        [ConfigurationKeyName("trusted-relays")]
        public string[] Relays { get; init; } = [];
    }

    private sealed record Connector
    {
        public string Host { get; init; } = "";
    }
}
