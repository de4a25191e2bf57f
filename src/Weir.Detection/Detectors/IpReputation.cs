using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>What is known of the client's address: by lists in DNS, by indicator files, and by what else came from there.</summary>
internal sealed class IpReputation : IDetector
{
    /// <summary>Messages from an address before its share of bad ones says something.</summary>
    private const int Least = 4;
    private const double MostlyBad = 0.8;

    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>Codes with which lists name whole ranges of home connections (their owners' policy), not abuse that was seen.</summary>
    private static readonly string[] PolicyCodes = ["127.0.0.10", "127.0.0.11"];

    public string Id => "ip-reputation";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound)
        {
            yield break;
        }

        foreach (var list in message.Known.Lists.Where(list => list is { IsOfAddress: true, Status: ListStatus.Listed }))
        {
            var isPolicy = list.Codes.Split(", ").All(code => PolicyCodes.Contains(code, StringComparer.Ordinal));
            yield return Say.Spam(isPolicy ? "ip-listed-by-policy" : "ip-listed", $"{list.Zone} lists {list.Subject} ({list.Codes}).", DetectionTechnology.IpReputation).At(In.ClientIp, In.Knowledge($"DNS ({list.Zone})"));
        }

        if (message.Known.Indicators.FirstOrDefault(indicator => indicator.Kind == IndicatorKind.Address) is { } known)
        {
            yield return Say.Spam("ip-known-bad", $"{known.Source} names {known.Value}.", DetectionTechnology.IpReputation).At(In.ClientIp, In.Knowledge("indicator files"));
        }

        var here = message.Known.Here.Client;
        if (here.Times >= Least && here.Bad >= here.Times * MostlyBad && message.ReceivedAt - here.Last <= Memory)
        {
            yield return Say.Spam("ip-bad-here", $"Of {here.Times} messages from {message.Known.ClientIp} {here.Bad} were bad, the last on {here.Last:yyyy-MM-dd}.", DetectionTechnology.IpReputation).At(In.ClientIp, In.Knowledge("history of mail"));
        }
    }
}
