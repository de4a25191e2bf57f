namespace Weir.Storage.Contracts;

/// <summary>The one directory that a running Weir owns.</summary>
public sealed record DataDirectory(string Path)
{
    /// <summary>The SQLite file with everything that people edit.</summary>
    public string Database => System.IO.Path.Combine(Path, "weir.db");

    /// <summary>The log, one SQLite file a day.</summary>
    public string Log => System.IO.Path.Combine(Path, "log");

    /// <summary>The DuckDB file with the hunting tables; rebuilt from the log when missing.</summary>
    public string EventStore => System.IO.Path.Combine(Path, "events.duckdb");

    /// <summary>Packs of raw messages.</summary>
    public string Blobs => System.IO.Path.Combine(Path, "blobs");

    /// <summary>Keys: of blobs, of cookies, of tokens. Backed up apart.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");
}
