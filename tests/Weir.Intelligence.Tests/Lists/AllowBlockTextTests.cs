using CsCheck;
using Weir.Intelligence.Contracts;
using Weir.Intelligence.Lists;

namespace Weir.Intelligence.Tests.Lists;

public sealed class AllowBlockTextTests
{
    [Theory]
    [InlineData("block sender Mallory@Evil.example  # invoices", EntryKind.Sender, "mallory@evil.example", false, "invoices")]
    [InlineData("allow domain partner.example", EntryKind.SenderDomain, "partner.example", true, "")]
    [InlineData("block url https://evil.example/a#b # page", EntryKind.Url, "https://evil.example/a#b", false, "page")]
    [InlineData("block url-domain *.evil.example", EntryKind.UrlDomain, "evil.example", false, "")]
    [InlineData("block ip 192.0.2.0/24", EntryKind.IpAddress, "192.0.2.0/24", false, "")]
    public void A_line_is_an_entry(string line, object kind, string value, bool isAllow, string note)
    {
        var (entries, errors) = AllowBlockText.Parse(line);

        Assert.Empty(errors);
        Assert.Equal([new AllowBlockEntry((EntryKind)kind, value, isAllow, null, note)], entries);
    }

    [Fact]
    public void An_entry_may_expire()
    {
        var entry = Assert.Single(AllowBlockText.Parse("allow sender a@b.example expires 2026-12-01").Entries);

        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), entry.Expires);
    }

    [Theory]
    [InlineData("deny sender a@b.example", "Write:")]
    [InlineData("block sender nobody", "not an address")]
    [InlineData("block sha256 12", "64 hexadecimal digits")]
    [InlineData("block ip 300.1.1.1", "neither")]
    [InlineData("block url evil", "absolute URL")]
    [InlineData("block domain a.example expires soon", "not a date")]
    [InlineData("block domain a.example until tomorrow", "\"until\"")]
    public void A_wrong_line_is_named_and_the_others_stay(string line, string message)
    {
        var (entries, errors) = AllowBlockText.Parse($"# list\n\n{line}\nblock domain evil.example\n");

        var error = Assert.Single(errors);
        Assert.Equal(3, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Single(entries);
    }

    [Fact]
    public void Any_text_is_read_without_an_exception() => Gen.String.Sample(text => AllowBlockText.Parse("block url " + text));
}
