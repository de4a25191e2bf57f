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

    private static ParsedMessage Wrapped(string base64) =>
        Eml.Parse($"From: a@example.org\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n{base64}\n");
}
