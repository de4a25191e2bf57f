using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Mail.Resolving;

namespace Weir.Mail.Authentication.Dkim;

/// <summary>A parsed DKIM-Signature (RFC 6376 §3.5) or ARC-Message-Signature field.</summary>
internal sealed partial record DkimSignature
{
    public required string Algorithm { get; init; }
    public required byte[] Signature { get; init; }
    public required byte[] BodyHash { get; init; }
    public required string Domain { get; init; }
    public required string Selector { get; init; }

    /// <summary>Names of the signed fields, in the order in which they are hashed.</summary>
    public required IReadOnlyList<string> SignedFields { get; init; }

    /// <summary>The domain of <c>i=</c>; <c>d=</c> when it is absent. ARC has no identity.</summary>
    public required string IdentityDomain { get; init; }

    public bool IsHeaderRelaxed { get; init; }
    public bool IsBodyRelaxed { get; init; }

    /// <summary>Octets of the canonical body that are signed; nothing = all of it.</summary>
    public long? BodyLength { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long? Expires { get; init; }

    /// <summary>The signature, or why the field is none; the tags, as far as they could be read, name it in reports.</summary>
    public static (DkimSignature? Signature, string Error, string Domain, string Selector) Parse(string value)
    {
        if (TagList.ParseStrict(value) is not { } tags)
        {
            return (null, "malformed tag list", "", "");
        }

        var domain = DomainName.Canonical(tags["d"] ?? "");
        var selector = DomainName.Canonical(tags["s"] ?? "");
        var (signature, error) = Own(tags, domain) is { Length: > 0 } wrong ? (null, wrong) : Read(tags, domain, selector, "simple/simple");
        return (signature, error, domain, selector);
    }

    /// <summary>An ARC-Message-Signature (RFC 8617 §4.1.2): no version, i= is the instance, h= may be empty but names no seal. Without c= both forms are relaxed, as sealers mean it.</summary>
    public static (DkimSignature? Signature, string Error) ParseArc(TagList tags) =>
        FieldsOf(tags).Contains("arc-seal", StringComparer.OrdinalIgnoreCase)
            ? (null, "h= names ARC-Seal")
            : Read(tags, DomainName.Canonical(tags["d"] ?? ""), DomainName.Canonical(tags["s"] ?? ""), "relaxed/relaxed");

    /// <summary>What only a DKIM-Signature must have; empty when it has.</summary>
    private static string Own(TagList tags, string domain)
    {
        if (tags["v"] != "1")
        {
            return tags["v"] is null ? "no version (v=)" : "unknown version (v=)";
        }

        var fields = FieldsOf(tags);
        if (fields.Exists(name => name.Length == 0) || !fields.Contains("from", StringComparer.OrdinalIgnoreCase))
        {
            return "From is not signed";
        }

        return DomainName.IsWithin(IdentityOf(tags, domain), domain) ? "" : "i= is outside d=";
    }

    /// <summary>A key can be published under these names.</summary>
    public static bool IsKeyName(string domain, string selector) =>
        domain.Contains('.', StringComparison.Ordinal) && DomainName.IsAskable($"{selector}._domainkey.{domain}");

    private static List<string> FieldsOf(TagList tags) => [.. (tags["h"] ?? "").Split(':').Select(name => name.Trim(' ', '\t', '\r', '\n'))];

    private static string IdentityOf(TagList tags, string domain) =>
        tags["i"] is { } written ? DomainName.Canonical(written[(written.LastIndexOf('@') + 1)..]) : domain;

    private static (DkimSignature? Signature, string Error) Read(TagList tags, string domain, string selector, string form)
    {
        foreach (var required in (string[])["a", "b", "bh", "d", "s"])
        {
            if (tags[required] is null or "")
            {
                return (null, $"no {required}=");
            }
        }

        if (tags["h"] is null)
        {
            return (null, "no h=");
        }

        if (Bytes(tags["b"]) is not { } signed || Bytes(tags["bh"]) is not { } hash)
        {
            return (null, "b= or bh= is not base64");
        }

        if (!IsKeyName(domain, selector))
        {
            return (null, "d= or s= is not a domain name");
        }

        var canonical = CanonicalPattern().Match(tags["c"] ?? form);
        if (!canonical.Success)
        {
            return (null, "unknown canonical form (c=)");
        }

        // §3.5: dns/txt is the only way to ask for a key.
        if (tags["q"] is { } query && !query.Split(':').Any(method => method.Trim(' ', '\t', '\r', '\n') == "dns/txt"))
        {
            return (null, "unknown query method (q=)");
        }

        if (!TryNumber(tags["l"], out var length) || !TryNumber(tags["x"], out var expires) || !TryNumber(tags["t"], out var stamped))
        {
            return (null, "l=, t= or x= is not a number");
        }

        if (expires <= stamped)
        {
            return (null, "x= is not after t=");
        }

        return (new DkimSignature
        {
            Algorithm = (tags["a"] ?? "").ToLowerInvariant(),
            Signature = signed,
            BodyHash = hash,
            Domain = domain,
            Selector = selector,
            SignedFields = FieldsOf(tags),
            IdentityDomain = IdentityOf(tags, domain),
            IsHeaderRelaxed = canonical.Groups["header"].Value == "relaxed",
            IsBodyRelaxed = canonical.Groups["body"].Value == "relaxed",
            BodyLength = length,
            Expires = expires,
        }, "");
    }

    /// <summary>The field's value with the text of <c>b=</c> taken out (§3.7).</summary>
    public static string WithoutSignature(string value) => SignaturePattern().Replace(value, "${tag}", 1);

    /// <summary>Base64 with folding white space inside; nothing when it is not.</summary>
    public static byte[]? Bytes(string? text)
    {
        var dense = new StringBuilder((text ?? "").Length);
        foreach (var character in text ?? "")
        {
            if (character is not (' ' or '\t' or '\r' or '\n'))
            {
                dense.Append(character);
            }
        }

        var buffer = new byte[(dense.Length * 3 / 4) + 3];
        return dense.Length > 0 && Convert.TryFromBase64String(dense.ToString(), buffer, out var written) ? buffer[..written] : null;
    }

    /// <summary>A tag that is absent, or a number.</summary>
    public static bool TryNumber(string? text, out long? number)
    {
        number = null;
        if (text is null)
        {
            return true;
        }

        // §3.5 allows 76 digits for l= and 12 for times: what does not fit 64 bits is beyond any message and any date.
        if (text.Length is 0 or > 76 || !text.All(char.IsAsciiDigit))
        {
            return false;
        }

        number = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : long.MaxValue;
        return true;
    }

    [GeneratedRegex("^(?<header>simple|relaxed)(?:/(?<body>simple|relaxed))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CanonicalPattern();

    [GeneratedRegex(@"(?<tag>(^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SignaturePattern();
}
