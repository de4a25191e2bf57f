using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/directory/sync</c>: reads people and lists from the directory server.</summary>
internal sealed class LocalDirectorySync : ILocalRoute
{
    public string Path => "/directory/sync";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.DirectorySyncRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.DirectorySyncResult);
        }
    }

    /// <summary>Reads into the stores of this process.</summary>
    public static async Task<DirectorySyncResult> DoAsync(IServiceProvider services, string user, DirectorySyncRequest request, CancellationToken cancellationToken) =>
        await services.GetRequiredService<IDirectorySync>().SyncAsync(LocalUser.Caller(user, Permission.SecuritySettingsManage), request.IsForced, request.IsTrial, cancellationToken);

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<DirectorySyncResult> AskAsync(DataDirectory directory, DirectorySyncRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalDirectorySync().Path, request, LocalJson.Default.DirectorySyncRequest, cancellationToken), LocalJson.Default.DirectorySyncResult)!;
}
