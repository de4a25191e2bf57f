namespace Weir.Portal.Shell;

/// <summary>What the host has to say to everybody in Explorer, such as that the demo is still being filled.</summary>
public interface IHostNotice
{
    /// <summary>A sentence or two; nothing when there is nothing to say (any more).</summary>
    string? Text { get; }
}

/// <summary>A host without anything to say.</summary>
internal sealed class NoNotice : IHostNotice
{
    public string? Text => null;
}
