using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Kernel;

namespace Weir.Detection.Checks;

/// <summary>Each configured block list in DNS has the test entry that every list has, and not the one that none has.</summary>
internal sealed class DnsListCheck(DnsLists lists) : ICheck
{
    public string Name => "Block lists";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var zones = lists.AddressZones.Select(zone => (Zone: zone, IsOfAddresses: true)).Concat(lists.DomainZones.Select(zone => (Zone: zone, IsOfAddresses: false))).ToList();
        if (zones.Count == 0)
        {
            return CheckResult.Off("No block list in DNS is asked", "Name lists whose terms you accept in detection.dnsbl (addresses) and detection.uribl (domains of links).");
        }

        var results = new List<CheckResult>();
        foreach (var (zone, isOfAddresses) in zones)
        {
            var wrong = await lists.ProbeAsync(zone, isOfAddresses, cancellationToken);
            results.Add(wrong.Length == 0
                ? new CheckResult(CheckState.Ok, $"{zone} answers")
                : new CheckResult(CheckState.Failed, $"{zone}: {wrong}", $"Mail flows without it, with a signal. Ask it with a resolver of your own (unbound on this machine, dns.server), see its terms, or take it out of detection.{(isOfAddresses ? "dnsbl" : "uribl")}."));
        }

        return results;
    }
}
