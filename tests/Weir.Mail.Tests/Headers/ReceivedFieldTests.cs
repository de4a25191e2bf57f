using Weir.Mail.Headers;

namespace Weir.Mail.Tests.Headers;

public sealed class ReceivedFieldTests
{
    [Theory]
    [InlineData("from mail.example.com (rdns.example.com [192.0.2.1]) (using TLSv1.3) by mx.example.org (Postfix) with ESMTPS id 4XyZ for <a@example.org>; Thu, 29 Feb 2024 12:00:00 +0000",
        "rdns.example.com", "192.0.2.1", "mail.example.com", "mx.example.org", "ESMTPS", "4XyZ")]
    [InlineData("from helo.example (unknown [192.0.2.7]) by mx (Postfix) with SMTP id 1; Thu, 29 Feb 2024 12:00:00 +0000", "", "192.0.2.7", "helo.example", "mx", "SMTP", "1")]
    [InlineData("from mail-ej1.google.com (mail-ej1.google.com. [209.85.218.45]) by mx.google.com with ESMTPS id a1 for <x@gmail.com> (version=TLS1_3); Thu, 29 Feb 2024 04:00:00 -0800 (PST)",
        "mail-ej1.google.com", "209.85.218.45", "mail-ej1.google.com", "mx.google.com", "ESMTPS", "a1")]
    [InlineData("by 2002:a05:6400:1:0:0:0:0 with SMTP id e1; Thu, 29 Feb 2024 04:00:00 -0800 (PST)", "", "", "", "2002:a05:6400:1:0:0:0:0", "SMTP", "e1")]
    [InlineData("from AM0PR01.eurprd01.prod.outlook.com (2603:10a6:208::7) by DB7PR01.eurprd01.prod.outlook.com (2603:10a6:10::5) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.1; Thu, 29 Feb 2024 12:00:00 +0000",
        "", "2603:10a6:208::7", "AM0PR01.eurprd01.prod.outlook.com", "DB7PR01.eurprd01.prod.outlook.com", "Microsoft SMTP Server", "15.20.1")]
    [InlineData("from unknown (HELO mail.example) (user@192.0.2.3) by x.example with SMTP; 29 Feb 2024 12:00:00 -0000", "", "192.0.2.3", "mail.example", "x.example", "SMTP", "")]
    [InlineData("from rdns.example ([192.0.2.4] helo=own.example) by exim.example with esmtps (TLS1.3) (Exim 4.96) (envelope-from <a@b.c>) id 1rf-0001; Thu, 29 Feb 2024 12:00:00 +0000",
        "rdns.example", "192.0.2.4", "own.example", "exim.example", "esmtps", "1rf-0001")]
    [InlineData("from [192.0.2.5] (helo=own.example) by exim.example with esmtp id 1; Thu, 29 Feb 2024 12:00:00 +0000", "", "192.0.2.5", "own.example", "exim.example", "esmtp", "1")]
    [InlineData("from localhost (IDENT:root@rdns.example [192.0.2.6]) by s.example (8.14.4/8.14.4) with ESMTP id x1; Thu, 29 Feb 2024 12:00:00 +0000",
        "rdns.example", "192.0.2.6", "localhost", "s.example", "ESMTP", "x1")]
    [InlineData("from x.example ([IPv6:2001:db8::1]) by y.example with LMTP id z; Thu, 29 Feb 2024 12:00:00 +0000", "", "2001:db8::1", "x.example", "y.example", "LMTP", "z")]
    public void Servers_are_understood(string value, string name, string ip, string helo, string by, string with, string id)
    {
        var hop = ReceivedField.Parse(value);

        Assert.Equal((name, ip, helo, by, with, id), (hop.FromName, hop.FromIp, hop.Helo, hop.By, hop.With, hop.Id));
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), hop.At);
    }

    [Theory, InlineData(""), InlineData("(((("), InlineData("from"), InlineData("from ; by ;"), InlineData("(qmail 123 invoked from network); nonsense")]
    public void What_says_nothing_gives_nothing(string value)
    {
        var hop = ReceivedField.Parse(value);

        Assert.Equal(("", "", null), (hop.FromIp, hop.By, hop.At));
        Assert.Equal(value, hop.Raw);
    }
}
