namespace Weir.Server.Local;

/// <summary>A command that works on a data directory was given none; only <c>serve</c>, <c>demo</c> and <c>sample</c> make one.</summary>
internal sealed class NoDataDirectoryException(string path)
    : Exception($"There is no data directory at {path}. Make one with weir serve --data {path}, or name another with --data.");
