using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Weir.Kernel;
using Weir.Server.Doctor;
using Weir.Server.Hosting;
using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir doctor</c>: looks at everything that Weir needs and says what to do about what is wrong. Beside a running server that server looks.</summary>
internal sealed class DoctorCommand : ICliCommand
{
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<bool> _json = new("--json") { Description = "As JSON." };

    public Command Build()
    {
        var command = new Command("doctor", "Checks configuration, stores, disk, ClamAV, DNS, mail server and mailboxes. Ends with 1 when something failed.") { _data, _json };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        DoctorAnswer answer;
        try
        {
            answer = await ExamineAsync(directory, cancellationToken);
        }
        catch (NoDataDirectoryException nowhere)
        {
            await Console.Error.WriteLineAsync(nowhere.Message);
            return 2;
        }

        if (parsed.GetValue(_json))
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer, LocalJson.Default.DoctorAnswer));
        }
        else
        {
            await ShowAsync(answer);
        }

        return answer.Checks.Any(check => check.Results.Any(result => result.State == CheckState.Failed)) ? 1 : 0;
    }

    private static async Task<DoctorAnswer> ExamineAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            return await HeldDirectory.DoAsync(
                directory,
                services => LocalDoctor.ExamineAsync(services, Environment.UserName, cancellationToken),
                () => LocalDoctor.AskAsync(directory, cancellationToken),
                cancellationToken);
        }
        catch (Exception mistake) when (mistake is ConfigurationException or OptionsValidationException or InvalidDataException)
        {
            return One("Configuration", mistake.Message, $"Correct {Path.Combine(directory.Path, "weir.json")} or the WEIR__ environment; weir does not start before.");
        }
        catch (Exception newer) when (newer is NewerDatabaseException or Weir.Events.Contracts.NewerDataException)
        {
            return One("Stores", newer.Message, "This version changes nothing in it.");
        }
        catch (DataDirectoryInUseException held)
        {
            return One("Server", held.Message, "It does not answer at its socket: wait until it has started, or until the other command ends.");
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return One("Stores", broken.Message, "Look at the rights and the room on the disk of the data directory.");
        }
    }

    private static DoctorAnswer One(string check, string text, string advice) => new([new Examined(check, CheckResult.Failed(text, advice))]);

    private static async Task ShowAsync(DoctorAnswer answer)
    {
        foreach (var (check, result) in answer.Checks.SelectMany(check => check.Results.Select(result => (check.Check, result))))
        {
            var mark = result.State switch { CheckState.Ok => "ok    ", CheckState.Off => "off   ", CheckState.Warning => "warn  ", _ => "FAILED" };
            await Console.Out.WriteLineAsync($"{mark}  {check}: {result.Text}");
            if (result.Advice.Length > 0)
            {
                await Console.Out.WriteLineAsync($"          {result.Advice}");
            }
        }
    }
}
