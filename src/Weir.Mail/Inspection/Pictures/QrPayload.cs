using System.Text.RegularExpressions;
using Weir.Mail.Contracts;

namespace Weir.Mail.Inspection.Pictures;

/// <summary>What a QR code says, as a phone understands it.</summary>
internal static partial class QrPayload
{
    /// <summary>Tells the code to the findings: a feature, and the web address in it when it has one.</summary>
    /// <param name="how">Where and how it stood, such as <c>in page 2</c>; empty for a plain picture.</param>
    public static void Tell(FileFindings found, string text, string feature, string how)
    {
        var where = how.Length > 0 ? $" {how}" : "";
        if (Address(text) is { } address)
        {
            found.Url(address, source: UrlSource.QrCode);
            found.Feature(feature, $"A QR code{where} leads to {address}", place: how);
        }
        else
        {
            found.Feature($"{feature}-{Kind(text)}", $"A QR code{where}: {Kind(text)}", place: how);
        }
    }

    /// <summary>The web address that a phone offers to open: the whole text, the value of a bookmark, or an address within other text. None for payments.</summary>
    internal static string? Address(string text)
    {
        var plain = text.Trim();
        if (Prefixed().Match(plain) is { Success: true } prefixed)
        {
            plain = prefixed.Groups["url"].Value.Replace("\\:", ":", StringComparison.Ordinal);
        }

        if (Kind(plain) != "text")
        {
            return null;
        }

        return Within().Match(plain) is { Success: true } address ? address.Value
            : Bare().IsMatch(plain) && Urls.Linkifier.Find(plain, 1) is [var range, ..] && range.Start.Value == 0 ? plain[range]
            : null;
    }

    /// <summary>Kinds by the beginning that their standards give: EPC and Swiss payments, EMV, contacts, networks, one-time passwords.</summary>
    private static string Kind(string text) =>
        text.StartsWith("BCD\n", StringComparison.Ordinal) || text.StartsWith("BCD\r\n", StringComparison.Ordinal) || text.StartsWith("SPC\n", StringComparison.Ordinal) || text.StartsWith("SPC\r\n", StringComparison.Ordinal)
            || text.StartsWith("000201", StringComparison.Ordinal) || text.StartsWith("SPD*", StringComparison.Ordinal) || text.StartsWith("bitcoin:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ethereum:", StringComparison.OrdinalIgnoreCase) ? "payment"
        : text.StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase) || text.StartsWith("MECARD:", StringComparison.OrdinalIgnoreCase) ? "contact"
        : text.StartsWith("BEGIN:VEVENT", StringComparison.OrdinalIgnoreCase) || text.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase) ? "appointment"
        : text.StartsWith("WIFI:", StringComparison.OrdinalIgnoreCase) ? "network"
        : text.StartsWith("otpauth:", StringComparison.OrdinalIgnoreCase) ? "one-time-password"
        : "text";

    [GeneratedRegex(@"^(?:URLTO:|MEBKM:(?:TITLE:[^;]*;)?URL:)(?<url>[^;]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"(?:https?|ftp)://\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Within();

    [GeneratedRegex(@"^[^\s@]+\.[^\s@]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Bare();
}
