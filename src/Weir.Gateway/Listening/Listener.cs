using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weir.Gateway.Listening;

/// <summary>Accepts connections, so many at one time, and serves each until it ends or Weir stops.</summary>
internal sealed partial class Listener(string key, string address, int connections, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>How long to wait after a connection could not be accepted.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(200);

    private Socket? _socket;
    private int _open;

    /// <summary>Where it listens; nothing before it was opened or when no address is given.</summary>
    public EndPoint? Endpoint => _socket?.LocalEndPoint;

    /// <summary>Begins to listen; does nothing when no address is given. Part of the start, so that one that cannot listen fails.</summary>
    /// <exception cref="OptionsValidationException">The address cannot be read or not be listened to.</exception>
    public void Open()
    {
        if (address.Length == 0)
        {
            return;
        }

        var endpoint = EndpointOf(address);
        try
        {
            _socket = endpoint is UnixDomainSocketEndPoint unix ? BindToFile(unix, address["unix:".Length..]) : BindToPort(endpoint);
            _socket.Listen(512);
        }
        catch (Exception refused) when (refused is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(key, typeof(string), [$"{key} is '{address}', and that cannot be listened to: {refused.Message.TrimEnd('.')}. Stop what listens there, or choose another address."]);
        }

        Listening(key, address);
    }

    /// <summary>Serves until stopped; then takes no more connections and waits for those that are open.</summary>
    public async Task RunAsync(Func<Socket, CancellationToken, Task> serve, CancellationToken stopping)
    {
        if (_socket is null)
        {
            return;
        }

        var sessions = new HashSet<Task>();
        try
        {
            while (true)
            {
                if (await AcceptAsync(_socket, stopping) is not { } connection)
                {
                    continue;
                }

                sessions.RemoveWhere(session => session.IsCompleted);
                if (Volatile.Read(ref _open) >= connections)
                {
                    TooMany(connections, key);
                    connection.Dispose();
                    continue;
                }

                Interlocked.Increment(ref _open);
                sessions.Add(ServeAsync(connection, serve, stopping));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _socket.Dispose();
            await Task.WhenAll(sessions);
        }
    }

    public void Dispose() => _socket?.Dispose();

    private static Socket BindToPort(EndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endpoint);
        return socket;
    }

    /// <summary>Takes the place of a socket that a killed process left; never that of a file or of somebody who listens. The group may write: that is the mail server's.</summary>
    private Socket BindToFile(UnixDomainSocketEndPoint endpoint, string path)
    {
        if (File.Exists(path) && (new FileInfo(path).Length > 0 || IsListenedTo(endpoint)))
        {
            throw new OptionsValidationException(key, typeof(string), [$"{key} is '{address}': there is a file at that path that is no socket, or another process listens there. Choose another path."]);
        }

        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(endpoint);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        return socket;
    }

    private static bool IsListenedTo(UnixDomainSocketEndPoint endpoint)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endpoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private EndPoint EndpointOf(string text)
    {
        try
        {
            return ListenAddress.Parse(text, key);
        }
        catch (FormatException wrong)
        {
            throw new OptionsValidationException(key, typeof(string), [wrong.Message]);
        }
    }

    /// <summary>The next connection, or nothing when there was none to have: no descriptor is left, or the client was gone already. The door stays open.</summary>
    private async Task<Socket?> AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await listener.AcceptAsync(cancellationToken);
            if (connection.ProtocolType == ProtocolType.Tcp)
            {
                // Answers are small and waited for: none may be held back until the one before is acknowledged (40 ms each).
                connection.NoDelay = true;
            }

            return connection;
        }
        catch (SocketException none)
        {
            NotAccepted(key, none.Message);
            await Task.Delay(AfterFailure, time, cancellationToken);
            return null;
        }
    }

    private async Task ServeAsync(Socket connection, Func<Socket, CancellationToken, Task> serve, CancellationToken stopping)
    {
        // The accept loop must not wait for the first packet.
        await Task.Yield();
        try
        {
            await serve(connection, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: the mail server sees the connection end and tries again later.
        }
        catch (IOException broken)
        {
            Broken(key, broken.Message);
        }
        finally
        {
            connection.Dispose();
            Interlocked.Decrement(ref _open);
        }
    }

    [LoggerMessage(7010, LogLevel.Information, "{Key}: listening at {Address}.")]
    private partial void Listening(string key, string address);

    [LoggerMessage(7011, LogLevel.Warning, "More than {Connections} connections to {Key}; a further one was closed.")]
    private partial void TooMany(int connections, string key);

    [LoggerMessage(7013, LogLevel.Warning, "A connection to {Key} could not be accepted: {Reason}")]
    private partial void NotAccepted(string key, string reason);

    [LoggerMessage(7012, LogLevel.Information, "A connection to {Key} broke: {Reason}")]
    private partial void Broken(string key, string reason);
}
