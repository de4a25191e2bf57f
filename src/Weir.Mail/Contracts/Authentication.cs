namespace Weir.Mail.Contracts;

/// <summary>SPF results (RFC 7208 §2.6).</summary>
public enum SpfResult { None, Neutral, Pass, Fail, SoftFail, TempError, PermError }

/// <summary>DKIM results as the record names them.</summary>
public enum DkimResult { None, Pass, Fail, Error, Ignore, Test, Timeout, Unknown }

/// <summary>DMARC results as the record names them.</summary>
public enum DmarcResult { None, Pass, BestGuessPass, SelectorPass, Fail, TempError, PermError, Unknown }

/// <summary>DMARC policy of the author's domain.</summary>
public enum DmarcPolicy { Absent, None, Quarantine, Reject }

/// <summary>The composite of all authentication.</summary>
public enum CompositeResult { None, Pass, SoftPass, Fail }

/// <summary>One DKIM signature and what came of it.</summary>
public sealed record DkimSignatureResult(DkimResult Result, string Domain, string Selector, string Reason);

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
    public CompositeResult Composite { get; init; }

    /// <summary>The reason code of the composite result and its meaning in words.</summary>
    public string CompositeReason { get; init; } = "";

    /// <summary>True when these results were given from outside (an upstream server) instead of found by Weir.</summary>
    public bool IsRecorded { get; init; }
}

/// <summary>Finds SPF, DKIM, DMARC and their composite.</summary>
public interface IMailAuthenticator
{
    /// <param name="raw">The message as received; signatures are over these bytes.</param>
    /// <param name="message">The same message, parsed.</param>
    ValueTask<AuthenticationResults> AuthenticateAsync(ReadOnlyMemory<byte> raw, ParsedMessage message, Envelope envelope, CancellationToken cancellationToken);
}
