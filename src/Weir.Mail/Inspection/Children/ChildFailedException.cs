namespace Weir.Mail.Inspection.Children;

/// <summary>A child did not answer.</summary>
internal sealed class ChildFailedException : Exception
{
    public ChildFailedException()
    {
    }

    public ChildFailedException(string message)
        : base(message)
    {
    }

    public ChildFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>It went over a limit and was ended; else it ended by itself.</summary>
    public bool IsOverLimit { get; init; }
}
