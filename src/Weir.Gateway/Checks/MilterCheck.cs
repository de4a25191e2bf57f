using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Gateway.Milter;
using Weir.Kernel;

namespace Weir.Gateway.Checks;

/// <summary>The milter answers as a mail server would hear it.</summary>
internal sealed class MilterCheck(IOptions<MilterOptions> options, IEnumerable<IHostedService> services) : ICheck
{
    public string Name => "Milter";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Listen.Length == 0)
        {
            return CheckResult.Off("No milter is configured: no mail server hands mail over", "Set milter.listen, such as inet:127.0.0.1:10025, and the same in smtpd_milters of Postfix (docs/install.md).");
        }

        if (services.OfType<MilterServer>().FirstOrDefault()?.Endpoint is not { } endpoint)
        {
            return CheckResult.Off($"weir is not running, so nothing listens at {options.Value.Listen}", "Start it: weir serve --data DIR.");
        }

        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, endpoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            var writer = PipeWriter.Create(stream);
            MilterFrames.Write(writer, MilterProtocol.Negotiate, Offer());
            await writer.FlushAsync(cancellationToken);
            return await MilterFrames.ReadAsync(PipeReader.Create(stream), cancellationToken) is { Command: MilterProtocol.Negotiate }
                ? CheckResult.Ok($"The milter answers at {options.Value.Listen}")
                : Closed();
        }
        catch (IOException)
        {
            return Closed();
        }
        catch (SocketException refused)
        {
            return CheckResult.Failed($"The milter at {options.Value.Listen} cannot be reached: {refused.Message}", "Look at weir's log and start it again.");
        }
    }

    private IReadOnlyList<CheckResult> Closed() =>
        CheckResult.Failed($"What listens at {options.Value.Listen} closed the connection", "All of milter.connections may be in use: look at weir's log.");

    /// <summary>Version 6 with everything that Postfix offers.</summary>
    private static byte[] Offer()
    {
        var data = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(data, MilterProtocol.Version);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), MilterProtocol.Actions);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(8), MilterProtocol.Wanted);
        return data;
    }
}
