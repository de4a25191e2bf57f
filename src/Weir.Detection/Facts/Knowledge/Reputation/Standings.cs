namespace Weir.Detection.Facts.Knowledge.Reputation;

/// <summary>What own mail tells of the things in a message, as judged before it.</summary>
internal sealed record Standings
{
    /// <summary>Weir has not read its record yet, or has none.</summary>
    public static Standings Unknown { get; } = new();

    /// <summary>Weir has watched long enough that what it has not seen is rare here.</summary>
    public bool IsLearned { get; init; }

    /// <summary>Of the client's address (of IPv6 its /64).</summary>
    public Standing Client { get; init; }

    /// <summary>Of the author's registered domain.</summary>
    public Standing Domain { get; init; }

    /// <summary>By URL, exactly.</summary>
    public IReadOnlyDictionary<string, Standing> Urls { get; init; } = new Dictionary<string, Standing>(StringComparer.Ordinal);

    /// <summary>By host of a URL.</summary>
    public IReadOnlyDictionary<string, Standing> Hosts { get; init; } = new Dictionary<string, Standing>(StringComparer.Ordinal);

    /// <summary>By SHA-256; bad: judged malware.</summary>
    public IReadOnlyDictionary<string, Standing> Files { get; init; } = new Dictionary<string, Standing>(StringComparer.Ordinal);

    /// <summary>Recent bad messages whose bodies are nearly this one; nothing when there are none, or as many good ones.</summary>
    public AlikeMail? Alike { get; init; }

    /// <summary>Nearly the same body within the last hours, this message not included.</summary>
    public Wave Wave { get; init; }

    /// <summary>The recipient with most mail from strangers within half an hour; nothing when there is no flood.</summary>
    public Flood? Flood { get; init; }
}

/// <summary>How often something was seen, and how often in bad mail.</summary>
internal readonly record struct Standing(DateTimeOffset First, DateTimeOffset Last, int Times, int Bad)
{
    public bool IsNew => Times == 0;
}

/// <summary>Bad messages with nearly the same body.</summary>
/// <param name="Distance">Bits in which the nearest fingerprint differs.</param>
/// <param name="IsPhish">One of them was phish or malware.</param>
/// <param name="MessageId">The nearest one's Network Message ID.</param>
internal sealed record AlikeMail(int Distance, int Messages, bool IsPhish, string MessageId, DateTimeOffset Last);

/// <summary>Nearly the same body from several senders to several recipients.</summary>
internal readonly record struct Wave(int Messages, int SenderDomains, int Addresses, int Recipients);

/// <summary>Mail from many strangers to one recipient.</summary>
internal sealed record Flood(string Recipient, int Strangers, int Minutes, double ADay);
