namespace Weir.Access.Contracts;

/// <summary>What people chose for themselves: texts by name. Everybody has their own, at every browser, and sees nobody else's.</summary>
public interface IPreferences
{
    /// <summary>The caller's text under this name; nothing when there is none.</summary>
    ValueTask<string?> FindAsync(Caller caller, string name, CancellationToken cancellationToken);

    /// <summary>Keeps a text for the caller in place of the one before; nothing forgets it.</summary>
    /// <exception cref="ArgumentException">It is longer than <see cref="Longest"/>.</exception>
    ValueTask SetAsync(Caller caller, string name, string? text, CancellationToken cancellationToken);

    /// <summary>Characters of the longest text.</summary>
    const int Longest = 4_000;
}
