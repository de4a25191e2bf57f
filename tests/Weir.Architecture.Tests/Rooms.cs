namespace Weir.Architecture.Tests;

/// <summary>The one table of rooms: who may use whom. All may use Kernel.</summary>
internal static class Rooms
{
    private static readonly string[] Every =
        ["Storage", "Access", "Directory", "Mail", "Kql", "Events", "Intelligence", "Detection", "Mailboxes", "Gateway", "Response", "Portal", "Sample"];

    public static IReadOnlyDictionary<string, string[]> MayUse { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Kernel"] = [],
        ["Storage"] = [],
        ["Access"] = ["Storage"],
        ["Directory"] = ["Storage", "Access"],
        ["Mail"] = [],
        ["Kql"] = [],
        ["Events"] = ["Kql", "Access", "Storage"],
        ["Intelligence"] = ["Mail", "Events", "Storage", "Access"],
        ["Detection"] = ["Mail", "Intelligence", "Directory", "Events", "Storage", "Access"],
        ["Mailboxes"] = ["Mail", "Events", "Directory", "Storage", "Access"],
        ["Gateway"] = ["Mail", "Detection", "Intelligence", "Events", "Directory", "Access", "Storage"],
        ["Response"] = ["Mail", "Detection", "Intelligence", "Mailboxes", "Directory", "Events", "Kql", "Storage", "Access"],
        ["Portal"] = ["Access", "Directory", "Mail", "Kql", "Events", "Detection", "Intelligence", "Mailboxes", "Gateway", "Response"],
        ["Sample"] = ["Mail", "Directory"],
        ["Server"] = Every,
    };

    /// <summary>Their types need not hide: Razor components are public by nature, ids are for all, the host and the sample have no door.</summary>
    public static IReadOnlySet<string> WithoutDoor { get; } = new HashSet<string>(StringComparer.Ordinal) { "Kernel", "Portal", "Server", "Sample" };

    public static string Root => Repository.Root;
}
