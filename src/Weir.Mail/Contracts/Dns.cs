using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Weir.Mail.Resolving;

namespace Weir.Mail.Contracts;

/// <summary>Makes sources of DNS answers.</summary>
public static class Dns
{
    /// <summary>Answers from a JSON file <c>{"name": {"TXT": […], "MX": […], "A": […], "AAAA": […], "PTR": […], "CNAME": "…"}}</c>; a missing name is NXDOMAIN.</summary>
    /// <exception cref="InvalidDataException">The file is not such a zone.</exception>
    public static IDns FromZoneFile(string path) => ZoneFileDns.Parse(File.ReadAllBytes(path), path);

    /// <summary>The same from text.</summary>
    /// <exception cref="InvalidDataException">The text is not such a zone.</exception>
    public static IDns FromZone(ReadOnlyMemory<byte> json) => ZoneFileDns.Parse(json, "zone");

    /// <summary>Answers from the network, cached as long as each record allows.</summary>
    public static IDns System(DnsOptions options) => new SystemDns(options);
}

/// <summary>Section <c>dns</c> of <c>weir.json</c>: who answers DNS questions.</summary>
public sealed record DnsOptions : IValidatableObject
{
    /// <summary>The resolver as <c>address</c>, <c>address:port</c> or <c>[v6]:port</c>; empty = the resolvers of the operating system.</summary>
    public string Server { get; init; } = "";

    /// <summary>Longest wait for one answer, in milliseconds; one repetition follows within the same bound.</summary>
    [Range(50, 10_000)]
    public int Timeout { get; init; } = 2_000;

    /// <summary>Longest time that all questions about one message may take together, in milliseconds.</summary>
    [Range(100, 60_000)]
    public int Total { get; init; } = 8_000;

    /// <summary>A JSON zone that answers everything instead of a resolver (demo and tests); empty = none.</summary>
    [ConfigurationKeyName("zone-file")]
    public string ZoneFile { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Server.Length > 0 && !global::System.Net.IPEndPoint.TryParse(Server, out _))
        {
            yield return new ValidationResult($"server is '{Server}'. Write an address with an optional port, such as 127.0.0.1:53.");
        }
    }
}
