namespace Weir.Detection.Facts.History;

/// <summary>What happened before between the author of a message and its recipients, as far as Weir saw it.</summary>
internal sealed record SenderHistory
{
    /// <summary>Recipients that a person may reach in ten minutes of a busy day.</summary>
    public const int BusyTenMinutes = 30;

    /// <summary>Weir has not read its record yet, or has none.</summary>
    public static SenderHistory Unknown { get; } = new();

    /// <summary>The whole record was read: what is not in it was not seen.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Weir has watched long enough that something new is new to the organisation and not only to Weir.</summary>
    public bool IsLearned { get; init; }

    /// <summary>One for each envelope recipient, in order; empty when unknown.</summary>
    public IReadOnlyList<Bond> Bonds { get; init; } = [];

    /// <summary>Accepted messages from the author's domain to anybody.</summary>
    public int FromDomain { get; init; }

    /// <summary>How often somebody else wrote to one of the recipients under the author's name, from one address.</summary>
    public int SameNameElsewhere { get; init; }

    /// <summary>Of an author of ours: recipients within the last ten minutes, this message included.</summary>
    public int RecipientsInTenMinutes { get; init; }

    /// <summary>Of an author of ours: recipients on an average day.</summary>
    public double RecipientsADay { get; init; }

    /// <summary>One of ours suddenly writes to many more people than on other days.</summary>
    public bool IsBurst => IsLearned && RecipientsInTenMinutes > Math.Max(BusyTenMinutes, RecipientsADay * 2);

    /// <summary>No recipient ever had accepted mail from the author or wrote there.</summary>
    public bool IsFirstForAll => Bonds.Count > 0 && Bonds.All(bond => bond.IsFirst);
}

/// <summary>Earlier accepted mail between the author and one recipient.</summary>
/// <param name="Received">Messages from the author to the recipient.</param>
/// <param name="Proven">Those of them that authentication proved.</param>
/// <param name="Sent">Messages of the recipient to the author.</param>
/// <param name="First">When the first of them was seen; nothing when there is none.</param>
internal readonly record struct Bond(int Received, int Proven, int Sent, DateTimeOffset? First)
{
    public bool IsFirst => Received + Sent == 0;
}
