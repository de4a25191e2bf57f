using Weir.Portal.Explorer;

namespace Weir.Portal.Campaigns;

/// <summary>The campaign of one message, and why the message belongs to it.</summary>
internal sealed record CampaignPlace(string Id, string Name, string Type, string Subtype, bool IsLookalike, IReadOnlyList<CampaignTie> Ties)
{
    public string Address => $"/campaigns/{Uri.EscapeDataString(Id)}";

    public string Kind => Subtype.Length > 0 ? $"{Type}, {Subtype}" : Type;

    public static CampaignPlace Of(MailRow campaign, IReadOnlyList<MailRow> ties) => new(
        campaign.Text("CampaignId"), campaign.Text("CampaignName"), campaign.Text("CampaignType"), campaign.Text("CampaignSubtype"),
        ties.Any(tie => tie.Text("IsLookalike") == "True"),
        [.. ties.OrderByDescending(tie => tie.Text("IsStrong") == "True").ThenBy(tie => tie.Text("Kind"), StringComparer.Ordinal).Select(tie => new CampaignTie(tie.Text("Kind"), tie.Text("Value"), tie.Text("WithNetworkMessageId")))]);
}

/// <summary>Something that a message shares with another one of its campaign.</summary>
/// <param name="Other">Id of the other message; empty for the one with which a campaign begins.</param>
internal sealed record CampaignTie(string Kind, string Value, string Other)
{
    public string? With => Other.Length > 0 ? Other : null;

    public string Words => Kind switch
    {
        "First" => "The campaign begins with this message.",
        "Body" => Value == "0" ? "The same text" : $"Nearly the same text ({Value} of the 64 bits of its fingerprint differ)",
        "Subject" => $"The same subject: {Value}",
        "File" => $"The same file, SHA256 {Value}",
        "Page" => $"A link to the same page: {Value}",
        "Host" => $"A link to the same site: {Value}",
        "Answers" => $"Answers go to the same address: {Value}",
        "Malware" => $"The same malware: {Value}",
        "Domain" => $"The same sending domain, proven: {Value}",
        "Signer" => $"Signed (DKIM) by the same domain: {Value}",
        "Network" => $"Sent from the same network: {Value}",
        "Helo" => $"The sending machine names itself alike: {Value}",
        _ => $"{Kind}: {Value}",
    };
}
