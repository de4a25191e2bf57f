namespace Weir.Response.Campaigns;

/// <summary>What two messages can share. The names are those of the record (<c>RecordedTie.Kind</c>).</summary>
internal enum TraitKind : byte
{
    /// <summary>The text, by the fingerprint of the body.</summary>
    Body,

    /// <summary>The subject, without what differs from copy to copy.</summary>
    Subject,

    /// <summary>An attached file, by its hash.</summary>
    File,

    /// <summary>Where a link leads: site and path.</summary>
    Page,

    /// <summary>The site alone.</summary>
    Host,

    /// <summary>Answers go to this address, which is not the sender's.</summary>
    Answers,

    /// <summary>What a scanner calls the file.</summary>
    Malware,

    /// <summary>The sender's domain, proven by SPF or DMARC.</summary>
    Domain,

    /// <summary>The domain of a valid DKIM signature.</summary>
    Signer,

    /// <summary>The network of the sending machine.</summary>
    Network,

    /// <summary>The domain that the sending machine names itself by.</summary>
    Helo,
}

/// <summary>Traits of one family depend on each other; two families seldom agree by chance.</summary>
internal enum TraitFamily : byte { Content, Payload, Infrastructure }

internal static class TraitKinds
{
    public static TraitFamily Family(this TraitKind kind) => kind switch
    {
        TraitKind.Body or TraitKind.Subject => TraitFamily.Content,
        TraitKind.File or TraitKind.Page or TraitKind.Host or TraitKind.Answers or TraitKind.Malware => TraitFamily.Payload,
        _ => TraitFamily.Infrastructure,
    };

    /// <summary>Sharing it is enough: hardly anybody but the sender of the first has it.</summary>
    public static bool IsStrong(this TraitKind kind) => kind is TraitKind.Body or TraitKind.File or TraitKind.Page or TraitKind.Answers;
}
