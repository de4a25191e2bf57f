using System.CommandLine;
using Spectre.Console;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir rejudge</c>: judges stored mail again by what is known now; policy acts on what is called otherwise than before.</summary>
internal sealed class RejudgeCommand : ICliCommand
{
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<int> _days = DaysOption.Create("Mail of the last N days; 7 when absent.", otherwise: 7, most: 3650);
    private readonly Option<string> _where = new("--where") { Description = "Only mail for which this KQL condition on EmailEvents holds, such as \"SenderFromDomain == 'evil.example'\".", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _places = new("--all-places") { Description = "Act on bad mail that is called what it was before, too, when it is not where policy wants it now: after Weir has only watched, or after a policy changed." };
    private readonly Option<string> _reason = new("--reason") { Description = "Why: shown on the timeline of every message whose verdict changes.", Required = true };

    public Command Build()
    {
        var command = new Command("rejudge", "Judges stored mail again by what is known now. Mail whose verdict changes is moved as policy decides; see Action center.") { _days, _where, _reason, _places, _data };
        _reason.Validators.Add(result =>
        {
            if (LocalRejudge.ProblemOf(result.GetValue(_reason)) is { } problem)
            {
                result.AddError(problem);
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        var request = new RejudgingRequest(parsed.GetRequiredValue(_reason), TimeSpan.FromDays(parsed.GetValue(_days)), parsed.GetValue(_where) ?? "", parsed.GetValue(_places));
        try
        {
            RejudgingProgress done;
            if (Console.IsOutputRedirected)
            {
                // A status that cannot be overwritten would say everything twice.
                done = await JudgeAsync(directory, request, _ => { }, cancellationToken);
            }
            else
            {
                done = await AnsiConsole.Status().StartAsync("Judging …", status => JudgeAsync(directory, request, now => status.Status = Markup.Escape(LocalRejudge.Text(now)), cancellationToken));
            }

            await Console.Out.WriteLineAsync(LocalRejudge.Text(done));
            return 0;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. Run the same command again to go on.");
            return 130;
        }
        catch (Exception exception) when (exception is QuestionException || HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static Task<RejudgingProgress> JudgeAsync(Weir.Storage.Contracts.DataDirectory directory, RejudgingRequest request, Action<RejudgingProgress> show, CancellationToken cancellationToken) =>
        HeldDirectory.DoAsync(
            directory,
            services => LocalRejudge.JudgeHereAsync(services, Environment.UserName, request, show, cancellationToken),
            () => LocalRejudge.AskAsync(directory, request, show, cancellationToken),
            cancellationToken);
}
