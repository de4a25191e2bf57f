namespace Weir.Mail.Contracts;

/// <summary>The ARC sets of a message (RFC 8617): what each forwarder found, and sealed.</summary>
public sealed record ArcChain
{
    public static ArcChain None { get; } = new();

    public ArcResult Result { get; init; }

    /// <summary>Why the chain does not hold; empty when it does or when there is none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Of a chain that holds: the lowest instance since which the message is unchanged; 0 = since the first (§5.2).</summary>
    public int OldestPass { get; init; }

    /// <summary>By instance, the first forwarder first; empty when the fields do not make a chain.</summary>
    public IReadOnlyList<ArcSet> Sets { get; init; } = [];
}

/// <summary>What one forwarder added.</summary>
public sealed record ArcSet
{
    /// <summary>1 to 50.</summary>
    public required int Instance { get; init; }

    /// <summary>Who sealed (d= of ARC-Seal).</summary>
    public required string Domain { get; init; }

    public required string Selector { get; init; }

    /// <summary>ARC-Message-Signature over the message as it is now; <see cref="DkimResult.None"/> when it was not looked at, because a later one is already broken.</summary>
    public DkimResult MessageSignature { get; init; }

    /// <summary>ARC-Seal over all sets up to this one; <see cref="DkimResult.None"/> when it was not looked at.</summary>
    public DkimResult Seal { get; init; }

    /// <summary>The From field is among what the message signature covers.</summary>
    public bool IsAuthorSigned { get; init; }

    /// <summary>What is wrong with the signature or the seal.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the forwarder says that it found (ARC-Authentication-Results), unfolded, at most 4,000 characters.</summary>
    public required string ReportedResults { get; init; }
}

/// <summary>State of an ARC chain (RFC 8617 §4.4). A failed look-up of a key is <see cref="Fail"/>: the RFC knows no fourth state.</summary>
public enum ArcResult { None, Pass, Fail }
