using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Gateway.Listening;

namespace Weir.Gateway.Milter;

/// <summary>Listens for the mail server's milter connections.</summary>
internal sealed class MilterServer(IMilterIntake intake, IOptions<MilterOptions> options, TimeProvider time, ILogger<MilterServer> logger) : BackgroundService
{
    private readonly MilterOptions _options = options.Value;
    private readonly MemoryBudget _budget = new(options.Value.MemoryBytes);
    private readonly Listener _listener = new("milter.listen", options.Value.Listen, options.Value.Connections, time, logger);

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

    private async Task ServeAsync(Socket connection, CancellationToken cancellationToken)
    {
        await using var stream = new PromptStream(connection);
        using var session = new MilterSession(intake, _options, _budget, time, logger);
        await session.ServeAsync(PipeReader.Create(stream), PipeWriter.Create(stream), cancellationToken);
    }
}
