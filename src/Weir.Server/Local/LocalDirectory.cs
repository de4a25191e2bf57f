using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/directory</c>: replaces the organisation by what CSV files say; the running server knows it at once.</summary>
internal sealed class LocalDirectory : ILocalRoute
{
    public string Path => "/directory";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.DirectoryRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await ImportAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.DirectoryAnswer);
        }
    }

    /// <summary>Imports into the stores of this process.</summary>
    public static async Task<DirectoryAnswer> ImportAsync(IServiceProvider services, string user, DirectoryRequest request, CancellationToken cancellationToken)
    {
        var directory = services.GetRequiredService<IDirectory>();
        var problems = await directory.ImportCsvAsync(LocalUser.Caller(user, Permission.SecuritySettingsManage), request.Folder, cancellationToken);
        var now = directory.Current;
        return new DirectoryAnswer(problems, now.People.Count, now.Lists.Count, now.OwnDomains.Count);
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<DirectoryAnswer> AskAsync(DataDirectory directory, DirectoryRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalDirectory().Path, request, LocalJson.Default.DirectoryRequest, cancellationToken), LocalJson.Default.DirectoryAnswer)!;
}
