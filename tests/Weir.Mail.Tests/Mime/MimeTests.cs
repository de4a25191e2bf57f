using System.Text;
using CsCheck;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Mime;

public sealed class MimeTests
{
    private const string Nested = """
        From: a@example.org
        Content-Type: multipart/mixed; boundary="outer"

        preamble
        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=koi8-r
        Content-Transfer-Encoding: base64

        8NLJ18XU
        --inner
        Content-Type: text/html; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        <p>caf=E9 =
        au lait</p>
        --inner--
        --outer
        Content-Type: message/rfc822

        Subject: forwarded
        Content-Type: multipart/mixed; boundary=deep

        --deep

        inner text
        --deep
        Content-Type: application/pdf; name="../x/invoice.pdf"
        Content-Disposition: attachment

        %PDF-1.7
        --deep--
        --outer
        Content-Type: image/png
        Content-ID: <logo@x>
        Content-Disposition: inline; filename=logo.png

        x
        --outer--
        epilogue
        """;

    [Fact]
    public void Leaves_are_listed_with_their_paths()
    {
        var message = Eml.Parse(Nested);

        Assert.Equal(
            ["1.1 text/plain txt False", "1.2 text/html html False", "2 message/rfc822 eml True", "2.1 text/plain txt False", "2.2 application/pdf pdf True", "3 image/png txt False"],
            message.Parts.Select(part => $"{part.Path} {part.ContentType} {part.FileType} {part.IsAttachment}"));
        Assert.Equal(("invoice.pdf", "pdf"), (message.Parts[4].FileName, message.Parts[4].Extension));
        Assert.Equal("logo@x", message.Parts[5].ContentId);
        Assert.Equal(2, message.Attachments.Count);
    }

    [Fact]
    public void Bodies_are_decoded()
    {
        var message = Eml.Parse(Nested);

        Assert.Equal("Привет", message.TextBody);
        Assert.Equal("<p>café au lait</p>", message.HtmlBody);
        Assert.Equal("café au lait", message.VisibleText);
    }

    [Fact]
    public void Content_is_hashed()
    {
        var part = Eml.WithFile("a.bin", "abc"u8.ToArray()).Attachments.Single();

        Assert.Equal("900150983cd24fb0d6963f7d28e17f72", part.Md5);
        Assert.Equal("a9993e364706816aba3e25717850c26c9cd0d89d", part.Sha1);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", part.Sha256);
        Assert.Equal((3L, "abc"), (part.Size, Encoding.ASCII.GetString(part.Content.Span)));
    }

