namespace Weir.Events.Schema;

/// <summary>Tables of the log service that published queries join with mail; their time column is TimeGenerated. Weir does not fill them.</summary>
internal static class LogTables
{
    public static IReadOnlyList<HuntingTable> All { get; } =
    [
        HuntingTable.Parse("SigninLogs", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime ResourceId:string OperationName:string OperationVersion:string
            Category:string ResultType:string ResultSignature:string ResultDescription:string DurationMs:long CorrelationId:string
            Resource:string ResourceGroup:string Identity:string Level:string Location:string AppDisplayName:string AppId:string
            AuthenticationDetails:string AuthenticationProcessingDetails:string AuthenticationRequirement:string
            AuthenticationRequirementPolicies:string AutonomousSystemNumber:string ClientAppUsed:string ConditionalAccessPolicies:dynamic
            ConditionalAccessStatus:string CreatedDateTime:datetime CrossTenantAccessType:string DeviceDetail:dynamic HomeTenantId:string
            Id:string IPAddress:string IsInteractive:bool IsRisky:bool LocationDetails:dynamic MfaDetail:dynamic
            NetworkLocationDetails:string OriginalRequestId:string ProcessingTimeInMilliseconds:string ResourceDisplayName:string
            ResourceIdentity:string ResourceServicePrincipalId:string ResourceTenantId:string RiskDetail:string RiskEventTypes:string
            RiskEventTypes_V2:string RiskLevelAggregated:string RiskLevelDuringSignIn:string RiskState:string ServicePrincipalId:string
            ServicePrincipalName:string SessionId:string SignInIdentifier:string SignInIdentifierType:string Status:dynamic
            TokenIssuerName:string TokenIssuerType:string UniqueTokenIdentifier:string UserAgent:string UserDisplayName:string UserId:string
            UserPrincipalName:string UserType:string Type:string
            """),
        HuntingTable.Parse("AADNonInteractiveUserSignInLogs", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime ResourceId:string OperationName:string OperationVersion:string
            Category:string ResultType:string ResultSignature:string ResultDescription:string DurationMs:long CorrelationId:string
            Resource:string ResourceGroup:string Identity:string Level:string Location:string AppDisplayName:string AppId:string
            AuthenticationDetails:string AuthenticationProcessingDetails:string AuthenticationRequirement:string
            AuthenticationRequirementPolicies:string AutonomousSystemNumber:string ClientAppUsed:string ConditionalAccessPolicies:string
            ConditionalAccessStatus:string CreatedDateTime:datetime CrossTenantAccessType:string DeviceDetail:string HomeTenantId:string
            Id:string IPAddress:string IsInteractive:bool IsRisky:bool LocationDetails:string MfaDetail:string NetworkLocationDetails:string
            OriginalRequestId:string ProcessingTimeInMilliseconds:string ResourceDisplayName:string ResourceIdentity:string
            ResourceServicePrincipalId:string ResourceTenantId:string RiskDetail:string RiskEventTypes:string RiskEventTypes_V2:string
            RiskLevelAggregated:string RiskLevelDuringSignIn:string RiskState:string ServicePrincipalId:string ServicePrincipalName:string
            SessionId:string SignInIdentifier:string SignInIdentifierType:string Status:string TokenIssuerName:string TokenIssuerType:string
            UniqueTokenIdentifier:string UserAgent:string UserDisplayName:string UserId:string UserPrincipalName:string UserType:string
            Type:string
            """),
        HuntingTable.Parse("AADServicePrincipalSignInLogs", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime AppDisplayName:string AppId:string CorrelationId:string
            IPAddress:string Identity:string Location:string LocationDetails:string OperationName:string ResourceDisplayName:string
            ResultType:string ResultDescription:string ServicePrincipalId:string ServicePrincipalName:string ConditionalAccessStatus:string
            Type:string
            """),
        HuntingTable.Parse("AADManagedIdentitySignInLogs", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime AppId:string CorrelationId:string IPAddress:string Identity:string
            Location:string OperationName:string ResourceDisplayName:string ResultType:string ResultDescription:string
            ServicePrincipalId:string ServicePrincipalName:string Type:string
            """),
        HuntingTable.Parse("AADProvisioningLogs", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime OperationName:string ResultType:string ResultDescription:string
            Identity:string Action:string InitiatedBy:string SourceIdentity:string TargetIdentity:string ModifiedProperties:string
            Type:string
            """),
        HuntingTable.Parse("ADFSSignInLogs", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime AppDisplayName:string IPAddress:string Identity:string
            OperationName:string ResultType:string UserPrincipalName:string UserId:string Type:string
            """),
        HuntingTable.Parse("AuditLogs", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime AADOperationType:string AADTenantId:string ActivityDateTime:datetime
            ActivityDisplayName:string AdditionalDetails:dynamic Category:string CorrelationId:string DurationMs:long Id:string
            Identity:string InitiatedBy:dynamic Level:string Location:string LoggedByService:string OperationName:string
            OperationVersion:string Resource:string ResourceGroup:string ResourceId:string Result:string ResultDescription:string
            ResultReason:string ResultSignature:string ResultType:string TargetResources:dynamic Type:string
            """),
        HuntingTable.Parse("AADUserRiskEvents", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime Activity:string ActivityDateTime:datetime AdditionalInfo:dynamic
            CorrelationId:string DetectedDateTime:datetime DetectionTimingType:string Id:string IpAddress:string
            LastUpdatedDateTime:datetime Location:dynamic OperationName:string RequestId:string RiskDetail:string RiskEventType:string
            RiskLevel:string RiskState:string Source:string TokenIssuerType:string UserDisplayName:string UserId:string
            UserPrincipalName:string Type:string
            """),
        HuntingTable.Parse("AADRiskyUsers", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime CorrelationId:string Id:string IsDeleted:bool IsProcessing:bool
            OperationName:string RiskDetail:string RiskLastUpdatedDateTime:datetime RiskLevel:string RiskState:string UserDisplayName:string
            UserPrincipalName:string Type:string
            """),
        HuntingTable.Parse("AADRiskyServicePrincipals", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime AppId:string DisplayName:string Id:string RiskDetail:string
            RiskLastUpdatedDateTime:datetime RiskLevel:string RiskState:string Type:string
            """),
        HuntingTable.Parse("AADServicePrincipalRiskEvents", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime Activity:string ActivityDateTime:datetime AppId:string
            DetectedDateTime:datetime Id:string IpAddress:string Location:dynamic RiskDetail:string RiskEventType:string RiskLevel:string
            RiskState:string ServicePrincipalDisplayName:string ServicePrincipalId:string Type:string
            """),
        HuntingTable.Parse("NetworkAccessTraffic", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime Action:string ConnectionId:string DestinationFqdn:string
            DestinationIp:string DestinationPort:int DestinationUrl:string DeviceId:string InitiatingProcessName:string
            NetworkProtocol:string PolicyName:string ReceivedBytes:long SentBytes:long SourceIp:string SourcePort:int TrafficType:string
            TransactionId:string UserId:string UserPrincipalName:string Type:string
            """),
        HuntingTable.Parse("MicrosoftGraphActivityLogs", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime ApiVersion:string AppId:string ClientAuthMethod:int
            ClientRequestId:string DurationMs:int IPAddress:string Location:string OperationId:string RequestId:string RequestMethod:string
            RequestUri:string ResponseSizeBytes:int ResponseStatusCode:int Roles:string Scopes:string ServicePrincipalId:string
            SessionId:string SignInActivityId:string UserAgent:string UserId:string Type:string
            """),
        HuntingTable.Parse("OfficeActivity", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime Application:string ClientAppId:string ClientInfoString:string
            ClientIP:string Client_IPAddress:string DestFolder:string ElevationTime:datetime ExternalAccess:string Folders:string
            InternalLogonType:string InterSystemsId:string Item:string ItemName:string ItemType:string LogonType:int
            LogonUserDisplayName:string LogonUserSid:string MailboxGuid:string MailboxOwnerSid:string MailboxOwnerUPN:string
            ModifiedProperties:string OfficeId:string OfficeObjectId:string OfficeWorkload:string Operation:string
            OperationProperties:dynamic OrganizationId:string OrganizationName:string OriginatingServer:string Parameters:string
            RecordType:string ResultStatus:string SessionId:string Site_Url:string SiteUrl:string SourceFileName:string Source_Name:string
            SourceRelativeUrl:string Subject:string TargetUserOrGroupName:string TargetUserOrGroupType:string UserAgent:string UserId:string
            UserKey:string UserType:string Type:string
            """),
        HuntingTable.Parse("SecurityAlert", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime DisplayName:string AlertName:string AlertSeverity:string
            Description:string ProviderName:string VendorName:string VendorOriginalId:string SystemAlertId:string ResourceId:string
            SourceComputerId:string AlertType:string ConfidenceLevel:string ConfidenceScore:real IsIncident:bool StartTime:datetime
            EndTime:datetime ProcessingEndTime:datetime RemediationSteps:string ExtendedProperties:string Entities:string
            WorkspaceSubscriptionId:string WorkspaceResourceGroup:string ExtendedLinks:string ProductName:string ProductComponentName:string
            AlertLink:string Status:string CompromisedEntity:string Tactics:string Techniques:string SubTechniques:string Type:string
            """),
        HuntingTable.Parse("SecurityIncident", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime IncidentName:string Title:string Description:string Severity:string
            Status:string Classification:string ClassificationComment:string ClassificationReason:string Owner:dynamic ProviderName:string
            ProviderIncidentId:string FirstActivityTime:datetime LastActivityTime:datetime FirstModifiedTime:datetime
            LastModifiedTime:datetime CreatedTime:datetime ClosedTime:datetime IncidentNumber:int RelatedAnalyticRuleIds:dynamic
            AlertIds:dynamic BookmarkIds:dynamic Comments:dynamic Labels:dynamic IncidentUrl:string AdditionalData:dynamic ModifiedBy:string
            Tasks:dynamic Type:string
            """),
        HuntingTable.Parse("SecurityEvent", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime Account:string AccountType:string Activity:string Channel:string
            Computer:string ClientIPAddress:string CommandLine:string EventData:string EventID:int EventSourceName:string IpAddress:string
            IpPort:string LogonProcessName:string LogonType:int LogonTypeName:string NewProcessName:string ParentProcessName:string
            Process:string ProcessName:string ServiceName:string SubjectAccount:string SubjectDomainName:string SubjectUserName:string
            SubjectUserSid:string TargetAccount:string TargetDomainName:string TargetUserName:string TargetUserSid:string
            WorkstationName:string Type:string
            """),
        HuntingTable.Parse("CommonSecurityLog", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime Activity:string AdditionalExtensions:string
            ApplicationProtocol:string CollectorHostName:string CommunicationDirection:string Computer:string DestinationDnsDomain:string
            DestinationHostName:string DestinationIP:string DestinationPort:int DestinationUserName:string DeviceAction:string
            DeviceAddress:string DeviceCustomString1:string DeviceCustomString2:string DeviceEventClassID:string DeviceName:string
            DeviceProduct:string DeviceVendor:string DeviceVersion:string EventCount:int EventOutcome:string EventType:int FileHash:string
            FileName:string IndicatorThreatType:string LogSeverity:string Message:string Protocol:string ReceivedBytes:long RemoteIP:string
            RemotePort:string RequestClientApplication:string RequestMethod:string RequestURL:string SentBytes:long SourceHostName:string
            SourceIP:string SourcePort:int SourceUserName:string ThreatSeverity:int Type:string
            """),
        HuntingTable.Parse("Syslog", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime CollectorHostName:string Computer:string EventTime:datetime
            Facility:string HostIP:string HostName:string ProcessID:int ProcessName:string SeverityLevel:string SyslogMessage:string
            Type:string
            """),
        HuntingTable.Parse("AzureActivity", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime ActivityStatus:string ActivityStatusValue:string Authorization:string
            Caller:string CallerIpAddress:string Category:string CategoryValue:string Claims:string CorrelationId:string EventDataId:string
            EventSubmissionTimestamp:datetime Hierarchy:string HTTPRequest:string Level:string OperationId:string OperationName:string
            OperationNameValue:string Properties:string Resource:string ResourceGroup:string ResourceId:string ResourceProvider:string
            ResourceProviderValue:string SubscriptionId:string Type:string
            """),
        HuntingTable.Parse("BehaviorAnalytics", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime ActionType:string ActivityInsights:dynamic ActivityType:string
            DestinationDevice:string DestinationIPAddress:string DestinationIPLocation:string DevicesInsights:dynamic
            EventProductVersion:string EventSource:string EventVendor:string InvestigationPriority:int NativeTableName:string
            SourceDevice:string SourceIPAddress:string SourceIPLocation:string SourceRecordId:string TimeProcessed:datetime UserName:string
            UserPrincipalName:string UsersInsights:dynamic Type:string
            """),
        HuntingTable.Parse("Anomalies", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime ActivityInsights:dynamic AnomalyDetails:dynamic
            AnomalyReasons:dynamic AnomalyTemplateId:string AnomalyTemplateName:string AnomalyTemplateVersion:string Description:string
            DestinationDevice:string DestinationIpAddress:string DestinationLocation:dynamic DeviceInsights:dynamic EndTime:datetime
            Entities:dynamic ExtendedLinks:dynamic ExtendedProperties:dynamic Id:string RuleConfigVersion:string RuleId:string
            RuleName:string RuleStatus:string Score:real SourceDevice:string SourceIpAddress:string SourceLocation:dynamic
            StartTime:datetime Tactics:string Techniques:string UserInsights:dynamic UserName:string UserPrincipalName:string
            VendorName:string WorkspaceId:string Type:string
            """),
        HuntingTable.Parse("ThreatIntelligenceIndicator", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime Action:string Active:bool ActivityGroupNames:string
            AdditionalInformation:string ApplicationId:string AzureTenantId:string ConfidenceScore:real Description:string
            DiamondModel:string DomainName:string EmailEncoding:string EmailLanguage:string EmailRecipient:string EmailSenderAddress:string
            EmailSenderName:string EmailSourceDomain:string EmailSourceIpAddress:string EmailSubject:string EmailXMailer:string
            ExpirationDateTime:datetime ExternalIndicatorId:string FileHashType:string FileHashValue:string FileName:string FilePath:string
            FileSize:int IndicatorId:string IndicatorProvider:string MalwareNames:string NetworkDestinationIP:string
            NetworkDestinationPort:int NetworkIP:string NetworkPort:int NetworkSourceIP:string NetworkSourcePort:int Tags:string
            ThreatSeverity:int ThreatType:string TrafficLightProtocolLevel:string Url:string UserAgent:string Type:string
            """),
        HuntingTable.Parse("ThreatIntelIndicators", isStored: false, """
            TenantId:string SourceSystem:string TimeGenerated:datetime AdditionalFields:dynamic Confidence:int Created:datetime Data:dynamic
            Id:string IsActive:bool IsDeleted:bool LastUpdateMethod:string LifecycleId:string Modified:datetime ObservableKey:string
            ObservableValue:string Pattern:string Revoked:bool Source:string Tags:string ValidFrom:datetime ValidUntil:datetime
            WorkspaceId:string Type:string
            """),
    ];
}
