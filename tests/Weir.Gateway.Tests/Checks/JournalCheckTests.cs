using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weir.Gateway.Checks;
using Weir.Gateway.Journal;
using Weir.Gateway.Tests.Support;
using Weir.Kernel;

namespace Weir.Gateway.Tests.Checks;

public sealed class JournalCheckTests
{
    [Theory]
    [InlineData("", "127.0.0.1", false, CheckState.Off, "journal.listen")]
    [InlineData("inet:127.0.0.1:0", "127.0.0.1", false, CheckState.Off, "weir serve")]
    [InlineData("inet:127.0.0.1:0", "127.0.0.1", true, CheckState.Ok, "")]
    [InlineData("inet:127.0.0.1:0", "192.0.2.1", true, CheckState.Failed, "journal.clients")]
    public async Task It_says_whether_copies_are_taken_and_what_to_do(string listen, string client, bool runs, CheckState state, string advice)
    {
        var options = Options.Create(new JournalOptions { Listen = listen, Clients = [client] });
        using var server = new JournalServer(new JournalBox(), options, TimeProvider.System, NullLogger<JournalServer>.Instance);
        if (runs)
        {
            await server.StartAsync(TestContext.Current.CancellationToken);
        }

        var result = Assert.Single(await new JournalCheck(options, [server]).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(state, result.State);
        Assert.Contains(advice, result.Advice, StringComparison.Ordinal);
        await server.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task When_every_connection_is_taken_it_says_so()
    {
        var options = Options.Create(new JournalOptions { Listen = "inet:127.0.0.1:0", Connections = 1 });
        using var server = new JournalServer(new JournalBox(), options, TimeProvider.System, NullLogger<JournalServer>.Instance);
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var other = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await other.ConnectAsync(server.Endpoint!, TestContext.Current.CancellationToken);

        var result = Assert.Single(await new JournalCheck(options, [server]).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(CheckState.Failed, result.State);
        Assert.Contains("journal.connections", result.Advice, StringComparison.Ordinal);
        await server.StopAsync(CancellationToken.None);
    }
}
