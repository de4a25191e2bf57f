using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Gateway.Journal;
using Weir.Kernel;

namespace Weir.Gateway.Checks;

/// <summary>The journal answers as a mail server would hear it.</summary>
internal sealed class JournalCheck(IOptions<JournalOptions> options, IEnumerable<IHostedService> services) : ICheck
{
    public string Name => "Journal";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Listen.Length == 0)
        {
            return CheckResult.Off("No journal is configured: copies of mail are not taken in", "It is needed only beside mail servers without the milter: set journal.listen, such as inet:127.0.0.1:10026.");
        }

        if (services.OfType<JournalServer>().FirstOrDefault()?.Endpoint is not { } endpoint)
        {
            return CheckResult.Off($"weir is not running, so nothing listens at {options.Value.Listen}", "Start it: weir serve --data DIR.");
        }

        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, endpoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(cancellationToken) switch
            {
                { } greeting when greeting.StartsWith("220", StringComparison.Ordinal) => CheckResult.Ok($"The journal answers at {options.Value.Listen}"),
                { Length: > 0 } refusal => CheckResult.Failed($"The journal at {options.Value.Listen} says: {refusal}", "Add this machine's address to journal.clients."),
                _ => Closed(),
            };
        }
        catch (IOException)
        {
            return Closed();
        }
        catch (SocketException refused)
        {
            return CheckResult.Failed($"The journal at {options.Value.Listen} cannot be reached: {refused.Message}", "Look at weir's log and start it again.");
        }
    }

    private IReadOnlyList<CheckResult> Closed() =>
        CheckResult.Failed($"What listens at {options.Value.Listen} closed the connection", "All of journal.connections may be in use: look at weir's log.");
}
