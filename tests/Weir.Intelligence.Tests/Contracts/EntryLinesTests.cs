using CsCheck;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Tests.Contracts;

public sealed class EntryLinesTests
{
    private static readonly EntryDefaults Blocks = new(IsAllow: false);

    [Theory]
    [InlineData("block sender Mallory@Evil.example  # invoices", EntryKind.Sender, "mallory@evil.example", false, "invoices")]
    [InlineData("allow domain partner.example", EntryKind.SenderDomain, "partner.example", true, "")]
    [InlineData("block domain *.ZIP", EntryKind.SenderDomain, "*.zip", false, "")]
    [InlineData("block domain bücher.example", EntryKind.SenderDomain, "xn--bcher-kva.example", false, "")]
    [InlineData("block url https://Evil.example/a#b # page", EntryKind.Url, "evil.example/a#b", false, "page")]
    [InlineData("block url *.evil.example/login/*", EntryKind.Url, "*.evil.example/login/*", false, "")]
    [InlineData("block url-domain *.evil.example", EntryKind.UrlDomain, "*.evil.example", false, "")]
    [InlineData("block ip 192.0.2.77/24", EntryKind.IpAddress, "192.0.2.0/24", false, "")]
    [InlineData("block ip 2001:DB8::/32", EntryKind.IpAddress, "2001:db8::/32", false, "")]
    [InlineData("allow spoof weir.example,   out.mailer.example", EntryKind.Spoof, "weir.example, out.mailer.example", true, "")]
    [InlineData("mallory@evil.example", EntryKind.Sender, "mallory@evil.example", false, "")]
    [InlineData("evil.example", EntryKind.SenderDomain, "evil.example", false, "")]
    [InlineData("evil.example/login", EntryKind.Url, "evil.example/login", false, "")]
    [InlineData("275A021BBFB6489E54D471899F7DB9D1663FC695EC2FE2A2C4538AABF651FD0F", EntryKind.FileHash, "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f", false, "")]
    [InlineData("192.0.2.1", EntryKind.IpAddress, "192.0.2.1", false, "")]
    [InlineData("::ffff:192.0.2.1", EntryKind.IpAddress, "192.0.2.1", false, "")]
    [InlineData("weir.example, 192.0.2.0/24", EntryKind.Spoof, "weir.example, 192.0.2.0/24", false, "")]
    public void A_line_is_an_entry(string line, object kind, string value, bool isAllow, string note)
    {
        var (number, _, draft, problem) = Assert.Single(EntryLines.Read(line, Blocks));

        Assert.Equal((1, null), (number, problem));
        Assert.Equal(new EntryDraft((EntryKind)kind, value, isAllow, Expiry: null, note), draft);
    }

    [Fact]
    public void An_entry_may_expire()
    {
        var drafts = EntryLines.Read("allow sender a@b.example expires 2026-12-01\nblock ip 192.0.2.1 expires never\nallow domain b.example unused 45d", Blocks).Select(line => line.Draft!.Expiry).ToList();

        // The day itself is in it.
        Assert.Equal([EntryExpiry.On(new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero)), EntryExpiry.Never, EntryExpiry.AfterUnused()], drafts);
    }

    [Theory]
    [InlineData("block mail a@b.example", "Write:")]
    [InlineData("block sender nobody", "not an address")]
    [InlineData("block sha256 12", "64 hexadecimal digits")]
    [InlineData("block ip 300.1.1.1", "neither")]
    [InlineData("block ip 192.0.2.0/33", "neither")]
    [InlineData("block url evil", "no host")]
    [InlineData("block url javascript://evil.example/", "of the web")]
    [InlineData("block url evil.example/*/*/*/*/*/*/*/*/*x", "8 stars")]
    [InlineData("block spoof weir.example", "not a pair")]
    [InlineData("block spoof *, *", "every message")]
    [InlineData("block domain a.example expires soon", "not a date")]
    [InlineData("block domain a.example until tomorrow", "\"until\"")]
    [InlineData("block domain -a.example", "not a domain")]
    public void A_wrong_line_is_named_and_the_others_stay(string line, string message)
    {
        var lines = EntryLines.Read($"# list\n\n{line}\nblock domain evil.example\n", Blocks).ToList();

        Assert.Equal([3, 4], lines.Select(each => each.Number));
        Assert.Contains(message, lines[0].Problem, StringComparison.Ordinal);
        Assert.NotNull(lines[1].Draft);
    }

    [Fact]
    public void A_pair_that_still_has_its_quotes_is_read_and_an_address_with_two_at_signs_is_none()
    {
        var lines = EntryLines.Read("block spoof \"weir.example, *\"\nmallory@@evil.example\n", Blocks).ToList();

        Assert.Equal((EntryKind.Spoof, "weir.example, *"), (lines[0].Draft!.Kind, lines[0].Draft!.Value));
        Assert.Contains("is not an address", lines[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var entry = new ListedEntry
        {
            Entry = new AllowBlockEntry(EntryKind.Url, "evil.example/a#b", false, null, "a note\nof two lines"),
            State = EntryState.InForce, Source = "", CreatedBy = "", CreatedAt = default, ModifiedBy = "", ModifiedAt = default,
            Expires = new DateTimeOffset(2026, 12, 1, 10, 30, 0, TimeSpan.Zero),
        };

        var draft = Assert.Single(EntryLines.Read(EntryLines.Write(entry), new EntryDefaults(IsAllow: true))).Draft;

        Assert.Equal(new EntryDraft(EntryKind.Url, "evil.example/a#b", false, EntryExpiry.On(entry.Expires.Value), "a note of two lines"), draft);
    }

    [Fact]
    public void Any_text_is_read_without_an_exception()
    {
        string[] starts = ["block url ", "allow spoof ", "", "block ip ", "block domain "];
        Gen.Select(Gen.Int[0, starts.Length - 1], Gen.String).Sample((start, text) =>
            Assert.All(EntryLines.Read(starts[start] + text, Blocks), line => Assert.True(line.Draft is null != line.Problem is null)));
    }
}
