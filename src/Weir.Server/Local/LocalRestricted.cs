using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Gateway.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/restricted</c>: who is stopped from sending, and what each account may.</summary>
internal sealed class LocalRestricted : ILocalRoute
{
    public string Path => "/restricted";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.RestrictedRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.RestrictedAnswer);
        }
    }

    /// <summary>Does it in the stores of this process.</summary>
    public static async Task<RestrictedAnswer> DoAsync(IServiceProvider services, string user, RestrictedRequest request, CancellationToken cancellationToken)
    {
        var door = services.GetRequiredService<IOutboundLimits>();
        var caller = LocalUser.Caller(user, Permission.SecurityDataRead, Permission.ResponseManage, Permission.SecuritySettingsManage);
        var problem = "";
        try
        {
            switch (request.Deed)
            {
                case RestrictedDeed.Release:
                    await door.ReleaseAsync(caller, request.Account, request.Reason, cancellationToken);
                    break;
                case RestrictedDeed.SetLimits:
                    await door.SetAsync(caller, request.Account, await ChangedAsync(door, caller, request, cancellationToken), request.Reason, cancellationToken);
                    break;
                default:
                    break;
            }
        }
        catch (ArgumentException refused)
        {
            problem = refused.Message;
        }

        return new RestrictedAnswer(problem, await door.RestrictedAsync(caller, cancellationToken), await door.LimitsAsync(caller, cancellationToken));
    }

    /// <summary>What was not said stays as it is: as set for the account, else as for everybody.</summary>
    private static async Task<SendingLimits?> ChangedAsync(IOutboundLimits door, Caller caller, RestrictedRequest request, CancellationToken cancellationToken)
    {
        var all = await door.LimitsAsync(caller, cancellationToken);
        return request.Change?.Of((all.FirstOrDefault(one => one.Account.Equals(request.Account.Trim(), StringComparison.OrdinalIgnoreCase)) ?? all.First(one => one.Account.Length == 0)).Limits);
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<RestrictedAnswer> AskAsync(DataDirectory directory, RestrictedRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalRestricted().Path, request, LocalJson.Default.RestrictedRequest, cancellationToken), LocalJson.Default.RestrictedAnswer)!;
}
