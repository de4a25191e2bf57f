using System.Globalization;
using Weir.Intelligence.Contracts;

namespace Weir.Portal.Lists;

/// <summary>The allow/block list in words.</summary>
internal static class ListWords
{
    public const string Block = "block";
    public const string Allow = "allow";

    /// <summary>Tabs of the page, each with the kinds on it.</summary>
    public static IReadOnlyList<(string Id, string Name, EntryKind[] Kinds)> Tabs { get; } =
    [
        ("senders", "Domains & addresses", [EntryKind.SenderDomain, EntryKind.Sender]),
        ("spoof", "Spoofed senders", [EntryKind.Spoof]),
        ("urls", "URLs", [EntryKind.Url, EntryKind.UrlDomain]),
        ("files", "Files", [EntryKind.FileHash]),
        ("ips", "IP addresses", [EntryKind.IpAddress]),
    ];

    public static string Of(EntryKind kind) => kind switch
    {
        EntryKind.Sender => "Address",
        EntryKind.SenderDomain => "Domain",
        EntryKind.Url => "URL",
        EntryKind.UrlDomain => "Domain of URLs",
        EntryKind.FileHash => "File (SHA256)",
        EntryKind.IpAddress => "IP address or range",
        _ => "Spoofed sender",
    };

    public static string Example(EntryKind kind) => kind switch
    {
        EntryKind.Sender => "mallory@evil.example",
        EntryKind.SenderDomain => "evil.example covers what is below it; *.evil.example only what is below",
        EntryKind.Url => "evil.example/login covers what is below it and every query; *.evil.example/a/* with stars",
        EntryKind.UrlDomain => "evil.example: links to it and below it",
        EntryKind.FileHash => "64 hexadecimal digits",
        EntryKind.IpAddress => "192.0.2.1, 192.0.2.0/24 or 2001:db8::/48",
        _ => "Who is shown, a comma, who sends: weir.example, mailer.example or weir.example, 192.0.2.0/24",
    };

    /// <summary>The tab that shows a kind.</summary>
    public static string TabOf(EntryKind kind) => Tabs.First(tab => tab.Kinds.Contains(kind)).Id;

    public static string Pill(AllowBlockEntry entry) => entry.IsAllow ? "clean|Allow" : "high|Block";

    public static string Expiry(ListedEntry entry, Func<DateTimeOffset, string> format) => entry switch
    {
        { Expires: null } => "Never",
        { State: EntryState.Expired, Expires: { } at } => $"Expired {format(at)}",
        { UnusedDays: { } days, Expires: { } at } => $"{format(at)} ({days} days unused)",
        { Expires: { } at } => format(at),
    };

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Messages(long number) => number == 1 ? "1 message" : $"{Number(number)} messages";

    /// <summary>Address of the page with the dialog open for a new block.</summary>
    public static string BlockAddress(EntryKind kind, string value) => $"/allow-block?Tab={TabOf(kind)}&Add={EntryLines.Word(kind)}&Value={Uri.EscapeDataString(value)}";
}
