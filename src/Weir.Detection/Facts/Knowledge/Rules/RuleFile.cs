using Microsoft.Extensions.Logging;
using Weir.Detection.Verdicts;

namespace Weir.Detection.Facts.Knowledge.Rules;

/// <summary>The general filter's rules in a file. Looked at again at most once a second; a changed file is in force at the next message.</summary>
internal sealed partial class RuleFile(string path, TimeProvider time, ILogger<RuleFile> logger) : IVersioned
{
    private const long LongestFile = 1 << 20;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long _looked;
    private (DateTime Written, long Length) _version;
    private IReadOnlyList<AnalystRule> _rules = [];
    private IReadOnlyList<string> _errors = [];

    public string Path => path;

    public string Name => "own rules";

    /// <summary>Of the text in force.</summary>
    public string Version { get; private set; } = "";

    public IReadOnlyList<AnalystRule> Current => Read().Rules;

    /// <summary>The rules in force, and what is wrong in the file.</summary>
    public (IReadOnlyList<AnalystRule> Rules, IReadOnlyList<string> Errors) Read()
    {
        lock (_gate)
        {
            if (path.Length > 0 && (_looked == 0 || time.GetElapsedTime(_looked) >= BetweenLooks))
            {
                _looked = Math.Max(1, time.GetTimestamp());
                Refresh();
            }

            return (_rules, _errors);
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
            var text = file.Exists && file.Length <= LongestFile ? File.ReadAllText(path) : "";
            (_rules, _errors) = file.Exists && file.Length > LongestFile ? ([], [$"the file is longer than {LongestFile} bytes."]) : RuleText.Parse(text);
            Version = _rules.Count > 0 ? JudgingVersions.Hash([text]) : "";
            _version = version;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The rules in force stay.
            Unreadable(exception, path);
            return;
        }

        foreach (var error in _errors)
        {
            Malformed(path, error);
        }
    }

    [LoggerMessage(2023, LogLevel.Error, "The rules {Path} cannot be read; those read before stay in force.")]
    private partial void Unreadable(Exception exception, string path);

    [LoggerMessage(2024, LogLevel.Warning, "{Path}, {Message} The rule is left out.")]
    private partial void Malformed(string path, string message);
}
