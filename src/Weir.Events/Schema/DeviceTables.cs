namespace Weir.Events.Schema;

/// <summary>Endpoints: inventory and sign-ins.</summary>
internal static class DeviceTables
{
    public static readonly HuntingTable DeviceInfo = HuntingTable.Parse("DeviceInfo", isStored: false, """
        Timestamp:datetime DeviceId:string DeviceName:string ClientVersion:string PublicIP:string OSArchitecture:string OSPlatform:string
        OSBuild:long IsAzureADJoined:bool JoinType:string AadDeviceId:string LoggedOnUsers:string RegistryDeviceTag:string OSVersion:string
        MachineGroup:string ReportId:long OnboardingStatus:string AdditionalFields:string DeviceCategory:string DeviceType:string
        DeviceSubtype:string Model:string Vendor:string OSDistribution:string OSVersionInfo:string MergedDeviceIds:string
        MergedToDeviceId:string IsInternetFacing:bool SensorHealthState:string IsExcluded:bool ExclusionReason:string ExposureLevel:string
        AssetValue:string DeviceManualTags:string DeviceDynamicTags:string ConnectivityType:string HostDeviceId:string
        AzureResourceId:string AwsResourceName:string GcpFullResourceName:string HardwareUuid:string CloudPlatforms:string AzureVmId:string
        AzureVmSubscriptionId:string IsTransient:bool OsBuildRevision:string MitigationStatus:string Site:string DiscoverySources:string
        DeviceRoles:string DlpInfo:string
        """);

    public static readonly HuntingTable DeviceLogonEvents = HuntingTable.Parse("DeviceLogonEvents", isStored: false, """
        Timestamp:datetime DeviceId:string DeviceName:string ActionType:string LogonType:string AccountDomain:string AccountName:string
        AccountSid:string Protocol:string FailureReason:string IsLocalAdmin:bool LogonId:long RemoteDeviceName:string RemoteIP:string
        RemoteIPType:string RemotePort:int InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string
        InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string
        InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string InitiatingProcessSHA1:string
        InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string InitiatingProcessFileSize:long
        InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
        InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
        InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string InitiatingProcessId:long
        InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime InitiatingProcessFolderPath:string
        InitiatingProcessParentId:long InitiatingProcessParentFileName:string InitiatingProcessParentCreationTime:datetime ReportId:long
        AppGuardContainerId:string AdditionalFields:string InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
        InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string
        """);
}
