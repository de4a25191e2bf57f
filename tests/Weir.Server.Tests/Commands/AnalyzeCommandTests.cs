using System.Diagnostics;
using System.Text.Json;

namespace Weir.Server.Tests.Commands;

/// <summary>Folders as they lie about: with pipes, links and circles.</summary>
[Trait("Speed", "slow")]
public sealed class AnalyzeCommandTests : IDisposable
{
    private readonly string _folder = TestRun.NewFolder();

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_folder_gives_a_line_for_each_file_and_neither_pipes_nor_circles_hold_it_up()
    {
        const string mail = "From: Ada <ada@elsewhere.example>\r\nTo: tom@harbour.example\r\nSubject: Hello\r\n\r\nHello.\r\n";
        var inner = System.IO.Directory.CreateDirectory(Path.Combine(_folder, "inner")).FullName;
        await File.WriteAllTextAsync(Path.Combine(inner, "a.eml"), mail, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(_folder, "link.eml"), Path.Combine(inner, "a.eml"));
        System.IO.Directory.CreateSymbolicLink(Path.Combine(inner, "round"), _folder);
        using (var pipe = Process.Start("mkfifo", [Path.Combine(_folder, "pipe.eml")]))
        {
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, pipe.ExitCode);
        }

        var analyzed = await WeirProgram.RunAsync("analyze", "--jsonl", _folder);

        Assert.Equal(0, analyzed.Code);
        var lines = analyzed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("file").GetString() ?? "", line => line.GetProperty("verdict").GetString(), StringComparer.Ordinal);
        Assert.Equal(["inner/a.eml", "link.eml", "pipe.eml"], lines.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Clean", lines["link.eml"]);
        Assert.Equal("Unknown", lines["pipe.eml"]);
    }
}
