using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary>
/// How commands speak to the server that holds a data directory: HTTP over <c>weir.sock</c> in it, mode 0600. Where the directory's path is too long for a
/// socket, the socket lies in a folder of its own for temporary files and <c>weir.sock.path</c> in the directory names it.
/// </summary>
internal static class LocalSocket
{
    // sun_path holds 108 bytes with its closing NUL.
    private const int LongestPath = 107;
    private const string Name = "weir.sock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Dictionary<string, ILocalRoute> Routes = PartsRegistration.EveryImplementation<ILocalRoute>(typeof(ILocalRoute).Assembly)
        .Select(type => (ILocalRoute)Activator.CreateInstance(type)!).ToDictionary(route => route.Path, StringComparer.Ordinal);

    /// <summary>Where the socket of this directory's server is.</summary>
    public static string PathOf(DataDirectory directory)
    {
        var path = Path.Combine(directory.Path, Name);
        return IsShortEnough(path) || !File.Exists(RecordOf(directory)) ? path : File.ReadAllText(RecordOf(directory));
    }

    /// <summary>Listens on the socket too. The process holds the directory, so that a socket found there is a dead one.</summary>
    public static void Listen(KestrelServerOptions kestrel, DataDirectory directory)
    {
        RemoveDead(directory);
        kestrel.ListenUnixSocket(Choose(directory), listen =>
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
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(PathOf(directory), OwnerOnly);
            }
        });
        application.Lifetime.ApplicationStopped.Register(() => RemoveDead(directory));
        application.MapWhen(context => context.Features.Get<LocalPeer>() is not null, local => local.Run(AnswerAsync));
    }

    private static Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && Routes.GetValueOrDefault(context.Request.Path.Value ?? "") is { } route)
        {
            return route.AnswerAsync(context, context.Features.Get<LocalPeer>()!.UserName);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string Choose(DataDirectory directory)
    {
        var path = Path.Combine(directory.Path, Name);
        if (!IsShortEnough(path))
        {
            // A new folder that only its owner may enter: nobody else can put a socket of his in this place.
            path = Path.Combine(System.IO.Directory.CreateTempSubdirectory("weir-").FullName, Name);
            File.WriteAllText(RecordOf(directory), path);
        }

        return path;
    }

    private static void RemoveDead(DataDirectory directory)
    {
        var path = PathOf(directory);
        if (!IsShortEnough(path))
        {
            return;
        }

        if (System.IO.Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }

        if (File.Exists(RecordOf(directory)))
        {
            File.Delete(RecordOf(directory));
            if (Path.GetDirectoryName(path) is { } folder && folder != directory.Path && System.IO.Directory.Exists(folder) && !System.IO.Directory.EnumerateFileSystemEntries(folder).Any())
            {
                System.IO.Directory.Delete(folder);
            }
        }
    }

    private static string RecordOf(DataDirectory directory) => Path.Combine(directory.Path, Name + ".path");

    private static bool IsShortEnough(string path) => Encoding.UTF8.GetByteCount(path) <= LongestPath;

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
