namespace Weir.Events.Schema;

/// <summary>Sign-ins, directory and behaviour as the hunting portal shows them. Weir does not fill them.</summary>
internal static class SignInTables
{
    public static IReadOnlyList<HuntingTable> All { get; } =
    [
        HuntingTable.Parse("AADSignInEventsBeta", isStored: false, """
            Timestamp:datetime Application:string ApplicationId:string LogonType:string EndpointCall:string ErrorCode:int
            CorrelationId:string SessionId:string AccountDisplayName:string AccountObjectId:string AccountUpn:string IsExternalUser:int
            IsGuestUser:bool AlternateSignInName:string LastPasswordChangeTimestamp:datetime ResourceDisplayName:string ResourceId:string
            ResourceTenantId:string DeviceName:string AadDeviceId:string EntraIdDeviceId:string OSPlatform:string DeviceTrustType:string
            IsManaged:int IsCompliant:int AuthenticationProcessingDetails:string AuthenticationRequirement:string TokenIssuerType:int
            RiskLevelAggregated:int RiskLevelDuringSignIn:int RiskDetails:int RiskState:int UserAgent:string ClientAppUsed:string
            Browser:string ConditionalAccessPolicies:string ConditionalAccessStatus:int IPAddress:string Country:string State:string
            City:string Latitude:string Longitude:string NetworkLocationDetails:string RequestId:string ReportId:string UniqueTokenId:string
            """),
        HuntingTable.Parse("EntraIdSignInEvents", isStored: false, """
            Timestamp:datetime Application:string ApplicationId:string LogonType:string EndpointCall:string ErrorCode:int
            CorrelationId:string SessionId:string AccountDisplayName:string AccountObjectId:string AccountUpn:string IsExternalUser:int
            IsGuestUser:bool AlternateSignInName:string LastPasswordChangeTimestamp:datetime ResourceDisplayName:string ResourceId:string
            ResourceTenantId:string DeviceName:string EntraIdDeviceId:string OSPlatform:string DeviceTrustType:string IsManaged:int
            IsCompliant:int AuthenticationProcessingDetails:string AuthenticationRequirement:string TokenIssuerType:int
            RiskLevelAggregated:int RiskLevelDuringSignIn:int RiskDetails:int RiskState:int UserAgent:string ClientAppUsed:string
            Browser:string ConditionalAccessPolicies:string ConditionalAccessStatus:int IPAddress:string Country:string State:string
            City:string Latitude:string Longitude:string NetworkLocationDetails:string RequestId:string ReportId:string UniqueTokenId:string
            """),
        HuntingTable.Parse("AADSpnSignInEventsBeta", isStored: false, """
            Timestamp:datetime Application:string ApplicationId:string IsManagedIdentity:bool ErrorCode:int CorrelationId:string
            ServicePrincipalName:string ServicePrincipalId:string ResourceDisplayName:string ResourceId:string ResourceTenantId:string
            IPAddress:string Country:string State:string City:string Latitude:string Longitude:string RequestId:string ReportId:string
            """),
        HuntingTable.Parse("IdentityQueryEvents", isStored: false, """
            Timestamp:datetime ActionType:string Application:string QueryType:string QueryTarget:string Query:string Protocol:string
            AccountName:string AccountDomain:string AccountUpn:string AccountSid:string AccountObjectId:string AccountDisplayName:string
            DeviceName:string IPAddress:string Port:int DestinationDeviceName:string DestinationIPAddress:string DestinationPort:int
            TargetDeviceName:string TargetAccountUpn:string TargetAccountDisplayName:string Location:string ReportId:string
            AdditionalFields:dynamic
            """),
        HuntingTable.Parse("IdentityDirectoryEvents", isStored: false, """
            Timestamp:datetime ActionType:string Application:string TargetAccountUpn:string TargetAccountDisplayName:string
            TargetDeviceName:string DestinationDeviceName:string DestinationIPAddress:string DestinationPort:int Protocol:string
            AccountName:string AccountDomain:string AccountUpn:string AccountSid:string AccountObjectId:string AccountDisplayName:string
            DeviceName:string IPAddress:string Port:int Location:string ISP:string ReportId:string AdditionalFields:dynamic
            """),
        HuntingTable.Parse("BehaviorEntities", isStored: false, """
            Timestamp:datetime BehaviorId:string ActionType:string Categories:string ServiceSource:string DetectionSource:string
            DataSources:string EntityType:string EntityRole:string DetailedEntityRole:string FileName:string FolderPath:string SHA1:string
            SHA256:string FileSize:long ThreatFamily:string RemoteIP:string RemoteUrl:string AccountName:string AccountDomain:string
            AccountSid:string AccountObjectId:string AccountUpn:string DeviceId:string DeviceName:string LocalIP:string
            NetworkMessageId:string EmailSubject:string EmailClusterId:string Application:string ApplicationId:long
            OAuthApplicationId:string ProcessCommandLine:string RegistryKey:string RegistryValueName:string RegistryValueData:string
            AdditionalFields:string
            """),
        HuntingTable.Parse("BehaviorInfo", isStored: false, """
            Timestamp:datetime BehaviorId:string ActionType:string Description:string Categories:string AttackTechniques:string
            ServiceSource:string DetectionSource:string DataSources:string DeviceId:string AccountUpn:string AccountObjectId:string
            StartTime:datetime EndTime:datetime AdditionalFields:string
            """),
        HuntingTable.Parse("CloudAuditEvents", isStored: false, """
            Timestamp:datetime ReportId:string DataSource:string ActionType:string OperationName:string ResourceId:string IPAddress:string
            IsAnonymousProxy:bool CountryCode:string City:string Isp:string UserAgent:string RawEventData:dynamic AdditionalFields:dynamic
            """),
        HuntingTable.Parse("ExposureGraphNodes", isStored: false, """
            NodeId:string NodeLabel:string NodeName:string Categories:dynamic NodeProperties:dynamic EntityIds:dynamic
            """),
        HuntingTable.Parse("ExposureGraphEdges", isStored: false, """
            EdgeId:string EdgeLabel:string SourceNodeId:string SourceNodeName:string SourceNodeLabel:string SourceNodeCategories:dynamic
            TargetNodeId:string TargetNodeName:string TargetNodeLabel:string TargetNodeCategories:dynamic EdgeProperties:dynamic
            """),
    ];
}
