using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weir.Gateway.Checks;
using Weir.Gateway.Milter;
using Weir.Gateway.Tests.Support;
using Weir.Kernel;

namespace Weir.Gateway.Tests.Checks;

public sealed class MilterCheckTests
{
    [Theory]
    [InlineData("", false, CheckState.Off, "inet:127.0.0.1:10025")]
    [InlineData("inet:127.0.0.1:0", false, CheckState.Off, "weir serve")]
    [InlineData("inet:127.0.0.1:0", true, CheckState.Ok, "")]
    public async Task It_says_whether_mail_is_taken_and_what_to_do(string listen, bool runs, CheckState state, string advice)
    {
        using var server = Server(new MilterOptions { Listen = listen });
        if (runs)
        {
            await server.StartAsync(TestContext.Current.CancellationToken);
        }

        var result = await LookAsync(server, listen);

        Assert.Equal(state, result.State);
        Assert.Contains(advice, result.Advice, StringComparison.Ordinal);
        await server.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task When_every_connection_is_taken_it_says_so()
    {
        using var server = Server(new MilterOptions { Listen = "inet:127.0.0.1:0", Connections = 1 });
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var other = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await other.ConnectAsync(server.Endpoint!, TestContext.Current.CancellationToken);

        var result = await LookAsync(server, "inet:127.0.0.1:0");

        Assert.Equal(CheckState.Failed, result.State);
        Assert.Contains("milter.connections", result.Advice, StringComparison.Ordinal);
        await server.StopAsync(CancellationToken.None);
    }

    private static MilterServer Server(MilterOptions options) => new(new MilterBox(_ => throw new NotSupportedException()), Options.Create(options), TimeProvider.System, NullLogger<MilterServer>.Instance);

    private static async Task<CheckResult> LookAsync(MilterServer server, string listen) =>
        Assert.Single(await new MilterCheck(Options.Create(new MilterOptions { Listen = listen }), [server]).RunAsync(TestContext.Current.CancellationToken));
}
