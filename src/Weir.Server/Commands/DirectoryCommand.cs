using System.CommandLine;
using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir directory</c>: people, lists and domains from CSV files or a directory server.</summary>
internal sealed class DirectoryCommand : ICliCommand
{
    public Command Build()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder with domains.csv, people.csv and, when there are lists, lists.csv." };
        var data = DataOption.Create();
        var import = new Command("import", "Replaces the organisation by what the CSV files say.") { folder, data };
        import.SetAction((result, cancellationToken) => ImportAsync(result.GetRequiredValue(folder), result.DirectoryOf(data), cancellationToken));
        var force = new Option<bool>("--force") { Description = "Also when more than a fifth of the people would be gone." };
        var attempt = new Option<bool>("--try") { Description = "Says what would change; changes nothing." };
        var sync = new Command("sync", "Reads people and lists from the directory server of weir.json (directory.ldap) now.") { attempt, force, data };
        sync.SetAction((result, cancellationToken) => SyncAsync(new DirectorySyncRequest(result.GetValue(force), result.GetValue(attempt)), result.DirectoryOf(data), cancellationToken));
        return new Command("directory", "The organisation: people, lists, domains.") { import, sync };
    }

    private static async Task<int> SyncAsync(DirectorySyncRequest request, DataDirectory directory, CancellationToken cancellationToken)
    {
        return await HeldDirectory.TellAsync(
            directory,
            services => LocalDirectorySync.DoAsync(services, Environment.UserName, request, cancellationToken),
            () => LocalDirectorySync.AskAsync(directory, request, cancellationToken),
            async answer =>
            {
                foreach (var line in answer.Joined.Select(address => $"+ {address}").Concat(answer.Left.Select(address => $"- {address}")))
                {
                    await Console.Out.WriteLineAsync(line);
                }

                foreach (var note in answer.Notes)
                {
                    await Console.Error.WriteLineAsync(note);
                }

                if (answer.Problem.Length > 0)
                {
                    await Console.Error.WriteLineAsync(answer.Problem);
                    return 1;
                }

                await Console.Out.WriteLineAsync($"{(request.IsTrial ? "There would be" : "There are")} {answer.People} people and {answer.Lists} lists; {answer.Joined.Count} {(request.IsTrial ? "would be" : "are")} new, {answer.Left.Count} gone.");
                return 0;
            },
            cancellationToken);
    }

    private static async Task<int> ImportAsync(DirectoryInfo folder, DataDirectory directory, CancellationToken cancellationToken)
    {
        var request = new DirectoryRequest(folder.FullName);
        return await HeldDirectory.TellAsync(
            directory,
            services => LocalDirectory.ImportAsync(services, Environment.UserName, request, cancellationToken),
            () => LocalDirectory.AskAsync(directory, request, cancellationToken),
            async answer =>
            {
                foreach (var problem in answer.Problems)
                {
                    await Console.Error.WriteLineAsync(problem);
                }

                if (answer.Problems.Count > 0)
                {
                    await Console.Error.WriteLineAsync("Nothing was imported.");
                    return 1;
                }

                await Console.Out.WriteLineAsync($"Imported {answer.People} people, {answer.Lists} lists, {answer.OwnDomains} own domains.");
                return 0;
            },
            cancellationToken);
    }
}
