using System.ComponentModel.DataAnnotations;

namespace Weir.Server.Hosting;

/// <summary>Section <c>server</c> of <c>weir.json</c>: where the portal listens.</summary>
internal sealed record ServerOptions
{
    /// <summary>Address to listen on. Loopback by default; put a TLS proxy in front for others.</summary>
    [Required]
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>TCP port of the portal.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 7443;

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed besides those on this machine: addresses and networks (<c>192.0.2.0/24</c>).</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];
}
