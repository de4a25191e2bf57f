using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>weir.sock</c> in the data directory: how commands speak to the server that holds it. HTTP; mode 0600.</summary>
internal static class LocalSocket
{
    // sun_path holds 108 bytes with its closing NUL.
    private const int LongestPath = 107;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string PathIn(DataDirectory directory) => Path.Combine(directory.Path, "weir.sock");

    /// <summary>The directory's path is short enough for a socket.</summary>
    public static bool IsPossible(DataDirectory directory) => Encoding.UTF8.GetByteCount(PathIn(directory)) <= LongestPath;

    /// <summary>Listens on the socket too. The process holds the directory, so that a socket found there is a dead one.</summary>
    public static void Listen(KestrelServerOptions kestrel, DataDirectory directory)
    {
        if (!IsPossible(directory))
        {
            return;
        }

        File.Delete(PathIn(directory));
        kestrel.ListenUnixSocket(PathIn(directory), listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => Introduce(connection, next));
        });
    }

    /// <summary>Answers what came over the socket, and nothing else does: call it before the rest of the pipeline.</summary>
    public static void UseLocalSocket(this WebApplication application)
    {
        var directory = application.Services.GetRequiredService<DataDirectory>();
        application.Lifetime.ApplicationStarted.Register(() =>
        {
            if (!OperatingSystem.IsWindows() && File.Exists(PathIn(directory)))
            {
                File.SetUnixFileMode(PathIn(directory), OwnerOnly);
            }
        });
        application.MapWhen(
            context => context.Features.Get<LocalPeer>() is not null,
            local => local.Run(context => LocalHunt.AnswerAsync(context)));
    }

    /// <summary>A client that speaks to the server of this directory.</summary>
    public static HttpClient Connect(DataDirectory directory)
    {
        var path = PathIn(directory);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://weir.local/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    private static Task Introduce(ConnectionContext connection, ConnectionDelegate next)
    {
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket
            ?? throw new InvalidOperationException("A local connection has no socket.");
        var peer = LocalPeer.Of(socket);
        if (!peer.IsAllowed)
        {
            connection.Abort(new ConnectionAbortedException("another user"));
            return Task.CompletedTask;
        }

        connection.Features.Set(peer);
        return next(connection);
    }
}
