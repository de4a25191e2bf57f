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
    /// <summary>How long to wait after a connection could not be accepted.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(200);

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
            var endpoint = EndpointOf(_options.Listen);
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
                if (await AcceptAsync(_listener, stoppingToken) is not { } connection)
                {
                    continue;
                }

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

    private static EndPoint EndpointOf(string listen)
    {
        try
        {
            return MilterAddress.Parse(listen);
        }
        catch (FormatException wrong)
        {
            throw new OptionsValidationException("milter", typeof(MilterOptions), [wrong.Message]);
        }
    }

    /// <summary>The next connection, or nothing when there was none to have: no descriptor is left, or the client was gone already. The door stays open.</summary>
    private async Task<Socket?> AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        try
        {
            return await listener.AcceptAsync(cancellationToken);
        }
        catch (SocketException none)
        {
            NotAccepted(none.Message);
            await Task.Delay(AfterFailure, time, cancellationToken);
            return null;
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

    [LoggerMessage(7013, LogLevel.Error, "A milter connection could not be accepted: {Reason}")]
    private partial void NotAccepted(string reason);

    [LoggerMessage(7012, LogLevel.Information, "A milter connection broke: {Reason}")]
    private partial void Broken(string reason);
}
