using CsCheck;
using Weir.Intelligence.Contracts;
using Weir.Intelligence.Lists;

namespace Weir.Intelligence.Tests.Lists;

public sealed class EntryIndexTests
{
    private static readonly string[] Hosts = ["a.example", "b.a.example", "c.b.a.example", "example", "d.example"];

    private static readonly Gen<string> Path = OneOf("", "/x", "/x/y", "/x/yy", "/x?y", "/z#x", "/x/*/y", "/*");

    private static readonly Gen<AllowBlockEntry> Entry = Gen.OneOf(
        Gen.Select(OneOf(Hosts), Gen.Bool).Select((host, below) => (EntryKind.SenderDomain, (below ? "*." : "") + host)),
        Gen.Select(OneOf(Hosts), Gen.Bool).Select((host, below) => (EntryKind.UrlDomain, (below ? "*." : "") + host)),
        OneOf(Hosts).Select(host => (EntryKind.Sender, "u@" + host)),
        Gen.Select(OneOf(Hosts), Path, Gen.Bool).Select((host, path, below) => (EntryKind.Url, (below ? "*." : "") + host + path)),
        Gen.Select(Gen.Int[0, 3], Gen.Int[20, 32]).Select((low, length) => (EntryKind.IpAddress, IpRange.Of($"192.0.{low}.1/{length}")!.Value.ToString())),
        Gen.Select(OneOf("*", "a.example", "u@b.a.example"), OneOf("*", "192.0.0.0/22", "d.example")).Select((shown, sends) => (EntryKind.Spoof, $"{shown}, {sends}")))
        .Select(Gen.Bool).Select((what, isAllow) => new AllowBlockEntry(what.Item1, what.Item2, isAllow, null, ""));

    private static readonly Gen<MailTraits> Message = Gen.Select(OneOf(Hosts), OneOf(Hosts), Gen.Select(OneOf(Hosts), Path).Array[0, 3], Gen.Int[0, 4]).Select((author, from, urls, ip) => new MailTraits
    {
        Author = "u@" + author,
        MailFrom = "u@" + from,
        Urls = [.. urls.Select(url => ($"https://{url.Item1}{url.Item2.Replace("*", "q", StringComparison.Ordinal)}", url.Item1))],
        ClientIp = $"192.0.{ip}.7",
        ClientName = from,
    });

    /// <summary>The same as asking one entry after the other.</summary>
    [Fact]
    public void Looking_up_finds_what_going_through_finds() =>
        Gen.Select(Entry.Array[0, 40], Message).Sample((entries, message) =>
        {
            var distinct = entries.Distinct().ToList();
            var expected = distinct.Where(entry => Covers(entry, message)).ToHashSet();

            Assert.Equal(expected, new EntryIndex(distinct).Find(message).ToHashSet());
        });

    [Fact]
    public void Of_ranges_the_longest_comes_first()
    {
        AllowBlockEntry[] entries = [.. new[] { "192.0.0.0/16", "192.0.2.7", "192.0.2.0/24", "2001:db8::/32" }.Select(value => new AllowBlockEntry(EntryKind.IpAddress, value, false, null, ""))];

        Assert.Equal(["192.0.2.7", "192.0.2.0/24", "192.0.0.0/16"], new EntryIndex(entries).Find(new MailTraits { ClientIp = "192.0.2.7" }).Select(entry => entry.Value));
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static bool Covers(AllowBlockEntry entry, MailTraits message) => entry.Kind switch
    {
        EntryKind.Sender => entry.CoversAddress(message.Author) || entry.CoversAddress(message.MailFrom),
        EntryKind.SenderDomain => entry.CoversDomain(Domain(message.Author)) || (!entry.IsAllow && entry.CoversDomain(Domain(message.MailFrom))),
        EntryKind.UrlDomain => message.Urls.Any(url => entry.CoversDomain(url.Domain)),
        EntryKind.Url => message.Urls.Any(url => entry.CoversUrl(url.Url)),
        EntryKind.IpAddress => entry.CoversIp(message.ClientIp),
        _ => entry.CoversSpoof(message.Author, message.ClientIp, message.ClientName),
    };

    private static string Domain(string address) => address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
}
