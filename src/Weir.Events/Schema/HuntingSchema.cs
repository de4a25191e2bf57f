using Weir.Kql.Contracts;

namespace Weir.Events.Schema;

/// <summary>Every table that a hunting query may name: the tables Weir fills and those of neighbouring products, which stay empty.</summary>
internal static class HuntingSchema
{
    public static IReadOnlyList<HuntingTable> Tables { get; } =
    [
        MailTables.EmailEvents,
        MailTables.EmailUrlInfo,
        MailTables.EmailAttachmentInfo,
        MailTables.EmailPostDeliveryEvents,
        MailTables.UrlClickEvents,
        MailTables.CampaignInfo,
        MessageTables.MessageEvents,
        MessageTables.MessagePostDeliveryEvents,
        MessageTables.MessageUrlInfo,
        MessageTables.MessageContents,
        MessageTables.FileMaliciousContentInfo,
        AlertTables.AlertInfo,
        AlertTables.AlertEvidence,
        IdentityTables.IdentityInfo,
        IdentityTables.IdentityLogonEvents,
        IdentityTables.CloudAppEvents,
        DeviceTables.DeviceInfo,
        DeviceTables.DeviceLogonEvents,
        DeviceActivityTables.DeviceFileEvents,
        DeviceActivityTables.DeviceNetworkEvents,
        DeviceActivityTables.DeviceProcessEvents,
        .. EndpointTables.All,
        .. SignInTables.All,
        .. LogTables.All,
        WeirTables.WeirMessageEvidence,
        WeirTables.WeirOtherFilter,
        WeirTables.WeirDeliveryEvents,
        WeirTables.WeirCampaigns,
        WeirTables.WeirCampaignTies,
    ];

    /// <summary>Tables whose rows go by their own time when old days are dropped; those of the others go with their message.</summary>
    public static IReadOnlyList<HuntingTable> KeptByTime { get; } = [MailTables.UrlClickEvents, AlertTables.AlertInfo, AlertTables.AlertEvidence];

    public static KqlSchema Kql { get; } = new(Tables.Select(table => table.ToKql()));

    /// <summary>The table of that name, or null.</summary>
    public static HuntingTable? Find(string name) => Tables.FirstOrDefault(table => table.Name == name);
}
