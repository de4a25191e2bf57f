using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weir.Mail.Authentication.Dkim;

namespace Weir.Mail.Tests.Support;

/// <summary>Adds ARC sets to messages as a forwarder does (RFC 8617 §5.1).</summary>
internal sealed class ArcSealer(RSA key)
{
    public string Record => $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";

    /// <summary>The message with one set more on top.</summary>
    /// <param name="state">What the forwarder claims of the chain before; nothing = what is right for the instance.</param>
    public byte[] Seal(byte[] raw, int instance, string domain, string results, string? state = null, string fields = "from:to:subject:date", string more = "")
    {
        var mail = RawMail.Read(raw);
        var reported = new RawField("ARC-Authentication-Results", $" i={instance}; {results}");
        var message = Signed(
            new RawField("ARC-Message-Signature", string.Create(CultureInfo.InvariantCulture, $" i={instance}; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=arc; h={fields}; bh={Convert.ToBase64String(mail.BodyHash(relaxed: true, mail.CanonicalBody(relaxed: true).Length))};\r\n b=")),
            field => DkimVerifier.SignedText(mail, field, fields.Split(':'), relaxed: true));

        var below = new StringBuilder();
        for (var earlier = 1; earlier < instance; earlier++)
        {
            foreach (var name in (string[])["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"])
            {
                below.Append(Canonical.Field(mail.Fields.First(field => field.Name == name && field.Value.StartsWith($" i={earlier};", StringComparison.Ordinal)), relaxed: true)).Append("\r\n");
            }
        }

        below.Append(Canonical.Field(reported, relaxed: true)).Append("\r\n").Append(Canonical.Field(message, relaxed: true)).Append("\r\n");
        var seal = Signed(
            new RawField("ARC-Seal", $" i={instance}; a=rsa-sha256; cv={state ?? (instance == 1 ? "none" : "pass")}; d={domain}; s=arc;{more}\r\n b="),
            field => below + Canonical.Field(field, relaxed: true));
        return [.. Encoding.Latin1.GetBytes(string.Concat(new[] { seal, message, reported }.Select(field => $"{field.Name}:{field.Value}\r\n"))), .. raw];
    }

    private RawField Signed(RawField unsigned, Func<RawField, string> text) =>
        unsigned with { Value = unsigned.Value + Convert.ToBase64String(key.SignData(Encoding.Latin1.GetBytes(text(unsigned)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) };
}
