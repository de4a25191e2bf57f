namespace Weir.Mail.Contracts;

/// <summary>A link that a product had rewritten, led back to what it stands for.</summary>
public sealed record UnwrappedUrl
{
    /// <summary>The target as the rewriter wrote it down; when <see cref="IsUnresolved"/> the last link that could be read.</summary>
    public required string Url { get; init; }

    /// <summary>Products that had rewritten it to check or count clicks, the outermost first, joined by commas; empty when only a forwarder did.</summary>
    public string WrappedBy { get; init; } = "";

    /// <summary>Sites that send a visitor on to whatever stands in the link, joined by commas; empty when there was none. Nobody checks anything there.</summary>
    public string ForwardedBy { get; init; } = "";

    /// <summary>Only the product knows where the link leads.</summary>
    public bool IsUnresolved { get; init; }
}
