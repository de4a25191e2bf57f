using Weir.Mail.Inspection.Passwords;

namespace Weir.Mail.Inspection;

/// <summary>One file as a reader gets it.</summary>
internal sealed record FileToRead
{
    public required string FileType { get; init; }

    /// <summary>Without folders; empty when it has none.</summary>
    public required string FileName { get; init; }

    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The part of the message.</summary>
    public required string PartPath { get; init; }

    /// <summary>Where it lies inside the part; empty for the part itself.</summary>
    public string Inside { get; init; } = "";

    /// <summary>Passwords to try, shared by everything in the part.</summary>
    public PasswordTrial Passwords { get; init; } = PasswordTrial.None;

    /// <summary>0 for a part of the message.</summary>
    public int Depth { get; init; }
}
