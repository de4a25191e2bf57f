using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/account</c>: makes an account.</summary>
internal sealed class LocalAccount : ILocalRoute
{
    public string Path => "/account";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.AccountRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await AddAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.AccountAnswer);
        }
    }

    /// <summary>Makes it in the stores of this process.</summary>
    public static async Task<AccountAnswer> AddAsync(IServiceProvider services, string user, AccountRequest request, CancellationToken cancellationToken) =>
        new(await services.GetRequiredService<IAccounts>().CreateAsync(
            LocalUser.Caller(user, Permission.AccountsManage), request.Name, request.DisplayName, request.Password, request.Roles, cancellationToken));

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<AccountAnswer> AskAsync(DataDirectory directory, AccountRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalAccount().Path, request, LocalJson.Default.AccountRequest, cancellationToken), LocalJson.Default.AccountAnswer)!;
}
