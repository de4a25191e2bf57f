using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weir.Gateway.Milter;

/// <summary>Listens for the mail server's milter connections.</summary>
internal sealed partial class MilterServer(IMilterIntake intake, IOptions<MilterOptions> options, TimeProvider time, ILogger<MilterServer> logger) : BackgroundService
{
    private readonly MilterOptions _options = options.Value;
    private readonly MemoryBudget _budget = new(options.Value.MemoryBytes);
    private Socket? _listener;
    private int _connections;

    /// <summary>Where it listens; nothing before it started or when it is off.</summary>
    public EndPoint? Endpoint => _listener?.LocalEndPoint;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Listen.Length > 0)
        {
            // A start that cannot listen must fail here, not in the background.
            var endpoint = MilterAddress.Parse(_options.Listen);
            if (endpoint is UnixDomainSocketEndPoint)
            {
                File.Delete(_options.Listen["unix:".Length..]);
            }

            _listener = new Socket(endpoint.AddressFamily, SocketType.Stream, endpoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
            _listener.Bind(endpoint);
            _listener.Listen(512);
            Listening(_options.Listen);
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_listener is null)
        {
            return;
        }

        var sessions = new HashSet<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync(stoppingToken);
                sessions.RemoveWhere(session => session.IsCompleted);
                if (Volatile.Read(ref _connections) >= _options.Connections)
                {
                    TooMany(_options.Connections);
                    connection.Dispose();
                    continue;
                }

                Interlocked.Increment(ref _connections);
                sessions.Add(ServeAsync(connection, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _listener.Dispose();
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(Socket connection, CancellationToken cancellationToken)
    {
        // The accept loop must not wait for the first packet.
        await Task.Yield();
        try
        {
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            using var session = new MilterSession(intake, _options, _budget, time, logger);
            await session.ServeAsync(PipeReader.Create(stream), PipeWriter.Create(stream), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the mail server sees the connection end and answers its client 451.
        }
        catch (IOException broken)
        {
            Broken(broken.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    [LoggerMessage(7010, LogLevel.Information, "The milter listens at {Address}.")]
    private partial void Listening(string address);

    [LoggerMessage(7011, LogLevel.Warning, "More than {Connections} milter connections; a further one was closed.")]
    private partial void TooMany(int connections);

    [LoggerMessage(7012, LogLevel.Information, "A milter connection broke: {Reason}")]
    private partial void Broken(string reason);
}
