using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Kernel;

namespace Weir.Events.Store;

/// <summary>What one batch of facts changes in the event store; written in one transaction with the cursor.</summary>
internal sealed class StoreChanges
{
    private readonly Dictionary<HuntingTable, List<StoreRow>> _rows = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<HuntingTable, StaleRows> _stale = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, CampaignChanged> _campaigns = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<HuntingTable, List<StoreRow>> Rows => _rows;

    /// <summary>Rows of messages that are written anew.</summary>
    public IReadOnlyDictionary<HuntingTable, StaleRows> Stale => _stale;

    public List<MailboxState> States { get; } = [];

    public List<NetworkMessageId> StaleStates { get; } = [];

    /// <summary>New entries of the index from message to facts.</summary>
    public List<(NetworkMessageId Id, long Sequence)> Facts { get; } = [];

    /// <summary>What campaigns are from now on, one entry for each.</summary>
    public IReadOnlyCollection<CampaignChanged> Campaigns => _campaigns.Values;

    public void Change(CampaignChanged campaign)
    {
        if (!_campaigns.TryGetValue(campaign.CampaignId, out var known) || campaign.Revision > known.Revision)
        {
            _campaigns[campaign.CampaignId] = campaign;
        }
    }

    public void Add(IEnumerable<StoreRow> rows)
    {
        foreach (var row in rows)
        {
            if (!_rows.TryGetValue(row.Table, out var list))
            {
                _rows[row.Table] = list = [];
            }

            list.Add(row);
        }
    }

    /// <summary>The table's rows of this message go.</summary>
    /// <param name="timestamp">What their Timestamp is; null when they have several. It spares reading the rest of the table.</param>
    public void Remove(HuntingTable table, NetworkMessageId id, long? timestamp)
    {
        if (!_stale.TryGetValue(table, out var stale))
        {
            _stale[table] = stale = new StaleRows();
        }

        stale.Add(id, timestamp);
    }
}

/// <summary>Messages whose rows go, and between which timestamps these lie.</summary>
internal sealed class StaleRows
{
    public List<NetworkMessageId> Ids { get; } = [];

    public long From { get; private set; } = long.MaxValue;

    public long To { get; private set; } = long.MinValue;

    public void Add(NetworkMessageId id, long? timestamp)
    {
        Ids.Add(id);
        From = Math.Min(From, timestamp ?? long.MinValue);
        To = Math.Max(To, timestamp ?? long.MaxValue);
    }
}

/// <summary>The location and action that a mailbox row has now, when something was done after delivery.</summary>
internal sealed record MailboxState(NetworkMessageId Id, string Recipient, string Location, string Action, string AdditionalFields);
