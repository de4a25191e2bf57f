using System.CommandLine;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Server.Hosting;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir directory import</c>: people, lists and domains from CSV files.</summary>
internal sealed class DirectoryCommand : ICliCommand
{
    public Command Build()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder with people.csv, lists.csv and domains.csv." };
        var data = new Option<DirectoryInfo>("--data") { Description = "The data directory.", Required = true };
        var import = new Command("import", "Replaces the organisation by what the CSV files say.") { folder, data };
        import.SetAction((result, cancellationToken) => ImportAsync(result.GetRequiredValue(folder), result.GetRequiredValue(data), cancellationToken));
        return new Command("directory", "The organisation: people, lists, domains.") { import };
    }

    private static async Task<int> ImportAsync(DirectoryInfo folder, DirectoryInfo data, CancellationToken cancellationToken)
    {
        try
        {
            await using var host = await ServerHost.CreateAsync(
                new ServerHostSettings { Directory = new DataDirectory(data.FullName), WithPortal = false, LogLevel = LogLevel.Warning },
                cancellationToken);
            var directory = host.Services.GetRequiredService<IDirectory>();
            var caller = new Caller($"local:{Environment.UserName}", Environment.UserName, new HashSet<Permission> { Permission.SecuritySettingsManage });
            var problems = await directory.ImportCsvAsync(caller, folder.FullName, cancellationToken);
            foreach (var problem in problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            if (problems.Count > 0)
            {
                await Console.Error.WriteLineAsync("Nothing was imported.");
                return 1;
            }

            var now = directory.Current;
            await Console.Out.WriteLineAsync($"Imported {now.People.Count} people, {now.Lists.Count} lists, {now.OwnDomains.Count} own domains.");
            return 0;
        }
        catch (Exception exception) when (exception is ConfigurationException or DataDirectoryInUseException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }
}
