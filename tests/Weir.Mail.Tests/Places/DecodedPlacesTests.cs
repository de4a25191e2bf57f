using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Headers;
using Weir.Mail.Mime;
using Weir.Mail.Places;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Places;

public sealed class DecodedPlacesTests
{
    private const string Letters = "abcXYZ019+/=== \t\r\n_-é";

    [Theory]
    [InlineData("base64")]
    [InlineData("quoted-printable")]
    [InlineData("8bit")]
    public void What_is_decoded_with_places_is_what_the_message_is_read_as(string encoding)
    {
        var random = new Random(3);
        for (var round = 0; round < 2_000; round++)
        {
            var body = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Letters[random.Next(Letters.Length)])));

            var decoded = DecodedBytes.Of((byte[])[.. "head"u8, .. body], 4, encoding);

            Assert.NotNull(decoded);
            Assert.Equal(TransferDecoding.Decode(body, encoding, out _).ToArray(), decoded.Bytes.ToArray());
            for (var i = 0; i < decoded.Bytes.Length; i++)
            {
                Assert.InRange(decoded.StartOf(i), 4, body.Length + 3);
                Assert.InRange(decoded.EndOf(i), decoded.StartOf(i) + 1, body.Length + 4);
            }
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("windows-1252")]
    [InlineData("shift_jis")]
    [InlineData("gb18030")]
    [InlineData("iso-2022-jp")]
    [InlineData("utf-16le")]
    public void Text_with_places_is_the_text_that_is_read(string charset)
    {
        var encoding = Charsets.Find(charset);
        Assert.NotNull(encoding);
        var bytes = encoding.GetBytes("Grüße – 日本語 and plain words");

        var text = DecodedText.Of(bytes, encoding, 0);

        Assert.Equal(encoding.GetString(bytes), text.Text);
        Assert.Equal(text.Text.Length + 1, text.Starts.Length);
        Assert.Equal(text.Starts.Order(), text.Starts);
        var at = text.Text.IndexOf("plain", StringComparison.Ordinal);
        Assert.Contains("plain", encoding.GetString(bytes.AsSpan()[text.Starts[at]..text.Starts[at + 5]]), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_text_has_places_too()
    {
        var random = new Random(4);
        foreach (var charset in (string[])["utf-8", "shift_jis", "gb18030", "iso-2022-jp", "utf-16le", "big5"])
        {
            var encoding = Charsets.Find(charset);
            Assert.NotNull(encoding);
            for (var round = 0; round < 300; round++)
            {
                var bytes = new byte[random.Next(40)];
                random.NextBytes(bytes);
                var text = DecodedText.Of(bytes, encoding, 0);
                Assert.Equal(text.Text.Length + 1, text.Starts.Length);
                Assert.All(text.Starts, start => Assert.InRange(start, 0, bytes.Length));
            }
        }
    }

    [Fact]
    public void A_part_inside_something_encoded_is_cited_as_what_stands_around_it()
    {
        var inner = Convert.ToBase64String(Encoding.ASCII.GetBytes("From: b@example.org\r\nSubject: Inner\r\nContent-Type: text/plain\r\n\r\nHello inside.\r\n"));
        var raw = Eml.Bytes($"From: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}\n--x--\n");
        var message = MailParser.Parse(raw);
        var leaf = message.Parts[^1];
        Assert.Equal(-1, leaf.BodyStart);

        var whole = new MailSource(raw, message).Whole(leaf);

        Assert.NotNull(whole);
        Assert.Equal($"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{inner}", Encoding.ASCII.GetString(raw[whole.Value.Range.Start..whole.Value.Range.End]).Trim());
    }

    [Theory]
    [InlineData("base64")]
    [InlineData("quoted-printable")]
    public void What_is_found_in_an_encoded_part_reads_again_as_what_was_sought(string encoding)
    {
        const string Body = "Guten Tag, bitte überprüfen Sie Ihr Konto bei uns.";
        var bytes = Encoding.UTF8.GetBytes(Body);
        var encoded = encoding == "base64" ? Convert.ToBase64String(bytes) : string.Concat(bytes.Select(letter => letter < 128 ? $"{(char)letter}" : $"={letter:X2}"));
        var raw = Eml.Bytes($"From: a@example.org\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{encoded[..10]}{(encoding == "base64" ? "\n" : "=\n")}{encoded[10..]}\n");
        var message = MailParser.Parse(raw);
        var source = new MailSource(raw, message);

        var range = Assert.Single(source.Words(message.Parts[0], "überprüfen Sie", 5));

        Assert.Equal("überprüfen Sie", source.Decoded(range.Start, range.End));
        Assert.Null(source.Decoded(0, 5));
    }

    [Fact]
    public void Every_part_of_a_message_stands_where_it_says()
    {
        var raw = Eml.Bytes("From: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\npreamble\n--x\nContent-Type: text/plain\n\nFirst.\n--x\nContent-Type: message/rfc822\n\nFrom: b@example.org\nContent-Type: text/plain\n\nSecond.\n--x--\n");

        var parts = MailParser.Parse(raw).Parts;

        Assert.Equal(["First.", "From: b@example.org\r\nContent-Type: text/plain\r\n\r\nSecond.", "Second."], parts.Select(part => Encoding.ASCII.GetString(raw[part.BodyStart..part.BodyEnd]).Trim()));
        Assert.All(parts, part => Assert.StartsWith(part.Path == "2.1" ? "From: b" : "Content-Type", Encoding.ASCII.GetString(raw[part.HeaderStart..part.BodyEnd]), StringComparison.Ordinal));
    }
}
