namespace Weir.Portal.Explorer;

/// <summary>A table below the chart.</summary>
/// <param name="None">What it says when there is no row.</param>
internal sealed record DetailTab(string Id, string Name, string None)
{
    public static DetailTab Email { get; } = new("email", "Email", "");

    public static DetailTab Clicks { get; } = new("clicks", "URL clicks", "Nobody followed a link of these messages through Weir. Clicks are known when Weir rewrites links, or when they are imported.");

    public static DetailTab TopUrls { get; } = new("urls", "Top URLs", "No link stands in these messages.");

    public static DetailTab TopClicks { get; } = new("top-clicks", "Top clicks", Clicks.None);

    public static DetailTab Users { get; } = new("users", "Top targeted users", "Nobody is a target here: none of these messages carries a threat.");

    public static DetailTab Families { get; } = new("families", "Top malware families", "None of these messages carries malware that has a name.");

    public static DetailTab Origin { get; } = new("origin", "Email origin", "None of these messages has a sending address on record.");

    public static DetailTab Campaigns { get; } = new("campaigns", "Campaign", "None of these messages belongs to a campaign.");
}
