namespace Weir.Bench;

/// <summary>A hundred times <c>kill -9</c> under load through Postfix: what was acknowledged is what KQL shows, each once. The same test runs ten times in <c>./test</c>.</summary>
internal sealed class FaultsBenchmark : IBenchmark
{
    private const string Kills = "100";
    private const string Test = "Weir.EndToEnd.Tests.Milter.KillTests";

    public string Name => "faults";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        _ = await Command.RunAsync("dotnet", ["build", "tests/Weir.EndToEnd.Tests", "--nologo", "-v", "quiet", "-clp:ErrorsOnly"], cancellationToken);
        var program = Path.Combine(Command.Repository, "artifacts", "bin", "Weir.EndToEnd.Tests", "debug", "Weir.EndToEnd.Tests");
        var said = await Command.RunAsync(program, ["-noColor", "-noLogo", "-showLiveOutput", "-class", Test], cancellationToken, environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["WEIR_KILLS"] = Kills });
        await output.WriteLineAsync(said.Split('\n').FirstOrDefault(line => line.Contains("kills; ", StringComparison.Ordinal))?.Trim() ?? said);
    }
}
