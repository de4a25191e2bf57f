using System.Diagnostics;

namespace Weir.Architecture.Tests.Support;

/// <summary>The promise that a killed run of tests leaves nothing that the next one does not remove.</summary>
public sealed class RunFolderTests
{
    private readonly string _registry = TestRun.NewFolder();

    [Fact]
    public async Task What_a_killed_run_left_is_removed_and_its_server_ended()
    {
        using var server = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        var run = System.IO.Directory.CreateDirectory(Path.Combine(_registry, $"{await EndedAsync()}-1")).FullName;
        System.IO.Directory.CreateDirectory(Path.Combine(run, "data-1", "log"));
        RunFolder.Record(System.IO.Directory.CreateDirectory(Path.Combine(run, "lab-2")).FullName, server.Id);

        RunFolder.RemoveDead(_registry);

        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(128 + 15, server.ExitCode);
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(_registry));
    }

    [Fact]
    public async Task A_server_that_does_not_listen_to_reason_is_killed()
    {
        using var server = Process.Start(new ProcessStartInfo("sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        Assert.Equal("ready", await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var run = System.IO.Directory.CreateDirectory(Path.Combine(_registry, $"{await EndedAsync()}-1")).FullName;
        RunFolder.Record(run, server.Id);

        RunFolder.RemoveDead(_registry);

        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(128 + 9, server.ExitCode);
    }

    [Fact]
    public void A_run_that_goes_on_is_left_alone()
    {
        var run = RunFolder.Create(_registry, Environment.ProcessId);

        RunFolder.RemoveDead(_registry);

        Assert.Equal([run], System.IO.Directory.EnumerateDirectories(_registry));
    }

    [Fact]
    public void A_process_id_that_was_used_again_is_neither_a_run_nor_its_server()
    {
        var run = System.IO.Directory.CreateDirectory(Path.Combine(_registry, $"{Environment.ProcessId}-1")).FullName;
        var pids = System.IO.Directory.CreateDirectory(Path.Combine(run, "pids")).FullName;
        File.WriteAllText(Path.Combine(pids, "server"), $"{Environment.ProcessId} 1\n");

        RunFolder.RemoveDead(_registry);

        Assert.False(System.IO.Directory.Exists(run));
    }

    [Fact]
    public void Tests_make_temporary_folders_and_servers_only_through_the_shared_way()
    {
        var strays = System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Support{Path.DirectorySeparatorChar}TestRun.cs", StringComparison.Ordinal) && Path.GetFileName(file) != "RunFolderTests.cs")
            .Where(file => File.ReadAllText(file) is var text && (text.Contains("CreateTempSubdirectory", StringComparison.Ordinal) || text.Contains("GetTempPath", StringComparison.Ordinal) || text.Contains("GetTempFileName", StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.Empty(strays);
    }

    private static async Task<int> EndedAsync()
    {
        using var process = Process.Start("true");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.Id;
    }
}
