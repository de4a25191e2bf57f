namespace Weir.Server.Demo;

/// <summary>The demo's data directory, known by a marker file: only such a directory is ever filled or deleted by the demo.</summary>
internal sealed class DemoDirectory(string path)
{
    private const string MarkerName = ".weir-demo";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string Marker => System.IO.Path.Combine(Path, MarkerName);

    /// <summary>Makes the directory ready, deleting what is there when a fresh start is wanted.</summary>
    /// <returns>Nothing when it is ready, else why not and what to do.</returns>
    public string? Prepare(bool reset)
    {
        if (System.IO.Directory.Exists(Path) && System.IO.Directory.EnumerateFileSystemEntries(Path).Any())
        {
            if (!File.Exists(Marker))
            {
                return $"{Path} is not empty and was not made by `weir demo` (it has no {MarkerName}), so the demo leaves it alone. Name another folder with --data DIR.";
            }

            if (!reset)
            {
                return null;
            }

            System.IO.Directory.Delete(Path, recursive: true);
        }

        System.IO.Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Marker, "This folder belongs to `weir demo`. `weir demo --reset` deletes it.\n");
        return null;
    }
}
