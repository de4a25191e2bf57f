namespace Weir.Response.Campaigns;

/// <summary>A campaign as the grouping remembers it.</summary>
internal sealed class CampaignState(Guid id)
{
    private CampaignState? _into;

    public Guid Id { get; } = id;

    public int Revision { get; set; }

    public string Name { get; set; } = "";

    public string Type { get; set; } = "";

    public string Subtype { get; set; } = "";

    public string SampleSubject { get; set; } = "";

    /// <summary>Messages of it that are remembered.</summary>
    public int Remembered { get; set; }

    /// <summary>Campaigns that turned out to be part of it.</summary>
    public List<CampaignState> Parts { get; } = [];

    /// <summary>Spam is kept apart.</summary>
    public bool IsSpam => Type == CampaignTypes.Spam;

    /// <summary>The campaign that this one is part of now; itself when of none.</summary>
    public CampaignState Root
    {
        get
        {
            var root = this;
            while (root._into is { } next)
            {
                root = next;
            }

            return root;
        }
    }

    /// <summary>Becomes part of an older one, with its own parts.</summary>
    public void MergeInto(CampaignState older)
    {
        _into = older;
        older.Parts.Add(this);
        older.Parts.AddRange(Parts);
        Parts.Clear();
    }

    /// <summary>Ids begin with the time of the first message (RFC 9562 §5.7), so the smaller one is the older.</summary>
    public bool IsOlderThan(CampaignState other) => string.CompareOrdinal(Id.ToString("D"), other.Id.ToString("D")) < 0;
}

/// <summary>CampaignType of the hunting schema.</summary>
internal static class CampaignTypes
{
    public const string Phish = "Phish";
    public const string Malware = "Malware";
    public const string Spam = "Spam";
}
