namespace Weir.Events.Contracts;

/// <summary>A record of the log cannot be read. Its readers stop there: skipping it would make them wrong in silence.</summary>
public sealed class UnreadableFactException(string file, long sequence, string problem, Exception? inner = null)
    : Exception($"The log file {file} cannot be read at sequence number {sequence}: {problem} Put the file back from a backup, with the -wal file that lay beside it.", inner)
{
    public string File { get; } = file;

    public long Sequence { get; } = sequence;
}
