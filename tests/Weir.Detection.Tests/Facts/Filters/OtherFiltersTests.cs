using System.Text;
using Weir.Detection.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Facts.Filters;

/// <summary>What counts of other filters' fields, and what a sender could have written.</summary>
public sealed class OtherFiltersTests
{
    private const string Store = "Received: from mx ([10.0.0.5]) by store with LMTP id 1; Mon, 02 Nov 2026 09:00:00 +0000\n";
    private const string Border = "Received: from relay.out.example (relay.out.example [203.0.113.9])\n\tby mx.harbour.example (Postfix) with ESMTPS id 4ABC12345; Mon, 02 Nov 2026 09:00:00 +0000\n";
    private const string Rest = "From: a@out.example\nSubject: Hello\n";

    private static readonly TrustedRelays Relays = new(["10.0.0.0/8"]);

    [Fact]
    public void SpamAssassin_is_read_above_the_border()
    {
        var verdict = Read(Store + "X-Spam-Flag: YES\nX-Spam-Status: Yes, score=8.3 required=5.0 tests=BAYES_99,\n\tHTML_MESSAGE,RCVD_IN_DNSWL_HI autolearn=no version=3.4.6\n" + Border + Rest);

        Assert.Equal(("SpamAssassin", true, "Yes", 8.3, 5.0), (verdict!.Filter, verdict.IsBad, verdict.Says, verdict.Score, verdict.Threshold));
        Assert.Equal(["BAYES_99", "HTML_MESSAGE", "RCVD_IN_DNSWL_HI"], verdict.Rules);
        Assert.Equal(["RCVD_IN_DNSWL_HI"], verdict.Allows);
    }

    [Fact]
    public void Amavis_writes_the_same_otherwise()
    {
        var verdict = Read("X-Spam-Status: No, score=-97.2 tagged_above=2 required=6.31 WHITELISTED tests=[BAYES_50=0.8, USER_IN_WELCOMELIST=-100]\n\tautolearn=no\n" + Border + Rest);

        Assert.Equal((false, -97.2, 6.31), (verdict!.IsBad, verdict.Score, verdict.Threshold));
        Assert.Equal(["BAYES_50", "USER_IN_WELCOMELIST"], verdict.Rules);
        Assert.Equal(["USER_IN_WELCOMELIST"], verdict.Allows);
    }

    [Theory]
    [InlineData("X-Spam-Status: No, score=-100 required=5.0 tests=USER_IN_WELCOMELIST\nX-Spam-Flag: NO\n")]
    [InlineData("X-Spamd-Result: default: False [-10.00 / 15.00]; WHITELIST_SPF(-10.00)[out.example]\nX-Rspamd-Action: no action\n")]
    [InlineData("X-Rspamd-Queue-Id: 4FFFFFFFF\nX-Spamd-Result: default: False [-10.00 / 15.00]\n")]
    public void What_the_sender_could_have_written_does_not_count(string forged)
    {
        Assert.Null(Read(Store + Border + forged + Rest));
        Assert.Null(Read(Store + Border + Rest + forged));
        // At the door the client is a stranger: what it sent is all its own.
        Assert.Null(Read(forged + Rest, new Envelope { ClientIp = "203.0.113.9", QueueId = "4ABC12345" }));
    }

    [Fact]
    public void Rspamd_at_the_end_of_the_header_is_proven_by_the_number_that_only_our_server_knew()
    {
        const string fields = "X-Rspamd-Queue-Id: 4ABC12345\nX-Spamd-Result: default: False [6.90 / 15.00];\n\tBAYES_SPAM(5.10)[99.9%];\n\tR_SPF_ALLOW(-0.20)[+ip4:203.0.113.9];\n\tWHITELIST_DKIM(-1.00)[out.example:+];\n\tMIME_GOOD(-0.10)[text/plain]\nX-Rspamd-Server: mx\nX-Rspamd-Action: add header\n";

        var stored = Read(Store + Border + Rest + fields);
        var atTheDoor = Read(Rest + fields, new Envelope { ClientIp = "203.0.113.9", QueueId = "4ABC12345" });

        Assert.Equal(stored!.Score, atTheDoor!.Score);
        Assert.Equal(("rspamd", true, "add header", 6.9, 15.0), (stored.Filter, stored.IsBad, stored.Says, stored.Score, stored.Threshold));
        Assert.Equal(["BAYES_SPAM", "WHITELIST_DKIM", "R_SPF_ALLOW", "MIME_GOOD"], stored.Rules);
        Assert.Equal(["WHITELIST_DKIM"], stored.Allows);
    }

    [Fact]
    public void A_believed_filter_is_read_wherever_its_fields_stand()
    {
        const string mail = Border + Rest + "X-Spamd-Bar: ++++++++\n";

        Assert.Null(Read(mail));
        var verdict = OtherFilters.Read(Parse(mail), new Envelope(), Relays, ["RSPAMD"]);
        Assert.Equal((true, 8.0, "add header"), (verdict!.IsBad, verdict.Score, verdict.Says));
    }

    [Theory]
    [InlineData("X-Spam-Status: ")]
    [InlineData("X-Spam-Status: Yes, score=NaN required=1e999 tests=(((")]
    [InlineData("X-Spamd-Result: default: True [")]
    public void Broken_fields_are_read_as_far_as_they_go(string field)
    {
        var verdict = Read(field + "\n" + Border + Rest);

        Assert.True(verdict is null || verdict.Score is null);
    }

    private static OtherVerdict? Read(string header, Envelope? envelope = null) => OtherFilters.Read(Parse(header), envelope ?? new Envelope(), Relays, []);

    private static ParsedMessage Parse(string header) => MailParser.Parse(Encoding.UTF8.GetBytes(header + "\nHello.\n"));
}
