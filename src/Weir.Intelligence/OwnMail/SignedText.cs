using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.OwnMail;

/// <summary>Sealed: <c>expiry.text.signature</c>, the last two in base64url; the signature covers purpose, expiry and text.</summary>
internal sealed class SignedText(OwnKey key, TimeProvider time) : ISignedText
{
    private const int Longest = 8_192;

    public string Seal(string purpose, string text, DateTimeOffset until)
    {
        var expiry = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{expiry}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))}.{Base64Url.EncodeToString(Signature(purpose, expiry, text))}";
    }

    public OpenedText Open(string purpose, string sealedText)
    {
        var parts = sealedText.Length <= Longest ? sealedText.Split('.') : [];
        if (parts.Length != 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var expiry) || expiry > 253_402_300_799 // the year 9999
            || !Base64Url.IsValid(parts[1]) || !Base64Url.IsValid(parts[2]))
        {
            return new OpenedText(null, IsExpired: false);
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        return key.IsSigned("text/" + purpose, $"{parts[0]}\n{text}", Base64Url.DecodeFromChars(parts[2]))
            ? new OpenedText(text, DateTimeOffset.FromUnixTimeSeconds(expiry) <= time.GetUtcNow())
            : new OpenedText(null, IsExpired: false);
    }

    private byte[] Signature(string purpose, string expiry, string text) => key.Sign("text/" + purpose, $"{expiry}\n{text}");
}
