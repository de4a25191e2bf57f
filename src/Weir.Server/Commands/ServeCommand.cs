using System.CommandLine;
using Weir.Access;
using Weir.Server.Hosting;
using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir serve</c>: runs Weir on a data directory until stopped.</summary>
internal sealed class ServeCommand : ICliCommand
{
    public Command Build()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "The data directory; weir.json in it is the configuration.", Required = true };
        var port = new Option<int?>("--port") { Description = "Port of the portal, instead of server.port in weir.json." };
        var command = new Command("serve", "Runs Weir on a data directory.") { data, port };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetRequiredValue(data), result.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo data, int? port, CancellationToken cancellationToken)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (port is { } wanted)
        {
            overrides["server:port"] = $"{wanted}";
        }

        try
        {
            await using var host = await ServerHost.CreateAsync(new ServerHostSettings { Directory = new DataDirectory(data.FullName), Overrides = overrides }, cancellationToken);
            await host.StartAsync(cancellationToken);
            await Console.Out.WriteLineAsync($"Weir is ready: {host.Address}");
            if (await AccessModule.FirstAdministratorSecretAsync(host.Services, cancellationToken) is { } secret)
            {
                await Console.Out.WriteLineAsync($"No enabled account may manage accounts. Create an administrator at {host.Address}setup with this one-time secret: {secret}");
            }

            await host.Application.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }
}
