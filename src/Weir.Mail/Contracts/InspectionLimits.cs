namespace Weir.Mail.Contracts;

/// <summary>Limits of reading the files of one message.</summary>
public sealed record InspectionLimits
{
    /// <summary>Files read, those inside of others too.</summary>
    public int Files { get; init; } = 2_000;

    /// <summary>Files inside files.</summary>
    public int Depth { get; init; } = 6;

    /// <summary>Features kept of one file.</summary>
    public int Features { get; init; } = 100;

    /// <summary>URLs kept of one file.</summary>
    public int Urls { get; init; } = 1_000;

    /// <summary>Bytes taken out of documents, all together; archives have their own account.</summary>
    public long EmbeddedBytes { get; init; } = 64L << 20;

    /// <summary>Limits of archives, and of messages inside files.</summary>
    public ParseLimits Parse { get; init; } = ParseLimits.Default;

    public static InspectionLimits Default { get; } = new();
}
