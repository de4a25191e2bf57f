using System.Globalization;
using System.Net;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>Reads what was typed as the value of an entry, and spells it as it is kept.</summary>
internal static class EntryValue
{
    private const int LongestUrl = 2_048;
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>What a bare value looks like.</summary>
    public static EntryKind KindOf(string value) =>
        value.Contains(',', StringComparison.Ordinal) ? EntryKind.Spoof
        : value.Contains("://", StringComparison.Ordinal) ? EntryKind.Url
        : value.IndexOf('@', StringComparison.Ordinal) > 0 ? EntryKind.Sender
        : IpRange.Of(value) is not null || (value.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(value.AsSpan(0, value.IndexOf('/', StringComparison.Ordinal)), out _)) ? EntryKind.IpAddress
        : value.Contains('/', StringComparison.Ordinal) ? EntryKind.Url
        : value.Length == 64 && value.All(char.IsAsciiHexDigit) ? EntryKind.FileHash
        : EntryKind.SenderDomain;

    /// <summary>The value as it is kept, or the problem.</summary>
    public static (string Value, string? Problem) Read(EntryKind kind, string text)
    {
        text = text.Trim();
        if (HiddenLetters.In(text) is { } hidden)
        {
            return ("", $"The value has a character that cannot be seen ({HiddenLetters.Name(hidden)}).");
        }

        return kind switch
        {
            EntryKind.Sender => Address(text),
            EntryKind.SenderDomain or EntryKind.UrlDomain => Domain(text) is { } domain ? (domain, null) : ("", $"\"{Short(text)}\" is not a domain."),
            EntryKind.Url => Url(text),
            EntryKind.FileHash => text.Length == 64 && text.All(char.IsAsciiHexDigit) ? (text.ToLowerInvariant(), null) : ("", $"\"{Short(text)}\" is not a SHA-256 of 64 hexadecimal digits."),
            EntryKind.IpAddress => IpRange.Of(text) is { } range ? (range.ToString(), null) : ("", $"\"{Short(text)}\" is neither an IP address nor a network such as 192.0.2.0/24."),
            _ => Pair(text),
        };
    }

    /// <summary>In ASCII and lower case, with <c>*.</c> before it when only what is below is meant; nothing when it is no domain.</summary>
    private static string? Domain(string text)
    {
        var name = text.TrimStart('@').TrimEnd('.').ToLowerInvariant();
        var isBelow = name.StartsWith(DomainPattern.Below, StringComparison.Ordinal);
        name = isBelow ? name[DomainPattern.Below.Length..] : name;
        try
        {
            name = name.All(char.IsAscii) ? name : Idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }

        return name.Length is > 0 and < 254 && name.Split('.').All(IsLabel) && !name.All(letter => char.IsAsciiDigit(letter) || letter == '.') ? (isBelow ? DomainPattern.Below : "") + name : null;
    }

    private static bool IsLabel(string label) => label.Length is > 0 and < 64 && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') && label[0] != '-' && label[^1] != '-';

    private static (string Value, string? Problem) Address(string text)
    {
        var address = text.Trim('<', '>').ToLowerInvariant();
        var at = address.LastIndexOf('@');
        return at > 0 && at < 320 && (address.IndexOf('@', StringComparison.Ordinal) == at || address.StartsWith('"')) && !address.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is ',' or ';') && Domain(address[(at + 1)..]) is { } domain && !domain.StartsWith('*')
            ? (address[..(at + 1)] + domain, null)
            : ("", $"\"{Short(text)}\" is not an address.");
    }

    private static (string Value, string? Problem) Url(string text)
    {
        var url = UrlText.Of(text);
        if (text.Length > LongestUrl || text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
        {
            return ("", $"\"{Short(text)}\" is not a URL; it has at most {LongestUrl:N0} characters and no spaces.");
        }

        if (text.Contains("://", StringComparison.Ordinal) && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("*://", StringComparison.Ordinal))
        {
            return ("", $"\"{Short(text)}\" is not a URL of the web.");
        }

        var host = IPAddress.TryParse(url.Host.Trim('[', ']'), out _) ? url.Host : Domain(url.Host);
        if (host is null || (!host.Contains('.', StringComparison.Ordinal) && !host.StartsWith('[')))
        {
            return ("", $"\"{Short(text)}\" is not a URL: there is no host in it; write evil.example/login or https://evil.example/login.");
        }

        var rest = url.Rest.TrimEnd('/');
        return rest.Count(letter => letter == '*') > UrlPattern.MostStars ? ("", $"A URL has at most {UrlPattern.MostStars} stars.") : (host + rest, null);
    }

    private static (string Value, string? Problem) Pair(string text)
    {
        if (SpoofPair.Of(text) is not { } pair)
        {
            return ("", $"\"{Short(text)}\" is not a pair: write the sender that is shown, a comma, and who sends it, such as weir.example, mailer.example or weir.example, 192.0.2.0/24.");
        }

        var shown = pair.Shown == SpoofPair.Anybody ? pair.Shown : pair.Shown.IndexOf('@', StringComparison.Ordinal) > 0 ? Address(pair.Shown).Value : Domain(pair.Shown);
        var sends = pair.Sends == SpoofPair.Anybody ? pair.Sends : IpRange.Of(pair.Sends)?.ToString() ?? Domain(pair.Sends);
        return string.IsNullOrEmpty(shown) ? ("", $"\"{Short(pair.Shown)}\" is neither an address, nor a domain, nor *.")
            : sends is null ? ("", $"\"{Short(pair.Sends)}\" is neither a domain, nor an IP address or network, nor *.")
            : shown == SpoofPair.Anybody && sends == SpoofPair.Anybody ? ("", "A pair of * and * is every message.")
            : (new SpoofPair(shown, sends).ToString(), null);
    }

    private static string Short(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
}
