namespace Weir.Mail.Contracts;

/// <summary>Record types that Weir asks for.</summary>
public enum DnsType { A, Aaaa, Mx, Txt, Ptr }

/// <summary>How a query ended.</summary>
public enum DnsStatus { Ok, NxDomain, NoData, ServFail, Timeout }

/// <summary>An answer.</summary>
/// <param name="Records">A and AAAA: addresses; MX: hosts by preference; TXT: strings joined per record; PTR: names. No trailing dots.</param>
public sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<string> Records)
{
    public static DnsAnswer Of(DnsStatus status) => new(status, []);
}

/// <summary>DNS as an interface, so that every test is exact and <c>--dns FILE</c> can answer.</summary>
public interface IDns
{
    ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken);
}
