namespace Weir.Mail.Contracts;

/// <summary>DNS as an interface, so that every test is exact and <c>--dns FILE</c> can answer.</summary>
public interface IDns
{
    ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken);
}
