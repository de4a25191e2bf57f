using System.Text;
using CsCheck;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Contracts;

public sealed class BodyFingerprintTests
{
    [Theory]
    [InlineData("Subject: a\r\n\r\nbody\r\nmore\r\n")]
    [InlineData("Subject: a\n\nbody\nmore\n")]
    [InlineData("X-Added: 1\r\nSubject: b\r\n\r\nbody\r\nmore")]
    [InlineData("\r\nbody\r\nmore\r\n\r\n")]
    public void Line_ends_and_added_fields_do_not_change_it(string message) =>
        Assert.Equal(BodyFingerprint.Of("A: b\r\n\r\nbody\r\nmore\r\n"u8), BodyFingerprint.Of(Encoding.ASCII.GetBytes(message)));

    [Fact]
    public void Another_body_has_another_one() =>
        Assert.NotEqual(BodyFingerprint.Of("A: b\r\n\r\nbody"u8), BodyFingerprint.Of("A: b\r\n\r\nbodx"u8));

    [Fact]
    public void A_message_without_a_body_has_the_fingerprint_of_nothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", BodyFingerprint.Of("Subject: only"u8));

    [Fact]
    public void Unix_line_ends_are_the_same_message() =>
        Gen.String[Gen.Char["ab: \n"], 0, 60].Sample(text =>
            BodyFingerprint.Of(Encoding.ASCII.GetBytes(text)) == BodyFingerprint.Of(Encoding.ASCII.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))));
}