    [Fact]
    public void The_line_break_before_a_delimiter_belongs_to_it() =>
        Assert.Equal("line\r\n", Eml.Parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nline\n\n--b--").TextBody);

    [Fact]
    public void A_message_without_any_fields_or_bytes_is_read()
    {
        Assert.Equal("1", Assert.Single(Eml.Parse("\nonly a body").Parts).Path);
        Assert.Equal("only a body", Eml.Parse("\nonly a body").TextBody);
        Assert.Equal(0, Eml.Parse("").Size);
    }

    [Fact]
    public void A_body_after_a_stray_line_is_kept() => Assert.Equal("hello there\r\n\r\nmore", Eml.Parse("Subject: x\nhello there\n\nmore").TextBody);

    [Fact]
    public void Parts_are_found_although_the_boundary_is_not_declared()
    {
        var message = Eml.Parse("Content-Type: multipart/mixed\n\n--guess\nContent-Type: text/html\n\n<b>x</b>\n--guess--\n");

        Assert.Equal("<b>x</b>", message.HtmlBody);
    }

    [Fact]
    public void A_delimiter_that_only_begins_the_boundary_of_an_outer_part_is_not_mixed_up()
    {
        var message = Eml.Parse("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--");

        Assert.Equal(["1.1", "2"], message.Parts.Select(part => part.Path));
    }

    [Fact]
    public void Messages_in_a_digest_are_messages()
    {
        var message = Eml.Parse("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: inner\n\ntext\n--b--");

        Assert.Equal(["1 message/rfc822", "1.1 text/plain"], message.Parts.Select(part => $"{part.Path} {part.ContentType}"));
        Assert.Equal("", message.TextBody);
    }

    [Theory]
    [InlineData("Content-Type: text/plain; name=notes.txt", true)]
    [InlineData("Content-Type: text/plain\nContent-Disposition: attachment", true)]
    [InlineData("Content-Type: text/plain", false)]
    [InlineData("Content-Type: text/html; name=page.html", true)]
    [InlineData("Content-Type: application/octet-stream", true)]
    [InlineData("Content-Type: image/png", true)]
    [InlineData("Content-Type: image/png\nContent-ID: <a>\nContent-Disposition: inline", false)]
    [InlineData("Content-Type: image/png; name=a.png\nContent-Disposition: attachment", true)]
    [InlineData("Content-Type: message/delivery-status", false)]
    [InlineData("Content-Type: text/calendar", false)]
    public void Attachments_are_what_mail_clients_show_as_files(string fields, bool isAttachment) =>
        Assert.Equal(isAttachment, Eml.Parse($"Content-Type: multipart/mixed; boundary=b\n\n--b\n{fields}\n\nx\n--b--").Parts.Single().IsAttachment);

    [Fact]
    public void Floods_and_depth_are_bounded()
    {
        var flood = Eml.Parse("Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 5_000)));
        var deep = Eml.Parse(string.Concat(Enumerable.Range(0, 200).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")) + "\nx");

        Assert.True(flood.Parts.Count <= 1_000);
        Assert.Contains("too-many-parts", flood.Kinds());
        Assert.Contains("too-deep", deep.Kinds());
    }

    [Theory]
    [InlineData("QUJD", "ABC")]
    [InlineData("QU\nJD", "ABC")]
    [InlineData("QUI=", "AB")]
    [InlineData("QUI", "AB")]
    [InlineData("Q*U*J*D", "ABC")]
    [InlineData("QUI=QUI=", "ABAB")]
    public void Base64_is_read_as_mail_clients_do(string written, string expected) => Assert.Equal(expected, Eml.Parse($"Content-Transfer-Encoding: base64\n\n{written}").TextBody);

    [Fact]
    public void Any_bytes_are_read_and_always_to_the_same() =>
        Gen.Byte.Array[0, 400].Sample(bytes => Same(MailParser.Parse(bytes), MailParser.Parse(bytes)), iter: 300);

    [Fact]
    public void Mutated_mail_is_read_and_always_to_the_same()
    {
        var seed = Eml.Bytes(Nested);
        Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Int[0, 40], Gen.Byte.Array[0, 20]).Array[1, 5].Sample(
            changes =>
            {
                var mail = seed.ToList();
                foreach (var (at, removed, added) in changes)
                {
                    var start = Math.Min(at, mail.Count);
                    mail.RemoveRange(start, Math.Min(removed, mail.Count - start));
                    mail.InsertRange(start, added);
                }

                Same(MailParser.Parse(mail.ToArray()), MailParser.Parse(mail.ToArray()));
            },
            iter: 300);
    }

    private static void Same(ParsedMessage one, ParsedMessage other)
    {
        Assert.Equal(one.Sha256, other.Sha256);
        Assert.Equal(one.VisibleText, other.VisibleText);
        Assert.Equal(one.ClusterId, other.ClusterId);
        Assert.Equal(one.Defects, other.Defects);
        Assert.Equal(one.Urls, other.Urls);
        Assert.Equal(one.Parts.Select(part => (part.Path, part.Sha256, part.FileType)), other.Parts.Select(part => (part.Path, part.Sha256, part.FileType)));
    }

    [Fact]
    public void A_file_uuencoded_in_the_text_is_a_part()
    {
        var message = Eml.Parse("""
            From: a@example.org

            See below. begin 644 is no file.
            begin 644 cat.txt
            #0V%T
            `
            end
            begin 644 nothing.txt
            Regards
            """);

        Assert.Equal([("1", ""), ("1.1", "cat.txt")], message.Parts.Select(part => (part.Path, part.FileName)));
        Assert.Equal("Cat"u8.ToArray(), message.Parts[1].Content.ToArray());
        Assert.True(message.Parts[1].IsAttachment);
    }

    [Theory]
    [InlineData("--b\n\nContent-Type: text/html\n\nx\n--b--", "broken-part-header")]
    [InlineData("--b\nContent-Type: text/html\nABCD\n\nx\n--b--", "broken-part-header")]
    [InlineData("--b\nContent-Transfer-Encoding: ;base64\n\nQUJD\n--b--", "unknown-transfer-encoding")]
    [InlineData("--b\nContent-Transfer-Encoding: quoted-printable\n\n=0a=0A\n--b--", "bad-quoted-printable")]
    [InlineData("--b\nContent-Disposition: attachment; filename=file;.zip\n\nx\n--b--", "malformed-parameter")]
    [InlineData("--b\nX-Foo : x\n Content-Type: text/html\n\nx\n--b--", "ambiguous-content-type")]
    public void What_readers_read_differently_is_flagged(string body, string kind) =>
        Assert.Contains(kind, Eml.Parse($"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n{body}\n").Kinds());

    [Theory, InlineData("AGYAaQBsAGUALgB6AGkAcA=="), InlineData("ZgBpAGwAZQAuAHoAaQBwAA=="), InlineData("/v8AZgBpAGwAZQAuAHoAaQBw"), InlineData("//5mAGkAbABlAC4AegBpAHAA")]
    public void Names_in_UTF_16_are_read_whichever_byte_comes_first(string encoded) =>
        Assert.Equal("file.zip", Eml.Parse($"Subject: =?utf-16?B?{encoded}?=\n\n").Subject);
}
