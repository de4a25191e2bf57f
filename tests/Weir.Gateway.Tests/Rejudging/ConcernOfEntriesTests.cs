using Weir.Gateway.Rejudging;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Tests.Rejudging;

public sealed class ConcernOfEntriesTests
{
    [Theory]
    [InlineData(EntryKind.Sender, "stranger@good.example", true)]
    [InlineData(EntryKind.SenderDomain, "good.example", true)]
    [InlineData(EntryKind.SenderDomain, "ood.example", false)]
    [InlineData(EntryKind.Url, "https://a.bad.example/x", true)]
    [InlineData(EntryKind.UrlDomain, "bad.example", true)]
    [InlineData(EntryKind.UrlDomain, "a.bad.example.org", false)]
    [InlineData(EntryKind.FileHash, "AB", true)]
    [InlineData(EntryKind.IpAddress, "192.0.2.0/24", true)]
    [InlineData(EntryKind.IpAddress, "192.0.2.2", false)]
    [InlineData(EntryKind.Url, "a.bad.example/x", true)]
    [InlineData(EntryKind.Url, "*.bad.example", true)]
    [InlineData(EntryKind.Url, "a.bad.example/y", false)]
    [InlineData(EntryKind.SenderDomain, "*.example", true)]
    [InlineData(EntryKind.SenderDomain, "*.good.example", false)]
    [InlineData(EntryKind.Spoof, "good.example, mailer.example", true)]
    [InlineData(EntryKind.Spoof, "*, 192.0.2.0/24", true)]
    [InlineData(EntryKind.Spoof, "other.example, mailer.example", false)]
    public void An_entry_speaks_of_the_mail_that_has_its_value(EntryKind kind, string value, bool concerns)
    {
        var concern = new ConcernOfEntries([new AllowBlockEntry(kind, value, IsAllow: false, Expires: null, Note: "")]);

        var speaks = concern.Sender("Stranger@Good.example") || concern.Url("https://a.bad.example/x?y", "a.bad.example") || concern.File("ab") || concern.Address("192.0.2.1");

        Assert.Equal(concerns, speaks);
    }

    [Fact]
    public void Nothing_is_asked_of_kinds_that_no_entry_has()
    {
        var concern = new ConcernOfEntries([new AllowBlockEntry(EntryKind.FileHash, "ab", IsAllow: false, Expires: null, Note: "")]);

        Assert.Equal((false, false, true, false), (concern.HasSenders, concern.HasUrls, concern.HasFiles, concern.HasAddresses));
    }
}
