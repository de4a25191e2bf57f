namespace Weir.Storage.Contracts;

/// <summary>The data directory was written by a newer Weir: an older one does not know what its tables mean and leaves it alone.</summary>
/// <param name="migration">A migration that this version does not know.</param>
public sealed class NewerDatabaseException(string path, string migration)
    : Exception($"{path} was written by a newer version of Weir (it has {migration}, which this version does not know). Start that version, or put back a back-up of this one's time.");
