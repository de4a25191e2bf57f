using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary>A command's side of the local socket.</summary>
internal static class LocalClient
{
    /// <summary>Asks the server of a directory; its answer comes line by line.</summary>
    /// <exception cref="DataDirectoryInUseException">Somebody holds the directory but does not answer at its socket: another command, or a server that is just starting.</exception>
    /// <exception cref="HttpRequestException">The server failed.</exception>
    public static async IAsyncEnumerable<string> PostAsync<T>(DataDirectory directory, string path, T body, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var client = Connect(directory);
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = JsonContent.Create(body, type);
        using var response = await SendAsync(client, request, directory, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>The same where the answer is one line.</summary>
    public static async Task<string> PostForLineAsync<T>(DataDirectory directory, string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await PostAsync(directory, path, body, type, cancellationToken).FirstOrDefaultAsync(cancellationToken) ?? throw new HttpRequestException("The server gave no answer.");

    /// <summary>A client that speaks to the server of this directory.</summary>
    public static HttpClient Connect(DataDirectory directory)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(LocalSocket.PathOf(directory)), cancellationToken);
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

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, DataDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException nobody) when (nobody.InnerException is SocketException)
        {
            throw new DataDirectoryInUseException(directory.Path, DataDirectoryLock.HolderOf(directory));
        }
    }
}
