using System.Buffers;
using System.Globalization;
using System.Text;

namespace Weir.Mail.Urls;

/// <summary>Hosts of the URL Standard §3.5: domains in ASCII, IPv4 in all spellings that browsers accept, IPv6, opaque hosts.</summary>
internal static class UrlHost
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\0\t\n\r #/:<>?@[\\]^|");
    private static readonly SearchValues<char> ForbiddenInDomain = SearchValues.Create(
        [.. "\0\t\n\r #/:<>?@[\\]^|%\u007F", .. Enumerable.Range(0, 0x20).Select(code => (char)code)]);

    /// <summary>The serialised host; nothing when it is none.</summary>
    public static string? Parse(string input, bool isOpaque)
    {
        if (input.StartsWith('['))
        {
            return input.EndsWith(']') && Ipv6Text.Parse(input[1..^1]) is { } ip ? $"[{ip}]" : null;
        }

        if (isOpaque)
        {
            return input.AsSpan().IndexOfAny(Forbidden) >= 0 ? null : PercentEncoding.Encode(input, PercentEncoding.Control);
        }

        // UTF-8 decode without BOM: a byte order mark stays and is ignored by the mapping.
        var domain = input.Contains('%', StringComparison.Ordinal) ? Encoding.UTF8.GetString(PercentEncoding.Decode(input)) : input;
        if (Idna.ToAscii(domain) is not { Length: > 0 } ascii || ascii.AsSpan().IndexOfAny(ForbiddenInDomain) >= 0)
        {
            return null;
        }

        return EndsInNumber(ascii) ? ParseIpv4(ascii) : ascii;
    }

    private static bool EndsInNumber(string domain)
    {
        var labels = domain.Split('.').ToList();
        if (labels[^1].Length == 0)
        {
            if (labels.Count == 1)
            {
                return false;
            }

            labels.RemoveAt(labels.Count - 1);
        }

        var last = labels[^1];
        return (last.Length > 0 && last.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0);
    }

    private static string? ParseIpv4(string domain)
    {
        var parts = domain.Split('.').ToList();
        if (parts[^1].Length == 0 && parts.Count > 1)
        {
            parts.RemoveAt(parts.Count - 1);
        }

        if (parts.Count > 4)
        {
            return null;
        }

        var address = 0UL;
        for (var i = 0; i < parts.Count; i++)
        {
            if (Number(parts[i]) is not { } number)
            {
                return null;
            }

            var isLast = i == parts.Count - 1;
            if (isLast ? number >= 1UL << (8 * (5 - parts.Count)) : number > 255)
            {
                return null;
            }

            address += isLast ? number : number << (8 * (3 - i));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
    }

    private static ulong? Number(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var (digits, radix) = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? (text[2..], 16UL)
            : text.Length > 1 && text[0] == '0' ? (text[1..], 8UL)
            : (text, 10UL);
        var value = 0UL;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? (ulong)Convert.ToInt32(c.ToString(), 16) : 99;
            if (digit >= radix)
            {
                return null;
            }

            value = Math.Min((value * radix) + digit, 1UL << 40);
        }

        return value;
    }
}
