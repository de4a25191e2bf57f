using System.Globalization;

namespace Weir.Storage.Contracts;

/// <summary>Holds a data directory for one process: two openers would ruin it. Released on dispose, and by the system when the process dies.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _processIdFile;

    private DataDirectoryLock(FileStream held, string processIdFile)
    {
        _held = held;
        _processIdFile = processIdFile;
    }

    /// <summary>Takes the lock, creating the directory (for its owner only) when it is missing.</summary>
    /// <exception cref="DataDirectoryInUseException">It is held; also when this process holds it already.</exception>
    public static DataDirectoryLock Take(DataDirectory directory) =>
        TryTake(directory) ?? throw new DataDirectoryInUseException(directory.Path, HolderOf(directory));

    /// <summary>Takes the lock, or returns nothing when it is held.</summary>
    public static DataDirectoryLock? TryTake(DataDirectory directory)
    {
        Create(directory);
        FileStream held;
        try
        {
            // FileShare.None is an exclusive flock on Unix.
            held = new FileStream(Path.Combine(directory.Path, "weir.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }

        // The locked file itself cannot be read by others, so the process id lies beside it.
        var processIdFile = ProcessIdFile(directory);
        File.WriteAllText(processIdFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new DataDirectoryLock(held, processIdFile);
    }

    /// <summary>The process that took the lock last; nothing when nobody has it or it left no number.</summary>
    public static int? HolderOf(DataDirectory directory) =>
        File.Exists(ProcessIdFile(directory)) && int.TryParse(File.ReadAllText(ProcessIdFile(directory)), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    public void Dispose()
    {
        // The directory itself may be gone: whoever holds it may delete it.
        if (Directory.Exists(Path.GetDirectoryName(_processIdFile)))
        {
            File.Delete(_processIdFile);
        }

        _held.Dispose();
    }

    private static void Create(DataDirectory directory)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(directory.Path)) is { } parent)
        {
            Directory.CreateDirectory(parent);
        }

        // An existing one keeps its mode: who made it may share it with a group.
        Directory.CreateDirectory(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string ProcessIdFile(DataDirectory directory) => Path.Combine(directory.Path, "weir.pid");
}

/// <summary>Another process holds the data directory.</summary>
public sealed class DataDirectoryInUseException(string path, int? processId)
    : Exception(processId is { } pid
        ? $"The data directory {path} is in use by the running weir with process id {pid}."
        : $"The data directory {path} is in use by another process.")
{
    /// <summary>The holder, when it could be learnt.</summary>
    public int? ProcessId { get; } = processId;
}
