namespace Weir.Events.Schema;

/// <summary>Endpoints: files, connections, processes.</summary>
internal static class DeviceActivityTables
{
    public static readonly HuntingTable DeviceFileEvents = HuntingTable.Parse("DeviceFileEvents", isStored: false, """
        Timestamp:datetime DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string SHA256:string
        MD5:string FileOriginUrl:string FileOriginReferrerUrl:string FileOriginIP:string PreviousFolderPath:string PreviousFileName:string
        FileSize:long InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string InitiatingProcessAccountSid:string
        InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string InitiatingProcessMD5:string InitiatingProcessSHA1:string
        InitiatingProcessSHA256:string InitiatingProcessFolderPath:string InitiatingProcessFileName:string InitiatingProcessFileSize:long
        InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
        InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
        InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string InitiatingProcessId:long
        InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime InitiatingProcessIntegrityLevel:string
        InitiatingProcessTokenElevation:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string
        InitiatingProcessParentCreationTime:datetime RequestProtocol:string RequestSourceIP:string RequestSourcePort:int
        RequestAccountName:string RequestAccountDomain:string RequestAccountSid:string ShareName:string SensitivityLabel:string
        SensitivitySubLabel:string IsAzureInfoProtectionApplied:bool ReportId:long AppGuardContainerId:string AdditionalFields:string
        InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string
        InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string LogonID:long
        """);

    public static readonly HuntingTable DeviceNetworkEvents = HuntingTable.Parse("DeviceNetworkEvents", isStored: false, """
        Timestamp:datetime DeviceId:string DeviceName:string ActionType:string RemoteIP:string RemotePort:int RemoteUrl:string
        LocalIP:string LocalPort:int Protocol:string LocalIPType:string RemoteIPType:string InitiatingProcessSHA1:string
        InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string InitiatingProcessFileSize:long
        InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
        InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
        InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string InitiatingProcessId:long
        InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime InitiatingProcessFolderPath:string
        InitiatingProcessParentFileName:string InitiatingProcessParentId:long InitiatingProcessParentCreationTime:datetime
        InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string InitiatingProcessAccountSid:string
        InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string InitiatingProcessIntegrityLevel:string
        InitiatingProcessTokenElevation:string ReportId:long AppGuardContainerId:string AdditionalFields:string
        InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string
        InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string LogonID:long
        """);

    public static readonly HuntingTable DeviceProcessEvents = HuntingTable.Parse("DeviceProcessEvents", isStored: false, """
        Timestamp:datetime DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string SHA256:string
        MD5:string FileSize:long ProcessVersionInfoCompanyName:string ProcessVersionInfoProductName:string
        ProcessVersionInfoProductVersion:string ProcessVersionInfoInternalFileName:string ProcessVersionInfoOriginalFileName:string
        ProcessVersionInfoFileDescription:string ProcessId:long ProcessCommandLine:string ProcessIntegrityLevel:string
        ProcessTokenElevation:string ProcessCreationTime:datetime AccountDomain:string AccountName:string AccountSid:string
        AccountUpn:string AccountObjectId:string LogonId:long InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string
        InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string
        InitiatingProcessLogonId:long InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string
        InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string
        InitiatingProcessFileSize:long InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
        InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
        InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string InitiatingProcessId:long
        InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime InitiatingProcessFolderPath:string
        InitiatingProcessParentId:long InitiatingProcessParentFileName:string InitiatingProcessParentCreationTime:datetime
        InitiatingProcessSignerType:string InitiatingProcessSignatureStatus:string ReportId:long AppGuardContainerId:string
        AdditionalFields:string InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
        InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string CreatedProcessSessionId:long
        IsProcessRemoteSession:bool ProcessRemoteSessionDeviceName:string ProcessRemoteSessionIP:string ProcessUniqueId:string
        InitiatingProcessUniqueId:string LogonID:long
        """);
}
