using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Weir.Mail;

/// <summary>Section <c>mail</c> of <c>weir.json</c>.</summary>
internal sealed record MailOptions : IValidatableObject
{
    /// <summary>The hops before ours: addresses, networks, or names (<c>.example.org</c> = all below). SPF is about the machine before them.</summary>
    [ConfigurationKeyName("trusted-relays")]
    public IReadOnlyList<string> TrustedRelays { get; init; } = [];

    /// <summary>Forwarders and mailing lists whose ARC seals are believed (RFC 8617): domains as in d= of ARC-Seal, <c>.example.org</c> = all below.</summary>
    [ConfigurationKeyName("trusted-arc-sealers")]
    public IReadOnlyList<string> TrustedArcSealers { get; init; } = [];

    /// <summary>A complete public suffix list in the format of publicsuffix.org; empty = the compact list that Weir brings.</summary>
    [ConfigurationKeyName("public-suffix-list")]
    public string PublicSuffixList { get; init; } = "";

    /// <summary>A network that is none would count as a name that no machine has.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TrustedRelays.Where(relay => relay.Contains('/', StringComparison.Ordinal) && !IPNetwork.TryParse(relay.Trim(), out _))
            .Select(relay => new ValidationResult($"trusted-relays: '{relay}' is no network. Write its first address and length, such as 192.0.2.0/24."));
}
