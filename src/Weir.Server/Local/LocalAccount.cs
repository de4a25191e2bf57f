using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/account</c>: lists accounts, makes and changes them.</summary>
internal sealed class LocalAccount : ILocalRoute
{
    public string Path => "/account";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.AccountRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.AccountAnswer);
        }
    }

    /// <summary>Does it in the stores of this process.</summary>
    public static async Task<AccountAnswer> DoAsync(IServiceProvider services, string user, AccountRequest request, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<IAccounts>();
        var caller = LocalUser.Caller(user, Permission.AccountsManage);
        var roles = request.Roles ?? [];
        if (request.Deed == AccountDeed.Add)
        {
            return new AccountAnswer(await accounts.CreateAsync(caller, request.Name, request.DisplayName, request.Password, roles, cancellationToken), []);
        }

        var all = await accounts.ListAsync(caller, cancellationToken);
        if (request.Deed == AccountDeed.List)
        {
            await services.GetRequiredService<IAuditTrail>().RecordAsync(caller, new AuditEntry("AccountsListed", Target: null, "Success"), cancellationToken);
            return new AccountAnswer([], [.. all.Select(account => new ListedAccount(account.UserName, account.DisplayName, account.Roles, account.Disabled))]);
        }

        if (all.FirstOrDefault(account => account.UserName.Equals(request.Name, StringComparison.OrdinalIgnoreCase)) is not { } wanted)
        {
            var nearest = Spelling.Nearest(request.Name, all.Select(account => account.UserName));
            return new AccountAnswer([$"There is no account '{request.Name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}"], []);
        }

        return new AccountAnswer(
            request.Deed switch
            {
                AccountDeed.Password => await accounts.SetPasswordAsync(caller, wanted.Id, request.Password, cancellationToken),
                AccountDeed.Roles => await accounts.SetRolesAsync(caller, wanted.Id, roles, cancellationToken),
                _ => await accounts.SetDisabledAsync(caller, wanted.Id, request.Deed == AccountDeed.Disable, cancellationToken),
            },
            []);
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<AccountAnswer> AskAsync(DataDirectory directory, AccountRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalAccount().Path, request, LocalJson.Default.AccountRequest, cancellationToken), LocalJson.Default.AccountAnswer)!;
}
