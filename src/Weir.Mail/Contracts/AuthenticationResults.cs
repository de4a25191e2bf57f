namespace Weir.Mail.Contracts;

/// <summary>Everything that authentication says of one message.</summary>
public sealed record AuthenticationResults
{
    public SpfResult Spf { get; init; }

    /// <summary>The domain that SPF spoke for.</summary>
    public string SpfDomain { get; init; } = "";

    public string SpfReason { get; init; } = "";

    /// <summary>The best of all signatures.</summary>
    public DkimResult Dkim { get; init; }

    public IReadOnlyList<DkimSignatureResult> Signatures { get; init; } = [];
    public DmarcResult Dmarc { get; init; }
    public DmarcPolicy Policy { get; init; }

    /// <summary>The author's organisational domain.</summary>
    public string OrganizationalDomain { get; init; } = "";

    public string DmarcReason { get; init; } = "";

    /// <summary>What forwarders found and sealed.</summary>
    public ArcChain Arc { get; init; } = ArcChain.None;

    /// <summary>The trusted forwarder (option <c>trusted-arc-sealers</c>) that saw DMARC pass before the message failed it here; empty when there is none.</summary>
    public string TrustedSealer { get; init; } = "";

    public CompositeResult Composite { get; init; }

    /// <summary>The reason code of the composite result and its meaning in words.</summary>
    public string CompositeReason { get; init; } = "";

    /// <summary>True when these results were given from outside (an upstream server) instead of found by Weir.</summary>
    public bool IsRecorded { get; init; }
}

/// <summary>The composite of all authentication.</summary>
public enum CompositeResult { None, Pass, SoftPass, Fail }
