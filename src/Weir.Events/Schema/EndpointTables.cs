namespace Weir.Events.Schema;

/// <summary>Endpoints: further activity, inventory and vulnerabilities. Weir does not fill them.</summary>
internal static class EndpointTables
{
    public static IReadOnlyList<HuntingTable> All { get; } =
    [
        HuntingTable.Parse("DeviceEvents", isStored: false, """
            Timestamp:datetime DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string
            SHA256:string MD5:string FileSize:long AccountDomain:string AccountName:string AccountSid:string RemoteUrl:string
            RemoteDeviceName:string ProcessId:long ProcessCommandLine:string ProcessCreationTime:datetime ProcessTokenElevation:string
            LogonId:long RegistryKey:string RegistryValueName:string RegistryValueData:string RemoteIP:string RemotePort:int LocalIP:string
            LocalPort:int FileOriginUrl:string FileOriginIP:string InitiatingProcessSHA1:string InitiatingProcessSHA256:string
            InitiatingProcessMD5:string InitiatingProcessFileName:string InitiatingProcessFileSize:long InitiatingProcessId:long
            InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime InitiatingProcessAccountDomain:string
            InitiatingProcessAccountName:string InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string
            InitiatingProcessAccountObjectId:string InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string
            InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string
            InitiatingProcessParentCreationTime:datetime InitiatingProcessVersionInfoCompanyName:string
            InitiatingProcessVersionInfoProductName:string InitiatingProcessVersionInfoProductVersion:string
            InitiatingProcessVersionInfoInternalFileName:string InitiatingProcessVersionInfoOriginalFileName:string
            InitiatingProcessVersionInfoFileDescription:string ReportId:long AppGuardContainerId:string AdditionalFields:string
            """),
        HuntingTable.Parse("DeviceImageLoadEvents", isStored: false, """
            Timestamp:datetime DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string
            SHA256:string MD5:string FileSize:long InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessMD5:string
            InitiatingProcessFileName:string InitiatingProcessFileSize:long InitiatingProcessId:long InitiatingProcessCommandLine:string
            InitiatingProcessCreationTime:datetime InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string
            InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string
            InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string InitiatingProcessFolderPath:string
            InitiatingProcessParentId:long InitiatingProcessParentFileName:string InitiatingProcessParentCreationTime:datetime
            InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
            InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
            InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string ReportId:long
            AppGuardContainerId:string AdditionalFields:string
            """),
        HuntingTable.Parse("DeviceRegistryEvents", isStored: false, """
            Timestamp:datetime DeviceId:string DeviceName:string ActionType:string RegistryKey:string RegistryValueType:string
            RegistryValueName:string RegistryValueData:string PreviousRegistryKey:string PreviousRegistryValueName:string
            PreviousRegistryValueData:string InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessMD5:string
            InitiatingProcessFileName:string InitiatingProcessFileSize:long InitiatingProcessId:long InitiatingProcessCommandLine:string
            InitiatingProcessCreationTime:datetime InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string
            InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string
            InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string InitiatingProcessFolderPath:string
            InitiatingProcessParentId:long InitiatingProcessParentFileName:string InitiatingProcessParentCreationTime:datetime
            InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
            InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
            InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string ReportId:long
            AppGuardContainerId:string AdditionalFields:string
            """),
        HuntingTable.Parse("DeviceNetworkInfo", isStored: false, """
            Timestamp:datetime DeviceId:string DeviceName:string ReportId:long NetworkAdapterName:string MacAddress:string
            NetworkAdapterType:string NetworkAdapterStatus:string TunnelType:string ConnectedNetworks:string DnsAddresses:string
            IPv4Dhcp:string IPv6Dhcp:string DefaultGateways:string IPAddresses:string NetworkAdapterVendor:string
            """),
        HuntingTable.Parse("DeviceFileCertificateInfo", isStored: false, """
            Timestamp:datetime DeviceId:string DeviceName:string SHA1:string IsSigned:bool SignatureType:string Signer:string
            SignerHash:string Issuer:string IssuerHash:string CertificateSerialNumber:string CrlDistributionPointUrls:string
            CertificateCreationTime:datetime CertificateExpirationTime:datetime CertificateCountersignatureTime:datetime IsTrusted:bool
            IsRootSignerMicrosoft:bool ReportId:long
            """),
        HuntingTable.Parse("DeviceTvmSoftwareVulnerabilities", isStored: false, """
            DeviceId:string DeviceName:string OSPlatform:string OSVersion:string OSArchitecture:string SoftwareVendor:string
            SoftwareName:string SoftwareVersion:string CveId:string VulnerabilitySeverityLevel:string RecommendedSecurityUpdate:string
            RecommendedSecurityUpdateId:string CveTags:dynamic CveMitigationStatus:string AadDeviceId:string
            """),
        HuntingTable.Parse("DeviceTvmSoftwareInventory", isStored: false, """
            DeviceId:string DeviceName:string OSPlatform:string OSVersion:string OSArchitecture:string SoftwareVendor:string
            SoftwareName:string SoftwareVersion:string EndOfSupportStatus:string EndOfSupportDate:datetime ProductCodeCpe:string
            """),
        HuntingTable.Parse("DeviceTvmSoftwareVulnerabilitiesKB", isStored: false, """
            CveId:string CvssScore:real CvssVector:string EpssScore:real IsExploitAvailable:bool VulnerabilitySeverityLevel:string
            LastModifiedTime:datetime PublishedDate:datetime VulnerabilityDescription:string AffectedSoftware:dynamic
            """),
    ];
}
