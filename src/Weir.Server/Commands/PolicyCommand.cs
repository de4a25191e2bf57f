using System.CommandLine;
using Weir.Events;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir policy</c>: what happens to mail, for whom, and whether anything happens at all.</summary>
internal sealed class PolicyCommand : ICliCommand
{
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<string> _reason = new("--reason") { Description = "Why; kept in the audit trail." };

    public Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "A policy's name or id." };
        var mode = new Argument<string?>("MODE") { Description = "watch judges and records only; on lets the policies decide. Without it the mode is shown.", Arity = ArgumentArity.ZeroOrOne };
        mode.AcceptOnlyFromAmong("watch", "on");
        var preset = new Argument<string>("PRESET") { Description = "standard or strict." };
        preset.AcceptOnlyFromAmong("standard", "strict");
        var state = new Argument<string>("STATE") { Description = "on or off." };
        state.AcceptOnlyFromAmong("on", "off");
        var address = new Argument<string>("ADDRESS") { Description = "A recipient's address." };
        var file = new Argument<FileInfo>("FILE") { Description = "As written by export." };
        var list = new Command("list", "Shows the mode, every policy, and what does not fit together.") { _data };
        list.SetAction((parsed, cancellationToken) => DoAsync(parsed, new PolicyRequest(PolicyDeed.List), cancellationToken));
        var show = new Command("show", "Shows one policy.") { name, _data };
        show.SetAction((parsed, cancellationToken) => DoAsync(parsed, new PolicyRequest(PolicyDeed.Show, parsed.GetRequiredValue(name)), cancellationToken));
        var change = new Command("mode", "Shows or changes the mode; in force at once.") { mode, _reason, _data };
        change.SetAction((parsed, cancellationToken) => DoAsync(parsed, new PolicyRequest(PolicyDeed.Mode, parsed.GetValue(mode) ?? "", parsed.GetValue(_reason) ?? ""), cancellationToken));
        var turn = new Command("preset", "Turns a preset on or off, for whom it is set (everybody at first); in force at once.") { preset, state, _reason, _data };
        turn.SetAction((parsed, cancellationToken) => DoAsync(
            parsed, new PolicyRequest(parsed.GetRequiredValue(preset) == "standard" ? PolicyDeed.Standard : PolicyDeed.Strict, parsed.GetRequiredValue(state), parsed.GetValue(_reason) ?? ""), cancellationToken));
        var check = new Command("check", "Says which policy of each type an address gets, and why.") { address, _data };
        check.SetAction((parsed, cancellationToken) => DoAsync(parsed, new PolicyRequest(PolicyDeed.Check, parsed.GetRequiredValue(address)), cancellationToken));
        var export = new Command("export", "Writes all policies as JSON.") { _data };
        export.SetAction((parsed, cancellationToken) => DoAsync(parsed, new PolicyRequest(PolicyDeed.Export), cancellationToken));
        var import = new Command("import", "Replaces all policies by those of a JSON file; nothing changes when one of them is wrong.") { file, _reason, _data };
        import.SetAction((parsed, cancellationToken) => WithFileAsync(parsed, parsed.GetRequiredValue(file), text => new PolicyRequest(PolicyDeed.Import, text, parsed.GetValue(_reason) ?? ""), cancellationToken));
        var days = new Option<int>("--days") { Description = "Days of stored mail, at most 90.", DefaultValueFactory = _ => 30 };
        var attempt = new Command("try", "Says what the policies of a JSON file would have done with stored mail; changes nothing.") { file, days, _data };
        attempt.SetAction((parsed, cancellationToken) => WithFileAsync(parsed, parsed.GetRequiredValue(file), text => new PolicyRequest(PolicyDeed.Try, text, Days: parsed.GetValue(days)), cancellationToken));
        return new Command("policy", "What happens to mail, for whom; the mode.") { list, show, change, turn, check, export, attempt, import };
    }

    private async Task<int> WithFileAsync(ParseResult parsed, FileInfo file, Func<string, PolicyRequest> request, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            await Console.Error.WriteLineAsync($"There is no file {file.FullName}.");
            return 2;
        }

        return await DoAsync(parsed, request(await File.ReadAllTextAsync(file.FullName, cancellationToken)), cancellationToken);
    }

    private async Task<int> DoAsync(ParseResult parsed, PolicyRequest request, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        try
        {
            var answer = await HeldDirectory.DoAsync(
                directory,
                services =>
                {
                    if (request.Deed == PolicyDeed.Try)
                    {
                        // No reader of the log runs here.
                        EventsModule.BringUpToDate(services, cancellationToken);
                    }

                    return LocalPolicy.DoAsync(services, Environment.UserName, request, cancellationToken);
                },
                () => LocalPolicy.AskAsync(directory, request, cancellationToken),
                cancellationToken);
            foreach (var problem in answer.Problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            if (answer.Problems.Count == 0)
            {
                await Console.Out.WriteLineAsync(answer.Text);
            }

            return answer.Problems.Count == 0 ? 0 : 1;
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }
}
