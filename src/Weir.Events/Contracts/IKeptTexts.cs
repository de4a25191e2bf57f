using Weir.Access.Contracts;

namespace Weir.Events.Contracts;

/// <summary>
/// Texts that are too long for an address, such as a pasted list of ten thousand senders: kept once under a name that follows from what they say, so that an
/// address that names one shows the same to everybody. Requires <see cref="Permission.EmailMetadataRead"/>.
/// </summary>
public interface IKeptTexts
{
    /// <summary>Longest text, in characters.</summary>
    const int Longest = 2_000_000;

    /// <summary>Keeps a text.</summary>
    /// <returns>Its name: 32 hex digits.</returns>
    /// <exception cref="ArgumentException">It is longer than <see cref="Longest"/>.</exception>
    ValueTask<string> KeepAsync(Caller caller, string text, CancellationToken cancellationToken);

    /// <summary>The text of a name; nothing when it is not kept (any more). One that nobody asked for in a year is forgotten.</summary>
    ValueTask<string?> FindAsync(Caller caller, string name, CancellationToken cancellationToken);
}
