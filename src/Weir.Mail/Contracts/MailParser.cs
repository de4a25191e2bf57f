using Weir.Mail.Mime;

namespace Weir.Mail.Contracts;

/// <summary>The door to what a message is.</summary>
public static class MailParser
{
    /// <summary>
    /// Reads a message. The result is a function of the bytes and the limits alone. Never throws on any bytes; time and memory are bounded
    /// by the size of the message and the limits.
    /// </summary>
    public static ParsedMessage Parse(ReadOnlyMemory<byte> raw, ParseLimits? limits = null) => new MessageReading(raw, limits ?? ParseLimits.Default).Read();
}

/// <summary>Limits against hostile input. Each names the attack it stops.</summary>
public sealed record ParseLimits
{
    /// <summary>Parts of the MIME tree (multipart floods).</summary>
    public int Parts { get; init; } = 1_000;

    /// <summary>Depth of the MIME tree, embedded messages included (nesting bombs).</summary>
    public int Depth { get; init; } = 50;

    /// <summary>Bytes of the header block (header floods).</summary>
    public int HeaderBytes { get; init; } = 1 << 20;

    /// <summary>URLs kept of one message (link floods).</summary>
    public int Urls { get; init; } = 2_000;

    /// <summary>Members of one archive, and of all archives together.</summary>
    public int ArchiveMembers { get; init; } = 1_000;

    /// <summary>Bytes unpacked from all archives together (zip bombs).</summary>
    public long UnpackedBytes { get; init; } = 64L << 20;

    /// <summary>Archives inside archives.</summary>
    public int ArchiveDepth { get; init; } = 4;

    /// <summary>Archives are not opened here: the inspection of attachments opens them, in a process that may be ended.</summary>
    public bool LeavesArchives { get; init; }

    public static ParseLimits Default { get; } = new();
}
