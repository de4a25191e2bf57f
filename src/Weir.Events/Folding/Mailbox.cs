using Weir.Events.Contracts;

namespace Weir.Events.Folding;

/// <summary>One row of EmailEvents: a mailbox that a message reached, or an envelope recipient of which that is not known yet.</summary>
/// <param name="Address">In lower case.</param>
/// <param name="OriginalRecipient">The envelope recipient through which it came.</param>
/// <param name="Action">DeliveryAction.</param>
/// <param name="Location">DeliveryLocation.</param>
/// <param name="DistributionList">The list through which it came.</param>
/// <param name="Delivery">What the mail server said; nothing while provisional.</param>
/// <param name="Decision">What Weir decided for the envelope recipient.</param>
internal sealed record Mailbox(
    string Address, string OriginalRecipient, string Action, string Location, string DistributionList, DeliveryObserved? Delivery, RecordedRecipient? Decision)
{
    private const string Unknown = "Unknown";
    private const string Assumed = "assumed";

    /// <summary>
    /// One row per mailbox reached. An envelope recipient is a row of its own only until delivery through it was seen: an alias or a list never counts
    /// beside its members. Depends on the set of deliveries only.
    /// </summary>
    /// <param name="recipients">Envelope recipients; what is said of one first counts.</param>
    public static IReadOnlyList<Mailbox> Of(IEnumerable<RecordedRecipient> recipients, IEnumerable<DeliveryObserved> deliveries)
    {
        var reached = deliveries.ToLookup(delivery => AddressText.Key(delivery.Recipient), StringComparer.Ordinal);
        var through = reached.SelectMany(group => group.Select(delivery => (Original: Original(delivery), Delivery: delivery))).ToList();
        var resolved = through.Select(way => way.Original).Concat(reached.Select(group => group.Key)).ToHashSet(StringComparer.Ordinal);
        var expanded = through
            .Where(way => way.Delivery.Source != Assumed && way.Original != AddressText.Key(way.Delivery.Recipient))
            .Select(way => way.Original)
            .ToHashSet(StringComparer.Ordinal);
        var decisions = new Dictionary<string, RecordedRecipient>(StringComparer.Ordinal);
        foreach (var recipient in recipients)
        {
            decisions.TryAdd(AddressText.Key(recipient.Address), recipient);
        }

        var isSeen = through.Exists(way => way.Delivery.Source != Assumed);
        return
        [
            .. reached.Where(group => !(expanded.Contains(group.Key) && group.All(delivery => delivery.Source == Assumed))).Select(group => Reached(group, decisions)),
            .. decisions.Where(decision => !resolved.Contains(decision.Key) && !(isSeen && decision.Value.IsGuessed)).Select(decision => Provisional(decision.Key, decision.Value)),
        ];
    }

    private static Mailbox Reached(IGrouping<string, DeliveryObserved> ways, Dictionary<string, RecordedRecipient> decisions)
    {
        var best = ways
            .OrderByDescending(way => way.Source != Assumed)
            .ThenByDescending(way => way.Location is not ("Failed" or "Dropped"))
            .ThenByDescending(Knowledge)
            .ThenByDescending(way => way.At)
            .ThenBy(way => way.Location, StringComparer.Ordinal)
            .ThenBy(way => way.Folder, StringComparer.Ordinal)
            .ThenBy(way => way.Reply, StringComparer.Ordinal)
            .First();
        var originals = ways.Select(Original).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var original = originals.Contains(ways.Key, StringComparer.Ordinal) ? ways.Key : originals[0];
        var decision = decisions.GetValueOrDefault(ways.Key) ?? originals.Select(address => decisions.GetValueOrDefault(address)).FirstOrDefault(known => known is not null);
        return new Mailbox(ways.Key, original, ActionFor(best.Location), best.Location, First(ways, way => way.DistributionList), best, decision);
    }

    private static Mailbox Provisional(string address, RecordedRecipient decision)
    {
        var location = decision.Decision switch
        {
            "Quarantine" => "Quarantine",
            "Reject" => "Dropped",
            _ => Unknown,
        };
        return new Mailbox(address, address, ActionFor(location), location, DistributionList: "", Delivery: null, decision);
    }

    /// <summary>DeliveryAction for a DeliveryLocation.</summary>
    public static string ActionFor(string location) => location switch
    {
        "Junk folder" => "Junked",
        "Quarantine" or "Failed" or "Dropped" => "Blocked",
        Unknown or "" => Unknown,
        _ => "Delivered",
    };

    // Dovecot knows the folder; Postfix only that Dovecot took it.
    private static int Knowledge(DeliveryObserved delivery) => delivery.Source switch
    {
        "dovecot" => 3,
        "postfix" => 2,
        _ => 1,
    };

    private static string Original(DeliveryObserved delivery) =>
        AddressText.Key(delivery.OriginalRecipient.Length == 0 ? delivery.Recipient : delivery.OriginalRecipient);

    private static string First(IEnumerable<DeliveryObserved> ways, Func<DeliveryObserved, string> text) =>
        ways.Select(text).Where(value => value.Length > 0).Order(StringComparer.Ordinal).FirstOrDefault("");
}
