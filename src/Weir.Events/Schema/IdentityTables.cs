namespace Weir.Events.Schema;

/// <summary>People and their sign-ins; cloud application activity.</summary>
internal static class IdentityTables
{
    public static readonly HuntingTable IdentityInfo = HuntingTable.Parse("IdentityInfo", isStored: false, """
        Timestamp:datetime ReportId:string AccountObjectId:string AccountUpn:string OnPremSid:string AccountDisplayName:string
        AccountName:string AccountDomain:string CriticalityLevel:int Type:string DistinguishedName:string CloudSid:string GivenName:string
        Surname:string Department:string JobTitle:string EmailAddress:string SipProxyAddress:string Address:string City:string
        Country:string IsAccountEnabled:bool Manager:string Phone:string CreatedDateTime:datetime ChangeSource:string BlastRadius:string
        CompanyName:string DeletedDateTime:datetime EmployeeId:string OtherMailAddresses:dynamic RiskLevel:string RiskLevelDetails:string
        State:string Tags:dynamic AssignedRoles:dynamic PrivilegedEntraPimRoles:dynamic TenantId:string SourceSystem:string
        OnPremObjectId:string TenantMembershipType:string RiskStatus:string UserAccountControl:string IdentityEnvironment:string
        SourceProviders:dynamic GroupMembership:dynamic IdentityId:string SourceProvider:string RiskScore:int RiskScoreUpdateTime:datetime
        AccountSID=OnPremSid:string MailAddress=EmailAddress:string AccountUPN=AccountUpn:string
        """);

    public static readonly HuntingTable IdentityLogonEvents = HuntingTable.Parse("IdentityLogonEvents", isStored: false, """
        Timestamp:datetime ActionType:string Application:string LogonType:string Protocol:string FailureReason:string AccountName:string
        AccountDomain:string AccountUpn:string AccountSid:string AccountObjectId:string AccountDisplayName:string DeviceName:string
        DeviceType:string OSPlatform:string IPAddress:string Port:int DestinationDeviceName:string DestinationIPAddress:string
        DestinationPort:int TargetDeviceName:string TargetAccountDisplayName:string Location:string Isp:string ReportId:string
        AdditionalFields:dynamic UncommonForUser:dynamic LastSeenForUser:dynamic ISP:string
        """);

    public static readonly HuntingTable CloudAppEvents = HuntingTable.Parse("CloudAppEvents", isStored: false, """
        Timestamp:datetime ActionType:string Application:string ApplicationId:int AppInstanceId:int AccountObjectId:string AccountId:string
        AccountDisplayName:string IsAdminOperation:bool DeviceType:string OSPlatform:string IPAddress:string IsAnonymousProxy:bool
        CountryCode:string City:string Isp:string UserAgent:string ActivityType:string ActivityObjects:dynamic ObjectName:string
        ObjectType:string ObjectId:string ReportId:string AccountType:string IsExternalUser:bool IsImpersonated:bool IPTags:dynamic
        IPCategory:string UserAgentTags:dynamic RawEventData:dynamic AdditionalFields:dynamic LastSeenForUser:dynamic
        UncommonForUser:dynamic AuditSource:string SessionData:dynamic OAuthAppId:string ISP:string
        """);
}
