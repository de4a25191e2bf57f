using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/automation</c>: says whether Weir takes mail back by itself, and sets it.</summary>
internal sealed class LocalAutomation : ILocalRoute
{
    public string Path => "/automation";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.AutomationRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.AutomationState);
        }
    }

    /// <summary>Does it in the stores of this process.</summary>
    public static async Task<AutomationState> DoAsync(IServiceProvider services, string user, AutomationRequest request, CancellationToken cancellationToken)
    {
        var automation = services.GetRequiredService<IAutomation>();
        var caller = LocalUser.Caller(user, Permission.SecurityDataRead, Permission.ResponseManage) with { Reason = request.Reason };
        if (request.IsOn is { } isOn)
        {
            await automation.SetAsync(caller, isOn, cancellationToken);
        }

        return await automation.StateAsync(caller, cancellationToken);
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<AutomationState> AskAsync(DataDirectory directory, AutomationRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalAutomation().Path, request, LocalJson.Default.AutomationRequest, cancellationToken), LocalJson.Default.AutomationState)!;
}

/// <param name="IsOn">What it is to be; nothing to ask only.</param>
internal sealed record AutomationRequest(bool? IsOn, string? Reason = null);
