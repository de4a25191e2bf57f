namespace Weir.Events.Schema;

/// <summary>Alerts and the things they speak of.</summary>
internal static class AlertTables
{
    public static readonly HuntingTable AlertInfo = HuntingTable.Parse("AlertInfo", isStored: true, """
        Timestamp:datetime AlertId:string Title:string Category:string Severity:string ServiceSource:string DetectionSource:string
        AttackTechniques:string SentinelWorkspaceIds:string
        """);

    public static readonly HuntingTable AlertEvidence = HuntingTable.Parse("AlertEvidence", isStored: true, """
        Timestamp:datetime AlertId:string Title:string Categories:string AttackTechniques:string ServiceSource:string DetectionSource:string
        EntityType:string EvidenceRole:string EvidenceDirection:string FileName:string FolderPath:string SHA1:string SHA256:string
        FileSize:long ThreatFamily:string RemoteIP:string RemoteUrl:string AccountName:string AccountDomain:string AccountSid:string
        AccountObjectId:string AccountUpn:string DeviceId:string DeviceName:string LocalIP:string NetworkMessageId:string
        EmailSubject:string Application:string ApplicationId:int OAuthApplicationId:string ProcessCommandLine:string RegistryKey:string
        RegistryValueName:string RegistryValueData:string AdditionalFields:string Severity:string CloudResource:string CloudPlatform:string
        ResourceType:string ResourceID:string SubscriptionId:string SentinelWorkspaceIds:string
        """);
}
