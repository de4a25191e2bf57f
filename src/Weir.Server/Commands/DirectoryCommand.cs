using System.CommandLine;
using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir directory import</c>: people, lists and domains from CSV files.</summary>
internal sealed class DirectoryCommand : ICliCommand
{
    public Command Build()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder with domains.csv, people.csv and, when there are lists, lists.csv." };
        var data = DataOption.Create();
        var import = new Command("import", "Replaces the organisation by what the CSV files say.") { folder, data };
        import.SetAction((result, cancellationToken) => ImportAsync(result.GetRequiredValue(folder), result.DirectoryOf(data), cancellationToken));
        return new Command("directory", "The organisation: people, lists, domains.") { import };
    }

    private static async Task<int> ImportAsync(DirectoryInfo folder, DataDirectory directory, CancellationToken cancellationToken)
    {
        var request = new DirectoryRequest(folder.FullName);
        try
        {
            var answer = await HeldDirectory.DoAsync(
                directory,
                services => LocalDirectory.ImportAsync(services, Environment.UserName, request, cancellationToken),
                () => LocalDirectory.AskAsync(directory, request, cancellationToken),
                cancellationToken);
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
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }
}
