namespace Weir.Events.Schema;

/// <summary>Mail: one row per recipient, attachment, URL, later action and click.</summary>
internal static class MailTables
{
    public static readonly HuntingTable EmailEvents = HuntingTable.Parse("EmailEvents", isStored: true, """
        Timestamp:datetime NetworkMessageId:string InternetMessageId:string SenderMailFromAddress:string SenderFromAddress:string
        SenderDisplayName:string SenderObjectId:string SenderMailFromDomain:string SenderFromDomain:string SenderIPv4:string
        SenderIPv6:string RecipientEmailAddress:string RecipientObjectId:string Subject:string EmailClusterId:long EmailDirection:string
        DeliveryAction:string DeliveryLocation:string ThreatTypes:string ThreatNames:string DetectionMethods:string ConfidenceLevel:string
        BulkComplaintLevel:int EmailAction:string EmailActionPolicy:string EmailActionPolicyGuid:string AuthenticationDetails:string
        AttachmentCount:int UrlCount:int EmailLanguage:string Connectors:string OrgLevelAction:string OrgLevelPolicy:string
        UserLevelAction:string UserLevelPolicy:string ReportId:string AdditionalFields:string LatestDeliveryLocation:string
        LatestDeliveryAction:string DistributionList:string OriginalThreatTypes:string OriginalDetectionMethods:string
        OriginalConfidenceLevel:string ExchangeTransportRule:string ForwardingInformation:string Context:string To:string Cc:string
        ThreatClassification:string RecipientDomain:string EmailSize:long IsFirstContact:int Topics:string
        """);

    public static readonly HuntingTable EmailUrlInfo = HuntingTable.Parse("EmailUrlInfo", isStored: true, """
        Timestamp:datetime NetworkMessageId:string Url:string UrlDomain:string UrlLocation:string ReportId:string UrlChainId:string
        UrlChainPosition:int
        """);

    public static readonly HuntingTable EmailAttachmentInfo = HuntingTable.Parse("EmailAttachmentInfo", isStored: true, """
        Timestamp:datetime NetworkMessageId:string SenderFromAddress:string SenderDisplayName:string SenderObjectId:string
        RecipientEmailAddress:string RecipientObjectId:string FileName:string FileType:string SHA256:string FileSize:long ThreatTypes:string
        ThreatNames:string DetectionMethods:string ReportId:string FileExtension:string AdditionalFields:string
        """);

    public static readonly HuntingTable EmailPostDeliveryEvents = HuntingTable.Parse("EmailPostDeliveryEvents", isStored: true, """
        Timestamp:datetime NetworkMessageId:string InternetMessageId:string Action:string ActionType:string ActionTrigger:string
        ActionResult:string RecipientEmailAddress:string DeliveryLocation:string SourceLocation:string ThreatTypes:string
        DetectionMethods:string ReportId:string SenderFromAddress:string EmailDirection:string
        """);

    public static readonly HuntingTable UrlClickEvents = HuntingTable.Parse("UrlClickEvents", isStored: true, """
        Timestamp:datetime Url:string ActionType:string AccountUpn:string Workload:string NetworkMessageId:string ThreatTypes:string
        DetectionMethods:string IPAddress:string IsClickedThrough:bool UrlChain:string ReportId:string AppName:string AppVersion:string
        SourceId:string TenantId:string Type:string SourceSystem:string
        """);

    public static readonly HuntingTable CampaignInfo = HuntingTable.Parse("CampaignInfo", isStored: true, """
        Timestamp:datetime CampaignName:string CampaignId:string CampaignType:string CampaignSubtype:string NetworkMessageId:string
        RecipientEmailAddress:string ReportId:string
        CampaignSubType=CampaignSubtype:string
        """);
}
