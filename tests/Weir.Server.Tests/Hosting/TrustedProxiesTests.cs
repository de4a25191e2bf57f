using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weir.Server.Hosting;

namespace Weir.Server.Tests.Hosting;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", "https", "203.0.113.9")]
    [InlineData("::1", "203.0.113.9", "https", "203.0.113.9")]
    [InlineData("192.0.2.7", "203.0.113.9", "https", "203.0.113.9")]
    [InlineData("198.51.100.200", "203.0.113.9", "https", "203.0.113.9")]
    [InlineData("192.0.2.8", "203.0.113.9", "http", "192.0.2.8")]
    public async Task The_client_and_its_TLS_are_believed_from_named_proxies_and_this_machine_only(string peer, string said, string scheme, string client)
    {
        var seen = await SeenAsync(peer, said, "https");

        Assert.Equal((scheme, client), (seen.Request.Scheme, seen.Connection.RemoteIpAddress?.ToString()));
    }

    [Fact]
    public async Task What_a_stranger_wrote_before_the_proxy_did_is_not_believed()
    {
        var seen = await SeenAsync("127.0.0.1", "10.0.0.1, 203.0.113.9", "http, https");

        Assert.Equal("203.0.113.9", seen.Connection.RemoteIpAddress?.ToString());
    }

    [Fact]
    public void What_is_no_address_is_named()
    {
        var wrong = Assert.Throws<ConfigurationException>(() => TrustedProxies.Read(["proxy.example"]));

        Assert.Contains("server.trustedProxies has 'proxy.example'", wrong.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpContext> SeenAsync(string peer, string forwardedFor, string forwardedProto)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Scheme = "http";
        context.Request.Headers["X-Forwarded-For"] = forwardedFor;
        context.Request.Headers["X-Forwarded-Proto"] = forwardedProto;
        await new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options.Create(TrustedProxies.Read(["192.0.2.7", "198.51.100.0/24"]))).Invoke(context);
        return context;
    }
}
