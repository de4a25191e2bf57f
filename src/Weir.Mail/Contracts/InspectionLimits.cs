namespace Weir.Mail.Contracts;

/// <summary>Limits of reading the files of one message, for all of them together.</summary>
public sealed record InspectionLimits
{
    /// <summary>Files read, those inside of others too.</summary>
    public int Files { get; init; } = 2_000;

    /// <summary>Files inside files.</summary>
    public int Depth { get; init; } = 6;

    /// <summary>Features kept.</summary>
    public int Features { get; init; } = 500;

    /// <summary>URLs kept.</summary>
    public int Urls { get; init; } = 1_000;

    /// <summary>Bytes taken out of documents, all together; archives have their own account.</summary>
    public long EmbeddedBytes { get; init; } = 64L << 20;

    /// <summary>Limits of archives, and of messages inside files.</summary>
    public ParseLimits Parse { get; init; } = ParseLimits.Default;

    public static InspectionLimits Default { get; } = new();
}
