using Weir.Storage.Contracts;

namespace Weir.Server.Hosting;

/// <summary>How a host is put together.</summary>
internal sealed record ServerHostSettings
{
    public required DataDirectory Directory { get; init; }

    /// <summary>Settings that win over <c>weir.json</c> and the environment (command line, tests).</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Serve the portal; off for commands that only need the doors.</summary>
    public bool WithPortal { get; init; } = true;

    /// <summary>Lowest level written to the terminal.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Further parts, such as those of the demo.</summary>
    public Action<IServiceCollection> Further { get; init; } = _ => { };
}
