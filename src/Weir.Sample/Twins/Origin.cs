using Weir.Mail.Contracts;

namespace Weir.Sample.Twins;

/// <summary>How a mail came: the names it carries and what authentication finds.</summary>
internal sealed record Origin
{
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required string MailFrom { get; init; }
    public string ReplyTo { get; init; } = "";
    public required string MessageIdDomain { get; init; }
    public required string Helo { get; init; }
    public required AuthenticationResults Authentication { get; init; }
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    public static AuthenticationResults Results(SpfResult spf, DkimResult dkim, DmarcResult dmarc, CompositeResult composite) => new()
    {
        Spf = spf,
        Dkim = dkim,
        Dmarc = dmarc,
        Composite = composite,
        SpfReason = "recorded by the server that received it",
        DmarcReason = "recorded by the server that received it",
        CompositeReason = "recorded by the server that received it",
        IsRecorded = true,
    };
}
