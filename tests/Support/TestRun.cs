using System.Diagnostics;

namespace Weir.Tests.Support;

/// <summary>
/// What this run of tests leaves in the system: its folders lie in one folder that bears its process id, and the servers it starts are written down there.
/// The end of the run removes all of it; a killed run's things are removed by the next run of any test project.
/// </summary>
internal static class TestRun
{
    private static readonly Lazy<string> Own = new(() => Begin(Path.GetTempPath()));
    private static readonly Lazy<string> OwnInMemory = new(() => System.IO.Directory.Exists("/dev/shm") ? Begin("/dev/shm") : Own.Value);
    private static int _count;

    /// <summary>A new empty folder; only its owner may look into it.</summary>
    public static string NewFolder(string name = "t") => NewFolder(Own.Value, name);

    /// <summary>The same in memory, where the system has such a place: for tests that make hundreds of folders and measure no disk.</summary>
    public static string NewFolderInMemory(string name = "t") => NewFolder(OwnInMemory.Value, name);
 
    /// <summary>Starts a process that does not outlive this run by more than one run.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} cannot be started.");
        RunFolder.Record(Own.Value, process.Id);
        return process;
    }

    private static string NewFolder(string own, string name) =>
        System.IO.Directory.CreateDirectory(Path.Combine(own, $"{name}-{Interlocked.Increment(ref _count)}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    private static string Begin(string place)
    {
        // One folder for all runs of this user.
        var registry = System.IO.Directory.CreateDirectory(Path.Combine(place, $"weir-tests-{Environment.UserName}")).FullName;
        RunFolder.RemoveDead(registry);
        var own = RunFolder.Create(registry, Environment.ProcessId);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunFolder.Remove(own);
        return own;
    }
}
