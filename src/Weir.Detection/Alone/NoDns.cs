using Weir.Mail.Contracts;

namespace Weir.Detection.Alone;

/// <summary>Where no network may be touched nothing answers.</summary>
internal sealed class NoDns : IDns
{
    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) => new(DnsAnswer.Of(DnsStatus.ServFail));
}
