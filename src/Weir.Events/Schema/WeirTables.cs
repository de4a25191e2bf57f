namespace Weir.Events.Schema;

/// <summary>Tables of Weir's own, beside the hunting schema: what the entity page shows of one message.</summary>
internal static class WeirTables
{
    /// <summary>
    /// One row per judged message: why it was judged so, and where it came from. Signals is an array of objects, Because and Defects arrays of strings,
    /// WouldChange <c>{"Remove":[…],"To":"…"}</c>, WithoutAllow the verdict had the organisation allowed nothing (empty where it did not), Thresholds and Versions objects by name, Earlier the judgements before this one <c>[{"At","Verdict","Versions"}]</c>, History what own mail told of it on arrival, Envelope <c>{"mail_from","recipients","client_ip","client_name","helo","queue_id","authenticated_user"}</c>.
    /// ClientName and Helo are those of the envelope in lower case; DkimDomains are the domains (d=) of all signatures, parted by a comma and a space.
    /// </summary>
    public static readonly HuntingTable WeirMessageEvidence = HuntingTable.Parse("WeirMessageEvidence", isStored: true, """
        Timestamp:datetime NetworkMessageId:string Verdict:string Confidence:string Score:real Signals:dynamic Because:dynamic
        WouldChange:dynamic WithoutAllow:string Thresholds:dynamic Versions:dynamic Earlier:dynamic AuthenticationEvidence:dynamic History:dynamic Envelope:dynamic ReturnPath:string ReplyTo:string HeaderText:string
        Defects:dynamic Door:string BlobId:string BodySha256:string Sha256:string ReportId:string
        ClientName:string Helo:string DkimDomains:string
        """);

    /// <summary>
    /// One row per message that another filter (rspamd, SpamAssassin) judged too. FilterVerdict is <c>Bad</c> or <c>Good</c>, Agreement <c>Both bad</c>, <c>Both good</c>,
    /// <c>Only Weir</c> or <c>Only the other filter</c>: who of the two calls it bad (spam and worse). RecipientEmailAddress is the first of the recipients.
    /// </summary>
    public static readonly HuntingTable WeirOtherFilter = HuntingTable.Parse("WeirOtherFilter", isStored: true, """
        Timestamp:datetime NetworkMessageId:string Filter:string FilterVerdict:string FilterAction:string FilterScore:real FilterThreshold:real
        Rules:dynamic Allows:dynamic Verdict:string Because:dynamic Agreement:string SenderFromAddress:string RecipientEmailAddress:string Subject:string
        EmailDirection:string ReportId:string
        """);

    /// <summary>
    /// What happened to a message, one row per fact: Event is <c>Received</c>, <c>Seen</c>, <c>Judged</c>, <c>Delivery</c>, <c>Refused</c> or <c>Action</c>.
    /// Source is the door of Received and Seen and the reporter of Delivery; Result is the verdict of Judged and the result of Action; Why says what made Weir judge again or act by itself.
    /// </summary>
    public static readonly HuntingTable WeirDeliveryEvents = HuntingTable.Parse("WeirDeliveryEvents", isStored: true, """
        Timestamp:datetime NetworkMessageId:string RecipientEmailAddress:string OriginalRecipient:string Event:string Source:string
        Location:string Folder:string SourceLocation:string DistributionList:string Forwarding:string Reply:string Action:string
        ActionType:string ActionTrigger:string Result:string By:string ApprovalId:string Why:string ReportId:string
        """);

    /// <summary>One row per campaign, those that are part of an older one too: MergedInto is its id, else empty. Timestamp is when it was last known better.</summary>
    public static readonly HuntingTable WeirCampaigns = HuntingTable.Parse("WeirCampaigns", isStored: true, """
        Timestamp:datetime CampaignId:string CampaignName:string CampaignType:string CampaignSubtype:string SampleSubject:string
        MergedInto:string Revision:int
        """);

    /// <summary>
    /// Why messages belong to their campaigns: a row for each thing that a message shares with an earlier one. Kind is <c>Body</c>, <c>Subject</c>,
    /// <c>File</c>, <c>Page</c>, <c>Host</c>, <c>Answers</c>, <c>Malware</c>, <c>Domain</c>, <c>Signer</c>, <c>Network</c>, <c>Helo</c>, or <c>First</c> for the message with which a campaign begins.
    /// </summary>
    public static readonly HuntingTable WeirCampaignTies = HuntingTable.Parse("WeirCampaignTies", isStored: true, """
        Timestamp:datetime CampaignId:string NetworkMessageId:string Kind:string IsStrong:bool Value:string WithNetworkMessageId:string
        IsLookalike:bool JoinedAs:string JoinedAt:datetime ReportId:string
        """);
}
