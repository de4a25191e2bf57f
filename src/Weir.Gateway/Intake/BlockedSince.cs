using System.Net;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Whether an entry of the allow/block list may speak of a message. It may say yes too often: the judge decides.</summary>
internal static class BlockedSince
{
    public static bool MayConcern(AllowBlockEntry entry, MessageJudged judged) => entry.Kind switch
    {
        EntryKind.Sender => Is(judged.SenderFromAddress, entry.Value) || Is(judged.SenderMailFromAddress, entry.Value),
        EntryKind.SenderDomain => IsWithin(judged.SenderFromAddress, entry.Value) || IsWithin(judged.SenderMailFromAddress, entry.Value),
        EntryKind.Url => judged.Urls.Any(url => url.Url.StartsWith(entry.Value, StringComparison.OrdinalIgnoreCase)),
        EntryKind.UrlDomain => judged.Urls.Any(url => IsWithin(url.Domain, entry.Value)),
        EntryKind.FileHash => judged.Attachments.Any(part => Is(part.Sha256, entry.Value)),
        EntryKind.IpAddress => IPAddress.TryParse(judged.SenderIp, out var ip)
            && (IPNetwork.TryParse(entry.Value, out var network) ? network.Contains(ip) : IPAddress.TryParse(entry.Value, out var address) && address.Equals(ip)),
        _ => false,
    };

    private static bool Is(string text, string value) => text.Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The domain itself, one below it, or an address in either.</summary>
    private static bool IsWithin(string text, string domain) =>
        text.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (text.Length == domain.Length || text[^(domain.Length + 1)] is '.' or '@');
}
