using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Weir.Tests.Support;

/// <summary>
/// The folder of one run: its name is <c>PID-START</c>, START as in <c>/proc/PID/stat</c>, because process ids are used again. Servers of the run stand in
/// folders named <c>pids</c> in it, one file each with <c>PID START</c>, as <c>lab/mail-lab</c> writes them too.
/// </summary>
internal static class RunFolder
{
    private const string Pids = "pids";
    private const int DeepestPids = 2;
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static string Create(string registry, int processId) =>
        System.IO.Directory.CreateDirectory(Path.Combine(registry, $"{processId}-{StartOf(processId)}")).FullName;

    /// <summary>Writes down a process that belongs to the run.</summary>
    public static void Record(string folder, int processId)
    {
        var pids = System.IO.Directory.CreateDirectory(Path.Combine(folder, Pids)).FullName;
        File.WriteAllText(Path.Combine(pids, $"{processId}"), $"{processId} {StartOf(processId)}\n");
    }

    /// <summary>Removes the folders of runs whose process is gone, and ends their servers.</summary>
    public static void RemoveDead(string registry)
    {
        foreach (var folder in System.IO.Directory.EnumerateDirectories(registry).Where(folder => !IsAlive(Path.GetFileName(folder).Split('-'))))
        {
            Remove(folder);
        }
    }

    public static void Remove(string folder)
    {
        try
        {
            foreach (var pids in PidFolders(folder, DeepestPids))
            {
                EndAll(pids);
            }

            System.IO.Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another run was faster.
        }
        catch (IOException) when (!System.IO.Directory.Exists(folder))
        {
            // The same, in the middle of it.
        }
    }

    /// <summary>When a process started, in the kernel's ticks since boot; empty when there is none.</summary>
    public static string StartOf(int processId)
    {
        try
        {
            // The name of the program stands in brackets and may hold anything.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? "" : fields[19];
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static IEnumerable<string> PidFolders(string folder, int depth)
    {
        foreach (var inside in System.IO.Directory.EnumerateDirectories(folder))
        {
            if (Path.GetFileName(inside) == Pids)
            {
                yield return inside;
            }
            else if (depth > 0)
            {
                foreach (var deeper in PidFolders(inside, depth - 1))
                {
                    yield return deeper;
                }
            }
        }
    }

    private static void EndAll(string pids)
    {
        var ours = System.IO.Directory.EnumerateFiles(pids).Select(file => File.ReadAllText(file).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).Where(IsAlive)
            .Select(words => int.Parse(words[0], CultureInfo.InvariantCulture)).ToList();
        ours.ForEach(id => _ = Kill(id, Terminate));
        foreach (var id in ours)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                if (!process.WaitForExit(Patience))
                {
                    process.Kill(entireProcessTree: true);
                    process.WaitForExit();
                }
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }
    }

    private static bool IsAlive(string[] idAndStart) =>
        idAndStart is [var id, { Length: > 0 } start] && int.TryParse(id, CultureInfo.InvariantCulture, out var number) && StartOf(number) == start;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
