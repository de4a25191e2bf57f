namespace Weir.Intelligence.Contracts;

/// <summary>Knows Weir's own mail again when it comes back through a door: by a mark that only this installation can make, for one recipient and one message.</summary>
public interface IOwnMail
{
    /// <summary>The message with its mark on top.</summary>
    /// <param name="about">Kept in the mark, legible: what the mail is about. Letters, digits, hyphens, slashes and dots.</param>
    /// <param name="until">Afterwards the mark counts for nothing.</param>
    byte[] Sign(ReadOnlyMemory<byte> raw, string recipient, OwnMailKind kind, string about, DateTimeOffset until);

    /// <summary>What the mark of a message is worth for these recipients. Never throws, whatever the message holds.</summary>
    OwnMailMark Check(ReadOnlyMemory<byte> raw, IReadOnlyList<string> recipients);
}

/// <summary>Texts that only this installation can have written, such as what a link in a mail carries.</summary>
public interface ISignedText
{
    /// <summary>The text with its signature, fit for an address.</summary>
    /// <param name="purpose">What it is good for: a text sealed for one purpose opens nothing else.</param>
    string Seal(string purpose, string text, DateTimeOffset until);

    /// <summary>The text again; whether it is still valid is told apart from whether it is ours.</summary>
    OpenedText Open(string purpose, string sealedText);
}

/// <summary>What a sealed text held.</summary>
/// <param name="Text">Nothing when it is not ours, or was sealed for something else.</param>
/// <param name="IsExpired">It is ours, and too old.</param>
public sealed record OpenedText(string? Text, bool IsExpired);

/// <summary>What Weir sends.</summary>
public enum OwnMailKind
{
    /// <summary>Written by Weir: digests, answers.</summary>
    Notice,

    /// <summary>Somebody else's message, given out of quarantine as it came.</summary>
    Release,
}

/// <summary>What a mark is worth.</summary>
public enum MarkState
{
    /// <summary>There is none.</summary>
    None,

    Valid,

    /// <summary>It is Weir's, for this recipient and message, and too old.</summary>
    Expired,

    /// <summary>It was not made for this recipient and this message, or not by this Weir: copied, or forged.</summary>
    Wrong,
}

/// <summary>A mark, read.</summary>
/// <param name="Recipient">In lower case; empty unless it is valid or expired.</param>
public sealed record OwnMailMark(MarkState State, OwnMailKind Kind = OwnMailKind.Notice, string About = "", string Recipient = "")
{
    /// <summary>The field that holds it.</summary>
    public const string Field = "X-Weir-Mark";
}
