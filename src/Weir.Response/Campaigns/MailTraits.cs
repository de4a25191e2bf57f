using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;

namespace Weir.Response.Campaigns;

/// <summary>Reads the traits of a judged message. Bounded: of many files and links few are taken, the same few of the same many.</summary>
internal static class MailTraits
{
    private const int MostFiles = 8;
    private const int MostPages = 12;
    private const int MostHosts = 6;
    private const int MostMalware = 4;
    private const int MostSigners = 4;
    private const int LongestValue = 300;

    /// <summary>Smaller files are tracking pixels, empty texts and the like.</summary>
    private const int LeastFile = 64;

    /// <param name="helo">What the sending machine said of itself; empty when unknown.</param>
    public static List<SpokenTrait> Of(MessageJudged judged, string helo)
    {
        var traits = new List<SpokenTrait>();
        if (judged.EmailClusterId != 0)
        {
            traits.Add(new SpokenTrait(new Trait((ulong)judged.EmailClusterId, TraitKind.Body), ""));
        }

        if (SubjectShape.Of(judged.Subject, judged.Recipients.Select(recipient => recipient.Address)) is { } subject)
        {
            Add(traits, TraitKind.Subject, subject);
        }

        Payload(judged, traits);
        Infrastructure(judged, helo, traits);
        return traits;
    }

    private static void Payload(MessageJudged judged, List<SpokenTrait> traits)
    {
        foreach (var hash in judged.Attachments.Where(IsPayload).Select(file => file.Sha256).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostFiles))
        {
            Add(traits, TraitKind.File, hash);
        }

        foreach (var name in judged.ThreatNames.Split(", ", StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostMalware))
        {
            Add(traits, TraitKind.Malware, name);
        }

        var shapes = judged.Urls.Where(url => url.Location != "Header").Select(url => (Shape: UrlShape.Of(url.Url), IsThreat: url.ThreatTypes.Length > 0)).ToList();
        foreach (var page in Few(shapes.Select(one => (one.Shape?.Page ?? "", one.IsThreat)), MostPages))
        {
            Add(traits, TraitKind.Page, page);
        }

        foreach (var host in Few(shapes.Select(one => (one.Shape?.Site ?? "", one.IsThreat)), MostHosts))
        {
            Add(traits, TraitKind.Host, host);
        }

        var answers = judged.ReplyTo.Split(", ")[0].Trim().ToLowerInvariant();
        if (answers.Contains('@', StringComparison.Ordinal) && !answers.Equals(judged.SenderFromAddress, StringComparison.OrdinalIgnoreCase))
        {
            Add(traits, TraitKind.Answers, answers);
        }
    }

    /// <summary>What was found to be a threat first, then in an order that nobody but the values decides: copies give the same few.</summary>
    private static IEnumerable<string> Few(IEnumerable<(string Value, bool IsThreat)> values, int most) =>
        values.Where(one => one.Value.Length > 0).GroupBy(one => one.Value, StringComparer.Ordinal)
            .OrderByDescending(group => group.Any(one => one.IsThreat)).ThenBy(group => Trait.Of(TraitKind.Page, group.Key).Key)
            .Select(group => group.Key).Take(most);

    /// <summary>Pictures are logos, and signatures differ by nature.</summary>
    private static bool IsPayload(RecordedAttachment file) =>
        file.Sha256.Length > 0 && file.Size >= LeastFile && !file.ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
        && !file.ContentType.Contains("signature", StringComparison.OrdinalIgnoreCase);

    private static void Infrastructure(MessageJudged judged, string helo, List<SpokenTrait> traits)
    {
        // Anybody can write a name: only what is proven is the sender's.
        var proven = new[]
        {
            Says(judged, "SPF") ? DomainOf(judged.SenderMailFromAddress) : "",
            Says(judged, "DMARC") ? DomainOf(judged.SenderFromAddress) : "",
        };
        foreach (var domain in proven.Where(IsOwn).Select(CommonPlaces.Registered).Distinct(StringComparer.Ordinal))
        {
            Add(traits, TraitKind.Domain, domain);
        }

        foreach (var signer in Signers(judged).Where(IsOwn).Select(CommonPlaces.Registered).Distinct(StringComparer.Ordinal).Take(MostSigners))
        {
            Add(traits, TraitKind.Signer, signer);
        }

        if (NetworkOf(judged.SenderIp) is { } network)
        {
            Add(traits, TraitKind.Network, network);
        }

        if (IsOwn(helo) && helo[0] != '[' && !IPAddress.TryParse(helo, out _))
        {
            Add(traits, TraitKind.Helo, CommonPlaces.Registered(helo));
        }
    }

    /// <summary>The /24 of an IPv4 address, the /64 of an IPv6 one; nothing for addresses of no network of the world.</summary>
    private static string? NetworkOf(string ip)
    {
        if (!IPAddress.TryParse(ip, out var address) || IPAddress.IsLoopback(address))
        {
            return null;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        var length = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        if (bytes is [10, ..] or [192, 168, ..] or [172, >= 16 and < 32, ..] || bytes.All(value => value == 0))
        {
            return null;
        }

        bytes.AsSpan(length).Clear();
        return $"{new IPAddress(bytes)}/{(length == 3 ? "24" : "64")}";
    }

    private static bool IsOwn(string domain) => domain.Contains('.', StringComparison.Ordinal) && !CommonPlaces.IsSender(CommonPlaces.Registered(domain)) && !CommonPlaces.IsSender(domain);

    private static bool Says(MessageJudged judged, string check) => judged.AuthenticationDetails.Contains($"\"{check}\":\"pass\"", StringComparison.Ordinal);

    private static IEnumerable<string> Signers(MessageJudged judged)
    {
        if (!Says(judged, "DKIM") || judged.AuthenticationEvidence.Length == 0)
        {
            return [];
        }

        try
        {
            using var evidence = JsonDocument.Parse(judged.AuthenticationEvidence);
            return evidence.RootElement.TryGetProperty("dkim", out var dkim) && dkim.TryGetProperty("signatures", out var signatures)
                ? [.. signatures.EnumerateArray().Where(one => one.GetProperty("result").GetString() == "pass").Select(one => one.GetProperty("domain").GetString() ?? "")]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Evidence of another form names no signer.
            return [];
        }
    }

    private static string DomainOf(string address) => address.LastIndexOf('@') is >= 0 and var at ? address[(at + 1)..].Trim().TrimEnd('>', '.').ToLowerInvariant() : "";

    private static void Add(List<SpokenTrait> traits, TraitKind kind, string value) => traits.Add(SpokenTrait.Of(kind, value.Length > LongestValue ? value[..LongestValue] : value));
}
