using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Mime;

public sealed class SignedContentTests
{
    private const string Inner = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee https://inside.example/a\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=run.exe\r\n\r\nMZ\u0001\r\n--b--\r\n";

    [Theory, InlineData(false), InlineData(true)]
    public void What_an_opaque_signature_holds_is_the_message(bool inPieces)
    {
        var message = Wrapped(Convert.ToBase64String(ActiveFiles.Signed(Encoding.ASCII.GetBytes(Inner), inPieces), Base64FormattingOptions.InsertLineBreaks));

        Assert.Equal("see https://inside.example/a", message.VisibleText.Trim());
        Assert.Equal(["https://inside.example/a"], message.Urls.Select(url => url.Url));
        Assert.Contains(message.Attachments, part => part is { FileName: "run.exe", FileType: "exe" });
        Assert.Equal(message.Parts.Count, message.Parts.Select(part => part.Path).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory, InlineData("MIAGCSqGSIb3DQEHAqCA"), InlineData("MIIB"), InlineData("AAAA"), InlineData("MIAGCSqGSIb3DQEHA6CAMIA=")]
    public void A_broken_or_encrypted_one_holds_nothing(string base64) => Assert.Equal("", Wrapped(base64).VisibleText);

    [Fact]
    public void One_that_is_broken_or_cut_off_is_told_as_not_read_and_one_that_is_encrypted_or_signed_apart_is_not()
    {
        var whole = ActiveFiles.Signed(Encoding.ASCII.GetBytes(Inner), inPieces: false);

        Assert.Equal("", NotRead(whole));
        Assert.Equal("", NotRead(ActiveFiles.Signed(Encoding.ASCII.GetBytes(Inner), inPieces: true)));
        Assert.Equal("", NotRead(Convert.FromBase64String("MAsGCSqGSIb3DQEHAw=="))); // enveloped data
        Assert.Equal("", NotRead([0x30, 0x1D, 6, 9, .. SignedData, 0xA0, 0x10, 0x30, 0x0E, 2, 1, 1, 0x31, 0, 0x30, 7, 6, 5, 0x2A, 0x86, 0x48, 0x86, 0xF7])); // nothing is inside
        Assert.All([whole[..^40], whole[..12], [0x30, 0x80, 6, 9, .. SignedData], "no container at all"u8.ToArray()], bytes => Assert.Contains("broken", NotRead(bytes), StringComparison.Ordinal));
        Assert.Contains("broken-signed-message", Wrapped(Convert.ToBase64String(whole[..^40])).Kinds());
    }

    private static byte[] SignedData => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

    private static string NotRead(byte[] container) => Wrapped(Convert.ToBase64String(container)).Parts[0].NotRead;

    private static ParsedMessage Wrapped(string base64) =>
        Eml.Parse($"From: a@example.org\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n{base64}\n");
}
