namespace Weir.Portal.Explorer;

/// <summary>A view of Explorer: which rows it is about. Each has an address of its own; filters go along from one to the other.</summary>
/// <param name="Rows">What is counted, in words.</param>
/// <param name="Row">One of them.</param>
internal sealed record ExplorerView(string Id, string Name, string Path, string Rows, string Row)
{
    public static ExplorerView AllEmail { get; } = new("all", "All email", "/explorer", "messages", "message");

    public static ExplorerView Malware { get; } = new("malware", "Malware", "/explorer/malware", "messages", "message") { Condition = "ThreatTypes contains 'Malware'" };

    public static ExplorerView Phish { get; } = new("phish", "Phish", "/explorer/phish", "messages", "message") { Condition = "ThreatTypes contains 'Phish'" };

    public static ExplorerView Campaigns { get; } = new("campaigns", "Campaigns", "/explorer/campaigns", "messages", "message") { HasCampaign = true };

    public static ExplorerView Clicks { get; } = new("url-clicks", "URL clicks", "/explorer/url-clicks", "clicks", "click") { IsOfClicks = true };

    public static IReadOnlyList<ExplorerView> All { get; } = [AllEmail, Malware, Phish, Campaigns, Clicks];

    /// <summary>What a message must be to be in the view; nothing for every one.</summary>
    public string? Condition { get; private init; }

    /// <summary>Only messages of campaigns.</summary>
    public bool HasCampaign { get; private init; }

    /// <summary>The rows are clicks, not messages.</summary>
    public bool IsOfClicks { get; private init; }

    public string Table => IsOfClicks ? "UrlClickEvents" : "EmailEvents";

    /// <summary>The tables below the chart; the first is shown when an address names none.</summary>
    public IReadOnlyList<DetailTab> Tabs => Id switch
    {
        "malware" => [DetailTab.Email, DetailTab.Families, DetailTab.Users, DetailTab.Origin, DetailTab.Campaigns],
        "campaigns" => [DetailTab.Campaigns, DetailTab.Email, DetailTab.Users, DetailTab.Origin],
        "url-clicks" => [DetailTab.Clicks, DetailTab.TopClicks, DetailTab.Users],
        _ => [DetailTab.Email, DetailTab.Clicks, DetailTab.TopUrls, DetailTab.TopClicks, DetailTab.Users, DetailTab.Origin, DetailTab.Campaigns],
    };

    /// <summary>What the chart can be split by; the first is shown when an address names none.</summary>
    public IReadOnlyList<Pivot> Pivots => Id switch
    {
        "malware" => From("malwareFamily"),
        "phish" => From("deliveryAction"),
        "campaigns" => From("campaignType"),
        "url-clicks" => Pivot.Clicks,
        _ => Pivot.All,
    };

    /// <summary>Everything that the view can be filtered by. Clicks are found by their message, messages by their clicks.</summary>
    public IReadOnlyList<ExplorerProperty> Properties => IsOfClicks
        ? [.. ExplorerProperties.All.OrderBy(property => property.Group != ExplorerProperties.Clicks)]
        : ExplorerProperties.All;

    /// <summary>The view that an address belongs to; nothing for another page.</summary>
    public static ExplorerView? Find(string path) => path == "/threatexplorer" ? AllEmail : All.FirstOrDefault(view => view.Path == path);

    public static ExplorerView OfId(string? id) => All.FirstOrDefault(view => view.Id == id) ?? AllEmail;

    /// <summary>"1 message", "2,000 clicks".</summary>
    public string Count(long count) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? Row : Rows)}");

    private static IReadOnlyList<Pivot> From(string first) => [.. Pivot.All.OrderBy(pivot => pivot.Id != first)];
}
