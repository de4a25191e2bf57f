using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>The question for the stored mail of the last thirty days that an entry speaks of: one row for each recipient, with its verdict.</summary>
internal static class EntryKql
{
    private const string Recent = "Timestamp > ago(30d)";

    /// <summary>Every IPv6 address that mail came from: KQL has no ranges of them, so those in a range are named.</summary>
    public const string AddressesV6 = $"EmailEvents\n| where {Recent} and isnotempty(SenderIPv6)\n| distinct SenderIPv6";

    /// <summary>The entry speaks of a range of IPv6 addresses, so that <see cref="AddressesV6"/> has to be asked first.</summary>
    public static IpRange? RangeV6(EntryKind kind, string value) =>
        (kind == EntryKind.IpAddress ? IpRange.Of(value) : kind == EntryKind.Spoof && SpoofPair.Of(value) is { } pair ? IpRange.Of(pair.Sends) : null) is { IsV6: true } range ? range : null;

    /// <param name="v6">Of <see cref="AddressesV6"/>, those in the range.</param>
    public static string Of(EntryKind kind, string value, bool isAllow, IReadOnlyList<string> v6)
    {
        var (mails, condition) = Condition(kind, value, isAllow, v6);
        var let = mails.Length > 0 ? $"let Mails = {mails}\n| distinct NetworkMessageId;\n" : "";
        return $"""
            {let}EmailEvents
            | where {Recent}
            | where {condition}
            | extend Verdict = tostring(parse_json(AdditionalFields).Verdict)
            | where Verdict != ""
            """;
    }

    private static (string Mails, string Condition) Condition(EntryKind kind, string value, bool isAllow, IReadOnlyList<string> v6) => kind switch
    {
        EntryKind.Sender => ("", $"SenderFromAddress =~ {Text(value)} or SenderMailFromAddress =~ {Text(value)}"),
        EntryKind.SenderDomain => ("", Domain("SenderFromDomain", value) + (isAllow ? "" : $" or {Domain("SenderMailFromDomain", value)}")),
        EntryKind.UrlDomain => ($"EmailUrlInfo\n| where {Recent}\n| where {Domain("UrlDomain", value)}", "NetworkMessageId in (Mails)"),
        EntryKind.Url => ($"EmailUrlInfo\n| where {Recent}\n| where {Url(UrlPattern.Of(value))}", "NetworkMessageId in (Mails)"),
        EntryKind.FileHash => ($"EmailAttachmentInfo\n| where {Recent}\n| where SHA256 == {Text(value)}", "NetworkMessageId in (Mails)"),
        EntryKind.IpAddress => ("", Ip(value, v6)),
        _ => Pair(SpoofPair.Of(value) ?? new SpoofPair(SpoofPair.Anybody, SpoofPair.Anybody), v6),
    };

    private static (string Mails, string Condition) Pair(SpoofPair pair, IReadOnlyList<string> v6)
    {
        var shown = pair.Shown == SpoofPair.Anybody ? "true"
            : pair.Shown.Contains('@', StringComparison.Ordinal) ? $"SenderFromAddress =~ {Text(pair.Shown)}"
            : $"({Domain("SenderFromDomain", pair.Shown)})";
        var unproven = "tostring(parse_json(AuthenticationDetails).DMARC) != \"pass\"";
        return pair.Sends == SpoofPair.Anybody ? ("", $"{shown} and {unproven}")
            : IpRange.Of(pair.Sends) is not null ? ("", $"{shown} and {unproven} and {Ip(pair.Sends, v6)}")
            : ($"WeirMessageEvidence\n| where {Recent}\n| extend Client = tostring(Envelope.client_name)\n| where {Domain("Client", pair.Sends)}", $"{shown} and {unproven} and NetworkMessageId in (Mails)");
    }

    private static string Domain(string column, string domain) =>
        domain.StartsWith(DomainPattern.Below, StringComparison.Ordinal)
            ? $"{column} endswith {Text(domain[1..])}"
            : $"{column} =~ {Text(domain)} or {column} endswith {Text("." + domain)}";

    private static string Ip(string value, IReadOnlyList<string> v6) =>
        IpRange.Of(value) is { IsV6: true } ? v6.Count == 0 ? "false" : $"SenderIPv6 in ({string.Join(", ", v6.Select(Text))})" : $"isnotempty(SenderIPv4) and ipv4_is_in_range(SenderIPv4, {Text(value)})";

    /// <summary>The same as <see cref="UrlPattern.Covers"/>; the plain test before it spares the pattern most links.</summary>
    private static string Url(UrlPattern pattern)
    {
        var host = (pattern.IsBelow ? "(?:[^/?#@:\\\\]+\\.)" : "") + Regex.Escape(pattern.Host);
        var rest = string.Join(".*", pattern.Rest.Split('*').Select(Regex.Escape));
        var regex = $"(?i)^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#\\\\]*@)?{host}\\.?(?::[0-9]*)?{rest}(?:[/?#].*)?$";
        return string.Create(CultureInfo.InvariantCulture, $"Url contains {Text(pattern.Host)} and Url matches regex @\"{regex.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    private static string Text(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
