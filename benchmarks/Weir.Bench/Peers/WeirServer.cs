using System.Text.Json;

namespace Weir.Bench.Peers;

/// <summary><c>weir serve</c> as it is installed, on a data directory of its own.</summary>
internal static class WeirServer
{
    /// <summary>The optimised build, which <c>./bench</c> makes.</summary>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string Program
    {
        get
        {
            var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Weir.Server", "release", "weir");
            return File.Exists(program) ? program : throw new InvalidOperationException("The server is not built: run ./bench, or dotnet build -c Release src/Weir.Server.");
        }
    }

    /// <summary>Starts it with everything off that asks a network.</summary>
    /// <param name="journal">Port of the SMTP door for copies; nothing: none.</param>
    /// <param name="milter">Port of the milter; nothing: none.</param>
    /// <param name="portal">Port of the pages; nothing: any that is free.</param>
    public static async Task<ServerProcess> StartAsync(string directory, int? core, int? journal, int? milter, CancellationToken cancellationToken, int? portal = null)
    {
        var zone = Path.Combine(directory, "zone.json");
        await File.WriteAllTextAsync(zone, "{}", cancellationToken);
        var settings = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["server"] = new { port = portal ?? ServerProcess.FreePort() },
            ["detection"] = new { mode = "watch" },
            ["dns"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["zone-file"] = zone },
        };
        foreach (var (section, port) in new[] { ("journal", journal), ("milter", milter) })
        {
            if (port is not null)
            {
                settings[section] = new { listen = $"inet:127.0.0.1:{port}" };
            }
        }

        var data = System.IO.Directory.CreateDirectory(Path.Combine(directory, "data"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "weir.json"), JsonSerializer.Serialize(settings), cancellationToken);
        var server = ServerProcess.Start("weir", core, Program, "serve", "--data", data);
        try
        {
            await server.UntilItListensAsync(milter ?? journal ?? throw new ArgumentException("A door is needed.", nameof(journal)), cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
