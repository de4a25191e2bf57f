using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Gateway.Listening;

namespace Weir.Gateway.Journal;

/// <summary>Listens for copies of mail.</summary>
internal sealed class JournalServer(IJournalIntake intake, IOptions<JournalOptions> options, TimeProvider time, ILogger<JournalServer> logger) : BackgroundService
{
    private readonly JournalOptions _options = options.Value;
    private readonly MemoryBudget _budget = new(options.Value.MemoryBytes);
    private readonly ClientNetworks _clients = ClientsOf(options.Value);
    private readonly Listener _listener = new("journal.listen", options.Value.Listen, options.Value.Connections, time, logger);

    /// <summary>Where it listens; nothing before it started or when it is off.</summary>
    public EndPoint? Endpoint => _listener.Endpoint;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Open();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _listener.RunAsync(ServeAsync, stoppingToken);

    private static ClientNetworks ClientsOf(JournalOptions options)
    {
        try
        {
            return new ClientNetworks(options.Clients);
        }
        catch (FormatException wrong)
        {
            throw new OptionsValidationException("journal", typeof(JournalOptions), [wrong.Message]);
        }
    }

    private async Task ServeAsync(Socket connection, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(connection, ownsSocket: false);
        if (!_clients.Contains(_listener.Endpoint is UnixDomainSocketEndPoint local ? local : connection.RemoteEndPoint))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(SmtpReplies.Stranger + "\r\n"), cancellationToken);
            return;
        }

        using var session = new SmtpSession(intake, _options, _budget, time, logger);
        await session.ServeAsync(PipeReader.Create(stream), PipeWriter.Create(stream), cancellationToken);
    }
}
