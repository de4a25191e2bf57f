using Microsoft.Extensions.Logging;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>The allow/block list in a file. Looked at again at most once a second; a changed file is in force at the next question.</summary>
internal sealed partial class AllowBlockFile(string path, TimeProvider time, ILogger<AllowBlockFile> logger) : IAllowBlockList
{
    private readonly Lock _gate = new();
    private long _looked;
    private (DateTime Written, long Length) _version;
    private IReadOnlyList<AllowBlockEntry> _entries = [];

    /// <summary>What is wrong in the file as last read.</summary>
    public IReadOnlyList<AllowBlockError> Errors { get; private set; } = [];

    public IReadOnlyList<AllowBlockEntry> Current(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_looked == 0 || time.GetElapsedTime(_looked) >= TimeSpan.FromSeconds(1))
            {
                _looked = Math.Max(1, time.GetTimestamp());
                Refresh();
            }

            return _entries.Any(entry => entry.Expires <= at) ? [.. _entries.Where(entry => !(entry.Expires <= at))] : _entries;
        }
    }

    private void Refresh()
    {
        var file = new FileInfo(path);
        var version = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (version == _version)
        {
            return;
        }

        try
        {
            (_entries, Errors) = file.Exists ? AllowBlockText.Parse(File.ReadAllText(path)) : ([], []);
            _version = version;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The entries in force stay: an unreadable list must not open the door.
            Unreadable(exception, path);
            return;
        }

        foreach (var error in Errors)
        {
            Malformed(path, error.Line, error.Message);
        }
    }

    [LoggerMessage(2501, LogLevel.Error, "The allow/block list {Path} cannot be read; the entries read before stay in force.")]
    private partial void Unreadable(Exception exception, string path);

    [LoggerMessage(2502, LogLevel.Warning, "{Path}, line {Line}: {Message} The line is left out.")]
    private partial void Malformed(string path, int line, string message);
}
