using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Headers;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?iso-8859-1?q?caf=E9?= today", "café today")]
    [InlineData("=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [InlineData("=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "こんにちは")]
    [InlineData("=?utf-8?B?YcM=?=\r\n =?utf-8?B?hGI=?=", "aÄb")]
    [InlineData("=?utf-8?Q?one?= =?utf-8?Q?_two?=", "one two")]
    [InlineData("plain\r\n  folded", "plain  folded")]
    [InlineData("1 < 2 =?", "1 < 2 =?")]
    public void Encoded_words_are_decoded(string written, string expected)
    {
        var message = Eml.Parse($"Subject: {written}\n\n");

        Assert.Equal(expected, message.Subject);
    }

    [Fact]
    public void A_From_field_with_a_blank_before_its_colon_is_no_line_of_an_mbox()
    {
        var message = Eml.Parse("From : John <john@example.org>\nSubject: x\n\n");

        Assert.Equal(("john@example.org", "x"), (message.Author?.Address, message.Subject));
        Assert.Equal("a@example.org", Eml.Parse("From - Mon Nov  2 08:00:00 2026\nFrom: a@example.org\n\n").Author?.Address);
    }

    [Fact]
    public void Bytes_that_are_not_encoded_are_utf8_or_latin1()
    {
        var utf8 = MailParser.Parse("Subject: Grüße\r\n\r\n"u8.ToArray());
        var latin = MailParser.Parse(Encoding.Latin1.GetBytes("Subject: Grüße\r\n\r\n"));

        Assert.Equal(("Grüße", "Grüße"), (utf8.Subject, latin.Subject));
        Assert.Contains("8bit-header", utf8.Kinds());
    }

    [Fact]
    public void Fields_keep_their_name_raw_value_and_offset()
    {
        var message = Eml.Parse("Received: x\nX-Odd : =?utf-8?q?a?=\n b\n\n");

        Assert.Equal(new MailHeader("X-Odd", "a b", " =?utf-8?q?a?=\r\n b", 13), message.Headers[1]);
        Assert.StartsWith("Received: x", message.HeaderText);
        Assert.Equal("a b", message.Header("x-odd"));
    }

    [Fact]
    public void Dates_are_instants_in_utc()
    {
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 11, 0, 0, TimeSpan.Zero), Eml.Parse("Date: Thu, 29 Feb 2024 12:00:00 +0100\n\n").Date);
        Assert.Null(Eml.Parse("Date: yesterday\n\n").Date);
        Assert.Contains("bad-date", Eml.Parse("Date: yesterday\n\n").Kinds());
    }

    [Fact]
    public void Ids_are_kept_in_brackets()
    {
        var message = Eml.Parse("Message-ID: <1@x>\nIn-Reply-To: Mail of <2@x>\nReferences: <3@x>\n <2@x>\nReturn-Path: <Bounce@EXAMPLE.org>\n\n");

        Assert.Equal("<1@x>", message.MessageId);
        Assert.Equal("<2@x>", message.InReplyTo);
        Assert.Equal(["<3@x>", "<2@x>"], message.References);
        Assert.Equal("Bounce@example.org", message.ReturnPath);
        Assert.Equal("<odd>", Eml.Parse("Message-ID: odd\n\n").MessageId);
        Assert.Equal("", Eml.Parse("Return-Path: <>\n\n").ReturnPath);
    }

    [Theory]
    [InlineData("Subject: x\n\n", "missing-from")]
    [InlineData("Subject: x\n\n", "missing-date")]
    [InlineData("Subject: x\n\n", "missing-message-id")]
    [InlineData("From: a@b.c\nFrom: d@e.f\n\n", "duplicate-from")]
    [InlineData("Subject: a\nsubject: b\n\n", "duplicate-subject")]
    [InlineData("From: a@b.c\nno field\n\nbody", "missing-blank-line")]
    [InlineData("From: a@b.c", "header-only")]
    [InlineData("Subject: =?x-none?q?a?=\n\n", "unknown-charset")]
    [InlineData("Content-Type: text/plain\nContent-Type: text/html\n\n", "duplicate-content-type")]
    [InlineData("Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\n", "duplicate-content-transfer-encoding")]
    [InlineData("Content-Type: multipart/mixed; boundary=a; boundary=b\n\n--a\n\nx\n--a--", "duplicate-parameter")]
    [InlineData("Content-Type: text/plain; charset=x-none\n\nx", "unknown-charset")]
    [InlineData("Content-Transfer-Encoding: x-own\n\nx", "unknown-transfer-encoding")]
    [InlineData("A: b\n\nx\0y", "nul-byte")]
    [InlineData("Content-Type: multipart/mixed\n\nx", "missing-boundary")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nx", "boundary-not-found")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx", "unclosed-multipart")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n--b\n\ny\n--b--", "ambiguous-boundary")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n\nx\n--b--", "encoded-multipart")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nContent-Type: text/html\n\n--b\n\nx\n--b--", "content-before-first-part")]
    [InlineData("Content-Transfer-Encoding: base64\n\nQUJD=QUJD", "base64-after-padding")]
    [InlineData("From: <a@b\n\n", "malformed-address")]
    [InlineData("", "empty")]
    [InlineData("A: b\n\n", "empty-body")]
    public void What_is_malformed_is_a_defect(string text, string kind) => Assert.Contains(kind, Eml.Parse(text).Kinds());

    [Fact]
    public void Line_ends_that_stand_alone_are_defects()
    {
        Assert.Contains("bare-cr", MailParser.Parse("A: b\r\n\r\nx\ry\r\n"u8.ToArray()).Kinds());
        Assert.Contains("bare-lf", MailParser.Parse("A: b\r\n\r\nx\ny\r\n"u8.ToArray()).Kinds());
        Assert.DoesNotContain("bare-lf", MailParser.Parse("A: b\n\nx\ny\n"u8.ToArray()).Kinds());
        Assert.Contains("long-header-line", Eml.Parse($"Subject: {new string('x', 1_000)}\n\n").Kinds());
    }

    [Fact]
    public void A_good_message_has_no_defects() =>
        Assert.Empty(Eml.Parse("From: a@example.org\nTo: b@example.org\nDate: Thu, 29 Feb 2024 12:00:00 +0100\nMessage-ID: <1@x>\nSubject: hello\n\nbody\n").Defects);

    [Fact]
    public void A_flood_of_fields_is_cut()
    {
        var message = Eml.Parse(string.Concat(Enumerable.Repeat("X: y\n", 10_000)) + "\nbody", new ParseLimits { HeaderBytes = 1_000 });

        Assert.InRange(message.Headers.Count, 100, 200);
        Assert.Contains("header-too-large", message.Kinds());
        Assert.Equal("body", message.TextBody);
    }
}
