using System.Net;
using DnsClient;
using Weir.Mail.Contracts;

namespace Weir.Mail.Resolving;

/// <summary>DNS from the network, cached by TTL (at most an hour; failures 30 s), each answer bounded in time.</summary>
internal sealed class SystemDns : IDns
{
    private readonly LookupClient _client;

    /// <summary>Asks the configured server, else those of the operating system.</summary>
    /// <exception cref="FormatException">The configured server is not an address.</exception>
    public SystemDns(DnsOptions options)
    {
        var settings = options.Server.Length == 0 ? new LookupClientOptions() : new LookupClientOptions(ParseServer(options.Server));
        settings.Timeout = TimeSpan.FromMilliseconds(Math.Max(50, options.Timeout / 2));
        settings.Retries = 1;
        settings.UseCache = true;
        settings.MaximumCacheTimeout = TimeSpan.FromHours(1);
        settings.CacheFailedResults = true;
        settings.FailedResultsCacheDuration = TimeSpan.FromSeconds(30);
        settings.ThrowDnsErrors = false;
        settings.ContinueOnDnsError = false;
        settings.UseTcpFallback = true;
        _client = new LookupClient(settings);
    }

    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        var asked = DomainName.Canonical(name);
        if (!DomainName.IsAskable(asked))
        {
            return DnsAnswer.Of(DnsStatus.NxDomain);
        }

        try
        {
            var response = await _client.QueryAsync(asked, ToQueryType(type), QueryClass.IN, cancellationToken);
            return response.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NoError => Read(response, type),
                DnsHeaderResponseCode.NotExistentDomain => DnsAnswer.Of(DnsStatus.NxDomain),
                _ => DnsAnswer.Of(DnsStatus.ServFail),
            };
        }
        catch (DnsResponseException broken)
        {
            return DnsAnswer.Of(broken.Code == DnsResponseCode.ConnectionTimeout ? DnsStatus.Timeout : DnsStatus.ServFail);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DnsAnswer.Of(DnsStatus.Timeout);
        }
    }

    private static DnsAnswer Read(IDnsQueryResponse response, DnsType type)
    {
        List<string> records = type switch
        {
            DnsType.A => [.. response.Answers.ARecords().Select(record => record.Address.ToString())],
            DnsType.Aaaa => [.. response.Answers.AaaaRecords().Select(record => record.Address.ToString())],
            DnsType.Mx => [.. response.Answers.MxRecords().OrderBy(record => record.Preference).Select(record => DomainName.Canonical(record.Exchange.Value))],
            DnsType.Txt => [.. response.Answers.TxtRecords().Select(record => string.Concat(record.Text))],
            _ => [.. response.Answers.PtrRecords().Select(record => DomainName.Canonical(record.PtrDomainName.Value))],
        };
        return records.Count == 0 ? DnsAnswer.Of(DnsStatus.NoData) : new DnsAnswer(DnsStatus.Ok, records);
    }

    private static QueryType ToQueryType(DnsType type) => type switch
    {
        DnsType.A => QueryType.A,
        DnsType.Aaaa => QueryType.AAAA,
        DnsType.Mx => QueryType.MX,
        DnsType.Txt => QueryType.TXT,
        _ => QueryType.PTR,
    };

    private static IPEndPoint ParseServer(string server) =>
        IPEndPoint.TryParse(server, out var endPoint)
            ? new IPEndPoint(endPoint.Address, endPoint.Port == 0 ? 53 : endPoint.Port)
            : throw new FormatException($"dns.server: '{server}' is not an address with an optional port");
}
