using Weir.Storage.Contracts;

namespace Weir.Server.Samples;

/// <summary>A data directory of invented data, known by a marker file: only such a directory is ever filled or deleted by the command that made it.</summary>
/// <param name="path">Where it is.</param>
/// <param name="command">The command that makes and deletes it, such as <c>weir demo</c>.</param>
/// <param name="markerName">The file that says so.</param>
internal sealed class MarkedDirectory(string path, string command, string markerName)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string Marker => System.IO.Path.Combine(Path, markerName);

    /// <summary>The demo's data: mail of the invented organisation that came through intake.</summary>
    public static MarkedDirectory OfMail(string path, string command) => new(path, command, ".weir-demo");

    /// <summary>The demo's data while a real mail server has the mailboxes.</summary>
    public static MarkedDirectory OfLab(string path) => new(path, "weir demo --lab", ".weir-demo-lab");

    /// <summary>Rows without mail, for load.</summary>
    public static MarkedDirectory OfRows(string path) => new(path, "weir sample --rows", ".weir-rows");

    /// <summary>Makes the directory ready, deleting what is there when a fresh start is wanted.</summary>
    /// <returns>Nothing when it is ready, else why not and what to do.</returns>
    public string? Prepare(bool reset)
    {
        if (System.IO.Directory.Exists(Path) && System.IO.Directory.EnumerateFileSystemEntries(Path).Any())
        {
            if (!File.Exists(Marker))
            {
                return $"{Path} is not empty and was not made by `{command}` (it has no {markerName}), so it is left alone. Name another folder with --data DIR.";
            }

            if (!reset)
            {
                return null;
            }

            using var held = DataDirectoryLock.TryTake(new DataDirectory(Path));
            if (held is null)
            {
                return $"A running weir holds {Path}: stop it before its data is deleted.";
            }

            System.IO.Directory.Delete(Path, recursive: true);
        }

        System.IO.Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Marker, $"This folder belongs to `{command}`, which deletes it with --reset.\n");
        return null;
    }
}
