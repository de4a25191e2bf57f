using System.Text;
using Weir.Mail.Contracts;
using Weir.Server.Audit;

namespace Weir.Server.Tests.Audit;

public sealed class HindsightTests
{
    private static readonly AuditSettings Settings = new() { Since = DateTimeOffset.UnixEpoch, Days = 30, Out = "", Servers = ["mx.harbour.example"] };
    private static readonly TrustedRelays Relays = new(["10.0.0.0/8"]);

    [Fact]
    public void The_client_is_the_first_machine_that_is_not_ours()
    {
        var seen = Read("Return-Path: <a@out.example>\nReceived: from mx ([10.0.0.5]) by store with LMTP id 1; Mon, 02 Nov 2026 09:00:00 +0000\nReceived: from relay.out.example (relay.out.example [203.0.113.9]) by mx.harbour.example with ESMTPS id 2; Mon, 02 Nov 2026 09:00:00 +0000\nAuthentication-Results: mx.harbour.example (checked); spf=pass smtp.mailfrom=out.example; dkim=fail (bad; hash); dkim=pass header.d=out.example; dmarc=fail\nReceived: from inner ([192.0.2.1]) by relay.out.example with ESMTP id 3; Mon, 02 Nov 2026 09:00:00 +0000\nFrom: a@out.example\n");

        Assert.Equal(("a@out.example", "203.0.113.9", ""), (seen.Envelope.MailFrom, seen.Envelope.ClientIp, seen.Envelope.AuthenticatedUser));
        Assert.Equal(["tom@harbour.example"], seen.Envelope.Recipients);
        Assert.Equal((SpfResult.Pass, DkimResult.Pass, DmarcResult.Fail, true), (seen.Recorded!.Spf, seen.Recorded.Dkim, seen.Recorded.Dmarc, seen.Recorded.IsRecorded));
        Assert.Empty(seen.Unknown);
    }

    [Fact]
    public void What_a_sender_claims_of_another_server_is_not_believed_and_what_is_missing_is_named()
    {
        var seen = Read("Authentication-Results: mx.elsewhere.example; spf=pass; dmarc=pass\nFrom: a@out.example\n");

        Assert.Null(seen.Recorded);
        Assert.Equal("", seen.Envelope.ClientIp);
        Assert.Equal([Hindsight.NoClient, Hindsight.NoSender, Hindsight.NoProof], seen.Unknown);
    }

    [Fact]
    public void Who_signed_in_is_one_of_ours_and_a_stranger_cannot_say_so()
    {
        var own = Read("Received: from desk ([198.51.100.7])\n\t(Authenticated sender: ann@harbour.example)\n\tby mx.harbour.example (Postfix) with ESMTPSA id 2; Mon, 02 Nov 2026 09:00:00 +0000\nFrom: Ann <ann@harbour.example>\n");
        var forged = Read("Received: from relay.out.example (relay.out.example [203.0.113.9]) by mx.harbour.example with ESMTPS id 2; Mon, 02 Nov 2026 09:00:00 +0000\nReceived: from desk ([198.51.100.7]) (Authenticated sender: ann@harbour.example) by mx.harbour.example (Postfix) with ESMTPSA id 2; Mon, 02 Nov 2026 09:00:00 +0000\nFrom: Ann <ann@harbour.example>\n");

        Assert.Equal("ann@harbour.example", own.Envelope.AuthenticatedUser);
        Assert.Empty(own.Unknown);
        Assert.Equal("", forged.Envelope.AuthenticatedUser);
    }

    [Fact]
    public void Sent_mail_is_the_owners()
    {
        var sent = Hindsight.Of(Parse("From: Tom <tom@harbour.example>\nTo: a@out.example, b@out.example\n"), "tom@harbour.example", isSent: true, Settings, Relays);

        Assert.Equal("tom@harbour.example", sent.Envelope.AuthenticatedUser);
        Assert.Equal(["a@out.example", "b@out.example"], sent.Envelope.Recipients);
    }

    private static Hindsight Read(string header) => Hindsight.Of(Parse(header), "tom@harbour.example", isSent: false, Settings, Relays);

    private static ParsedMessage Parse(string header) => MailParser.Parse(Encoding.UTF8.GetBytes(header + "\nHello.\n"));
}
