using Microsoft.Extensions.Options;
using Weir.Directory.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Detection.Checks;

/// <summary>The resolver answers for our own domains; without it SPF, DKIM and DMARC say nothing.</summary>
internal sealed class DnsCheck(IDns dns, IDirectory directory, IOptions<DnsOptions> options) : ICheck
{
    private const int MostDomains = 5;

    public string Name => "DNS";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var where = options.Value switch
        {
            { ZoneFile.Length: > 0 } zone => $"the zone file {zone.ZoneFile}",
            { Server.Length: > 0 } server => $"the resolver {server.Server}",
            _ => "the resolvers of the system",
        };
        var domains = directory.Current.OwnDomains.Take(MostDomains).ToList();
        if (domains.Count == 0)
        {
            return CheckResult.Off("No own domain is known, so nothing was asked", "Import the organisation: weir directory import FOLDER --data DIR.");
        }

        var results = new List<CheckResult>();
        foreach (var domain in domains)
        {
            var answer = await dns.QueryAsync(domain, DnsType.Mx, cancellationToken);
            results.Add(answer.Status switch
            {
                DnsStatus.Ok => new CheckResult(CheckState.Ok, $"{domain}: mail goes to {string.Join(", ", answer.Records)} ({where})"),
                DnsStatus.NxDomain => new CheckResult(CheckState.Warning, $"{domain} does not exist, says {where}", "Correct domains.csv, or name a resolver in dns.server that knows your domain."),
                DnsStatus.NoData => new CheckResult(CheckState.Ok, $"{domain} has no MX record; {where} answers"),
                _ => new CheckResult(CheckState.Failed, $"{domain}: no answer from {where} ({answer.Status})", "Name a resolver that answers in dns.server, best one on this machine (unbound)."),
            });
        }

        return results;
    }
}
