namespace Weir.Mail.Contracts;

/// <summary>An answer.</summary>
/// <param name="Records">A and AAAA: addresses; MX: hosts by preference; TXT: strings joined per record; PTR: names. No trailing dots.</param>
public sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<string> Records)
{
    public static DnsAnswer Of(DnsStatus status) => new(status, []);
}

/// <summary>How a query ended.</summary>
public enum DnsStatus { Ok, NxDomain, NoData, ServFail, Timeout }
