namespace Weir.Gateway.Delivery;

/// <summary>How far a file was read: a fingerprint of its first line tells it from the file that takes its name after a rotation.</summary>
internal sealed record FilePosition(string Head, long Offset)
{
    public static FilePosition Start { get; } = new("", 0);
}
