using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Detection.Facts.Places;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>What could not be asked: DNS for the authentication, lists in DNS. Informs only; mail flows.</summary>
internal sealed class NotLookedUp : IDetector
{
    public string Id => "not-looked-up";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var results = message.Authentication;
        var failed = new[]
        {
            results.Spf == SpfResult.TempError ? "SPF" : "",
            results.Dkim is DkimResult.Error or DkimResult.Timeout ? "DKIM" : "",
            results.Dmarc == DmarcResult.TempError ? "DMARC" : "",
        }.Where(name => name.Length > 0).ToList();
        if (failed.Count > 0)
        {
            yield return Say.Any("dns-not-available", $"DNS gave no answer for {string.Join(", ", failed)}: who sent this message could not be fully checked.").At(In.Proof);
        }

        foreach (var zone in message.Known.Lists.Where(list => list.Status == ListStatus.Unavailable).DistinctBy(list => list.Zone, StringComparer.OrdinalIgnoreCase))
        {
            yield return Say.Any("list-not-available", $"{zone.Zone} was not asked for {zone.Subject}: {zone.Codes}.", zone.IsOfAddress ? DetectionTechnology.IpReputation : DetectionTechnology.UrlMaliciousReputation).At(In.Knowledge($"DNS ({zone.Zone})"));
        }
    }
}
