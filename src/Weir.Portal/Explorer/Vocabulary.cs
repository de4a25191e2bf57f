using Weir.Detection.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>The spellings of the record beside those of pages.</summary>
internal static class Vocabulary
{
    public static IReadOnlyList<PropertyChoice> DeliveryActions { get; } =
        [new("Delivered", "Delivered"), new("Delivered to junk", "Junked"), new("Blocked", "Blocked"), new("Replaced", "Replaced")];

    public static IReadOnlyList<PropertyChoice> Locations { get; } =
    [
        new("Inbox/folder", "Inbox/folder"), new("Junk folder", "Junk folder"), new("Deleted Items folder", "Deleted items"), new("Quarantine", "Quarantine"),
        new("Failed", "Failed"), new("Dropped", "Dropped"), new("On-prem/external", "On-premises/external"), new("Unknown", "Unknown"),
    ];

    /// <summary>Where a message is now. The schema has one location for all kinds of deletion: the action tells them apart.</summary>
    public const string LatestPlace =
        "case(LatestDeliveryAction == 'Soft delete', 'Soft deleted', LatestDeliveryAction == 'Hard delete', 'Hard deleted', LatestDeliveryLocation)";

    /// <summary>A link without its scheme, query and outer slashes.</summary>
    public const string UrlDomainAndPath = "extract('^(?:[A-Za-z][A-Za-z0-9+.-]*:)?/*([^?#]*[^?#/])', 1, Url)";

    /// <summary>The path of a link without outer slashes.</summary>
    public const string UrlPath = "extract('^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*/+([^?#]*[^?#/])', 1, Url)";

    /// <summary>What became of a click; a click-through after a warning is a row of its own.</summary>
    public const string ClickVerdict =
        "case(ActionType == 'ClickBlocked' and IsClickedThrough, 'ClickOverridden', ActionType == 'UrlScanInProgress' and IsClickedThrough, 'ScanBypassed', ActionType)";

    /// <summary>The host of a clicked link.</summary>
    public const string ClickDomain = "tolower(extract('^[A-Za-z][A-Za-z0-9+.-]*://(?:[^@/?#]*@)?([^:/?#]+)', 1, Url))";

    public static IReadOnlyList<PropertyChoice> ClickVerdicts { get; } =
    [
        new("Allowed", "ClickAllowed"), new("Blocked", "ClickBlocked"), new("Block overridden", "ClickOverridden"), new("Pending verdict", "UrlScanInProgress"),
        new("Pending verdict bypassed", "ScanBypassed"), new("Error", "UrlErrorPage"),
    ];

    /// <summary>The ways into Weir.</summary>
    public static IReadOnlyList<PropertyChoice> Doors { get; } =
        [new("Milter", "milter"), new("Journal", "journal"), new("Import", "import"), new("Sample", "sample")];

    /// <summary>Who said where a message went.</summary>
    public static IReadOnlyList<PropertyChoice> Reporters { get; } =
        [new("Postfix", "postfix"), new("Dovecot", "dovecot"), new("Demo", "demo"), new("Nobody: assumed", "assumed")];

    public static IReadOnlyList<PropertyChoice> LatestLocations { get; } =
        [.. Locations, new("Soft deleted items", "Soft deleted"), new("Hard deleted items", "Hard deleted")];

    public static IReadOnlyList<PropertyChoice> PolicyActions { get; } =
    [
        new("Add x-header", "Add X-header"), new("Bcc message", "Bcc message"), new("Delete message", "Delete message"), new("Modify subject", "Modify subject"),
        new("Move to Junk Email folder", "Move message to junk mail folder"), new("No action taken", "No action taken"), new("Redirect message", "Redirect message"),
        new("Send to quarantine", "Send to quarantine"),
    ];

    public static IReadOnlyList<PropertyChoice> OverrideSources { get; } = Same([.. PolicyNames.OverrideSources]);

    /// <summary>The policy that decided for a recipient.</summary>
    public const string PolicyName = "extract('\"Policy\":\"([^\"]*)\"', 1, AdditionalFields)";

    public static IReadOnlyList<PropertyChoice> AdditionalActions { get; } =
        Same("Automated remediation", "Manual remediation", "ZAP", "Quarantine release");

    public static IReadOnlyList<PropertyChoice> Technologies { get; } =
        Same([.. Enum.GetValues<DetectionTechnology>().Select(Names.Of)]);

    public static IReadOnlyList<PropertyChoice> Same(params string[] values) => [.. values.Select(value => new PropertyChoice(value, value))];

    public static string DeliveryAction(string value) => Show(DeliveryActions, value);

    public static string Location(string value) => Show(Locations, value);

    /// <summary>A value of <see cref="LatestPlace"/> as pages show it.</summary>
    public static string LatestLocation(string value) => Show(LatestLocations, value);

    /// <summary>Where a message is now, from location and action.</summary>
    public static string LatestLocation(string value, string action) => LatestLocation(action switch
    {
        "Soft delete" => "Soft deleted",
        "Hard delete" => "Hard deleted",
        _ => value,
    });

    public static string Door(string value) => Show(Doors, value);

    /// <summary>A value of <see cref="ClickVerdict"/> as pages show it.</summary>
    public static string Click(string value) => Show(ClickVerdicts, value);

    public static string Reporter(string value) => Show(Reporters, value);

    public static string PolicyAction(string value) => Show(PolicyActions, value);

    private static string Show(IReadOnlyList<PropertyChoice> choices, string value) =>
        choices.FirstOrDefault(choice => choice.Value.Equals(value, StringComparison.OrdinalIgnoreCase))?.Name ?? value;
}
