using System.Text;
using CsCheck;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Contracts;

public sealed class MailContentTests
{
    private const string Mail = "From: a@example.org\r\nSubject: folded\r\n value\r\nX-Weir-Id: 1\r\n\r\nline one\r\nline two\r\n";

    [Fact]
    public void The_body_hash_survives_line_endings_added_fields_and_trailing_breaks()
    {
        var expected = MailContent.BodySha256(Bytes(Mail));

        Assert.Equal(expected, MailContent.BodySha256(Bytes(Mail.Replace("\r\n", "\n"))));
        Assert.Equal(expected, MailContent.BodySha256(Bytes("Received: from x\r\n\tby y\r\n" + Mail + "\r\n\r\n")));
        Assert.Equal(expected, MailContent.BodySha256(MailContent.WithHeader(Bytes(Mail), "X-Spam", "no")));
        Assert.Equal(expected, MailContent.BodySha256(MailContent.RemoveHeaders(Bytes(Mail), ["Subject"])));
    }

    [Fact]
    public void The_body_hash_is_the_sha256_of_the_normalised_text()
    {
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("line one\nline two"u8));

        Assert.Equal(expected, MailContent.BodySha256(Bytes(Mail)));
    }

    [Fact]
    public void Another_body_has_another_hash() =>
        Assert.NotEqual(MailContent.BodySha256(Bytes(Mail)), MailContent.BodySha256(Bytes(Mail.Replace("two", "too"))));

    [Fact]
    public void A_field_is_added_at_the_top_in_the_line_endings_of_the_message()
    {
        Assert.Equal("X-Weir-Id: 7\r\n" + Mail, Text(MailContent.WithHeader(Bytes(Mail), "X-Weir-Id", "7")));
        Assert.StartsWith("X-Weir-Id: 7\nFrom:", Text(MailContent.WithHeader(Bytes(Mail.Replace("\r\n", "\n")), "X-Weir-Id", "7")));
        Assert.StartsWith("From x Mon\nX-Weir-Id: 7\nA: b", Text(MailContent.WithHeader(Bytes("From x Mon\nA: b\n\n"), "X-Weir-Id", "7")));
        Assert.StartsWith("X-Weir-Id: 7\r\n\r\nbody", Text(MailContent.WithHeader(Bytes("\r\nbody"), "X-Weir-Id", "7")));
    }

    [Fact]
    public void A_value_cannot_start_another_field() =>
        Assert.StartsWith("X-A: one  Bcc: two\r\n", Text(MailContent.WithHeader(Bytes(Mail), "X-A", "one\r\n\nBcc: two")));

    [Theory, InlineData(""), InlineData("X A"), InlineData("X:A"), InlineData("X\r\nA")]
    public void A_name_that_is_no_field_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => MailContent.WithHeader(Bytes(Mail), name, "value"));

    [Fact]
    public void All_fields_of_a_name_go_with_their_folded_lines()
    {
        var doubled = "subject : again\r\n\tand again\r\n" + Mail;

        Assert.Equal(
            "From: a@example.org\r\n\r\nline one\r\nline two\r\n",
            Text(MailContent.RemoveHeaders(Bytes(doubled), ["SUBJECT", "x-weir-id"])));
    }

    [Fact]
    public void Nothing_in_the_body_is_removed() =>
        Assert.Equal("A: b\n\nX: 1\n", Text(MailContent.RemoveHeaders(Bytes("A: b\n\nX: 1\n"), ["X"])));

    [Fact]
    public void A_value_is_read_unfolded()
    {
        Assert.Equal("folded value", MailContent.HeaderValue(Bytes(Mail), "subject"));
        Assert.Null(MailContent.HeaderValue(Bytes(Mail), "line one"));
    }

    [Fact]
    public void Stamp_and_removal_give_the_message_back() =>
        Gen.Byte.Array.Sample(bytes =>
        {
            var clean = MailContent.RemoveHeaders(bytes, ["X-Weir-Id"]);
            var stamped = MailContent.WithHeader(clean, "X-Weir-Id", "7");

            Assert.Equal("7", MailContent.HeaderValue(stamped, "X-Weir-Id"));
            if (clean.Length > 0 && clean[0] is not ((byte)' ' or (byte)'\t'))
            {
                Assert.Equal(clean, MailContent.RemoveHeaders(stamped, ["X-Weir-Id"]));
                Assert.Equal(MailContent.BodySha256(clean), MailContent.BodySha256(stamped));
            }
        });

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
