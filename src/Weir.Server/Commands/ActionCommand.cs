using System.CommandLine;
using System.Globalization;
using Weir.Response.Contracts;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir action</c>: the Action center: what waits for approval, what was done, and its undo.</summary>
internal sealed class ActionCommand : ICliCommand
{
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<string?> _reason = new("--reason") { Description = "Kept in the audit trail." };

    public Command Build()
    {
        var id = new Argument<string>("ID") { Description = "The approval id, or its beginning." };
        var pending = new Option<bool>("--pending") { Description = "Only what waits for approval." };
        var list = new Command("list", "Shows the actions of the last 90 days, the newest first.") { pending, _data };
        list.SetAction((parsed, token) => DoAsync(parsed, new ActionRequest(ActionDeed.List), parsed.GetValue(pending), token));
        var show = new Command("show", "Shows an action with the result of each message, failures first (a thousand at most).") { id, _data };
        show.SetAction((parsed, token) => DoAsync(parsed, new ActionRequest(ActionDeed.Show, parsed.GetRequiredValue(id)), false, token));
        return new Command("action", "What was done to mail in mailboxes, what waits for approval, and its undo.")
        {
            list,
            show,
            Deciding("approve", "Lets an action that waits go on.", ActionDeed.Approve, id),
            Deciding("reject", "Ends an action that waits; the messages stay where they are.", ActionDeed.Reject, id),
            Deciding("undo", "Puts every message back where it was.", ActionDeed.Undo, id),
        };
    }

    private Command Deciding(string name, string description, ActionDeed deed, Argument<string> id)
    {
        var command = new Command(name, description) { id, _reason, _data };
        command.SetAction((parsed, token) => DoAsync(parsed, new ActionRequest(deed, parsed.GetRequiredValue(id), parsed.GetValue(_reason) ?? ""), false, token));
        return command;
    }

    private async Task<int> DoAsync(ParseResult parsed, ActionRequest request, bool isPendingOnly, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        return await HeldDirectory.TellAsync(
            directory,
            services => LocalActions.DoAsync(services, Environment.UserName, request, cancellationToken),
            () => LocalActions.AskAsync(directory, request, cancellationToken),
            async answer =>
            {
                if (answer.Problem.Length > 0)
                {
                    await Console.Error.WriteLineAsync(answer.Problem);
                    return 1;
                }

                foreach (var action in answer.Actions.Where(action => !isPendingOnly || action.Status == RemediationStatus.Pending))
                {
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{action.ApprovalId}  {action.CreatedAt:u}  {(action.UndoneBy is null ? action.Status.ToString() : "Undone")}  {action.Succeeded + action.AlreadyThere} of {action.Submitted} done, {action.Failed} failed  {AnswerOutput.Printable(action.Name)}"));
                }

                foreach (var line in answer.Messages)
                {
                    await Console.Out.WriteLineAsync(string.Join('\t', new[] { line.Result, line.Recipient, line.From, line.Now, line.MessageId, line.Subject }.Select(AnswerOutput.Printable)));
                }

                return 0;
            },
            cancellationToken);
    }
}
