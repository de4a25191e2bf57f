namespace Weir.Events.Schema;

/// <summary>Chat messages and shared files.</summary>
internal static class MessageTables
{
    public static readonly HuntingTable MessageEvents = HuntingTable.Parse("MessageEvents", isStored: false, """
        Timestamp:datetime LastEditedTime:string TeamsMessageId:string SenderEmailAddress:string SenderDisplayName:string
        SenderObjectId:string SenderType:string RecipientDetails:dynamic IsOwnedThread:bool MessageId:string ParentMessageId:string
        GroupId:string GroupName:string ThreadId:string ThreadSubtype:string IsExternalThread:bool MessageFormatType:string
        MessageFormatSubtype:string MessageVersion:string MessageSubject:string ThreatTypes:string DetectionMethods:dynamic
        ConfidenceLevel:dynamic DeliveryAction:string DeliveryLocation:string ReportId:string SafetyTip:string ThreadName:string
        ThreadType:string ThreadSubType:string MessageType:string MessageSubtype:string Subject:string
        """);

    public static readonly HuntingTable MessagePostDeliveryEvents = HuntingTable.Parse("MessagePostDeliveryEvents", isStored: false, """
        Timestamp:datetime TeamsMessageId:string Action:string ActionType:string ActionTrigger:string ActionResult:string
        SenderEmailAddress:string RecipientDetails:dynamic ThreatTypes:string ConfidenceLevel:dynamic DetectionMethods:string
        LatestDeliveryLocation:string ReportId:string IsExternalThread:bool SafetyTip:string
        """);

    public static readonly HuntingTable MessageUrlInfo = HuntingTable.Parse("MessageUrlInfo", isStored: false, """
        Timestamp:datetime TeamsMessageId:string Url:string UrlDomain:string ThreatTypes:string ReportId:string
        """);

    public static readonly HuntingTable MessageContents = HuntingTable.Parse("MessageContents", isStored: false, """
        Timestamp:datetime TeamsMessageId:string ThreadId:string ThreadName:string MessageSnippet:string ThreadType:string
        SenderEmailAddress:string SenderObjectId:string
        """);

    public static readonly HuntingTable FileMaliciousContentInfo = HuntingTable.Parse("FileMaliciousContentInfo", isStored: false, """
        Timestamp:datetime Workload:string FileName:string FolderPath:string FileSize:long SHA256:string FileOwnerDisplayName:string
        FileOwnerUpn:string DocumentId:string ThreatTypes:dynamic ThreatNames:string DetectionMethods:string LastModifyingAccountUpn:string
        LastModifiedTime:datetime FileCreationTime:datetime ReportId:string
        """);
}
