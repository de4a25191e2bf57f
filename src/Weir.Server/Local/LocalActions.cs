using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/actions</c>: the Action center for the command line.</summary>
internal sealed class LocalActions : ILocalRoute
{
    private const int MostMessages = 1_000;

    public string Path => "/actions";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.ActionRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.ActionAnswer);
        }
    }

    /// <summary>Does it in the stores of this process; what is decided without a running server is done at its next start.</summary>
    public static async Task<ActionAnswer> DoAsync(IServiceProvider services, string user, ActionRequest request, CancellationToken cancellationToken)
    {
        var door = services.GetRequiredService<IRemediation>();
        var caller = LocalUser.Caller(user, Permission.SecurityDataRead, Permission.ResponseManage, Permission.EmailAdvancedActionsManage, Permission.QuarantineManage) with { Reason = request.Reason.Length > 0 ? request.Reason : null };
        var all = await door.HistoryAsync(caller, services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-90), cancellationToken);
        if (request.Deed == ActionDeed.List)
        {
            return new ActionAnswer("", all, []);
        }

        var meant = all.Where(action => request.Id.Length > 0 && action.ApprovalId.StartsWith(request.Id, StringComparison.OrdinalIgnoreCase)).ToList();
        if (meant is not [var one])
        {
            return new ActionAnswer(meant.Count == 0 ? $"There is no action {request.Id} in the last 90 days." : $"{meant.Count} actions begin with {request.Id}; give more of the id.", [], []);
        }

        try
        {
            var id = one.ApprovalId;
            switch (request.Deed)
            {
                case ActionDeed.Approve:
                    await door.ApproveAsync(caller, id, cancellationToken);
                    break;
                case ActionDeed.Reject:
                    await door.RejectAsync(caller, id, cancellationToken);
                    break;
                case ActionDeed.Undo:
                    id = await door.UndoAsync(caller, id, cancellationToken);
                    break;
                default:
                    break;
            }

            IReadOnlyList<RemediationEntry> messages = request.Deed == ActionDeed.Show ? await door.EntriesAsync(caller, id, MostMessages, cancellationToken) : [];
            return new ActionAnswer("", await door.FindAsync(caller, id, cancellationToken) is { } now ? [now] : [], [.. messages.Select(Line)]);
        }
        catch (RemediationRefusedException refused)
        {
            return new ActionAnswer(refused.Message, [], []);
        }
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<ActionAnswer> AskAsync(DataDirectory directory, ActionRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalActions().Path, request, LocalJson.Default.ActionRequest, cancellationToken), LocalJson.Default.ActionAnswer)!;

    private static ActionLine Line(RemediationEntry entry) =>
        new(entry.Target.Id.ToString(), entry.Target.Recipient, entry.Subject, entry.Result ?? "Waiting", entry.From ?? "", entry.GoesTo is { } to ? $"to {to}" : entry.Now ?? "");
}
