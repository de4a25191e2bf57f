using System.Buffers.Text;
using System.Globalization;
using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Intelligence.OwnMail;

/// <summary>
/// The field <c>X-Weir-Mark: v=1; k=notice; a=…; t=expiry; m=1; s=signature</c>. The signature covers kind, about, expiry, recipient, Message-ID, subject,
/// content type and body, so that it is worth nothing on any other message, and nothing for any other recipient.
/// </summary>
internal sealed class OwnMailMarks(OwnKey key, TimeProvider time) : IOwnMail
{
    private const string Purpose = "mark/1";
    private const int LongestMark = 1_000;

    public byte[] Sign(ReadOnlyMemory<byte> raw, string recipient, OwnMailKind kind, string about, DateTimeOffset until)
    {
        if (about.Length is 0 or > 400 || !about.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '/' or '.'))
        {
            throw new ArgumentException("What a mark is about is letters, digits, hyphens, slashes and dots.", nameof(about));
        }

        // A mark that the message brought along is not ours to keep.
        var bare = MailContent.RemoveHeaders(raw, [OwnMailMark.Field]);
        var hasId = MailContent.HeaderValue(bare, "Message-ID") is { Length: > 0 };
        var mark = new Mark(kind, about, until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), hasId);
        var signature = key.Sign(Purpose, Signed(mark, recipient, bare));
        return MailContent.WithHeader(bare, OwnMailMark.Field, $"v=1; k={Word(kind)}; a={about}; t={mark.Until}; m={(hasId ? "1" : "0")}; s={Base64Url.EncodeToString(signature)}");
    }

    public OwnMailMark Check(ReadOnlyMemory<byte> raw, IReadOnlyList<string> recipients)
    {
        if (MailContent.HeaderValue(raw, OwnMailMark.Field) is not { } value)
        {
            return new OwnMailMark(MarkState.None);
        }

        if (Read(value) is not var (mark, signature) || recipients is not [var recipient] || !key.IsSigned(Purpose, Signed(mark, recipient, raw), signature))
        {
            return new OwnMailMark(MarkState.Wrong);
        }

        var isExpired = DateTimeOffset.FromUnixTimeSeconds(long.Parse(mark.Until, CultureInfo.InvariantCulture)) <= time.GetUtcNow(); // signed by us
        return new OwnMailMark(isExpired ? MarkState.Expired : MarkState.Valid, mark.Kind, mark.About, recipient.ToLowerInvariant());
    }

    private static string Signed(Mark mark, string recipient, ReadOnlyMemory<byte> raw) => string.Join(
        '\n',
        Word(mark.Kind),
        mark.About,
        mark.Until,
        recipient.Trim().ToLowerInvariant(),
        mark.HasId ? Plain(raw, "Message-ID") : "",
        Plain(raw, "Subject"),
        Plain(raw, "Content-Type"),
        Plain(raw, "Content-Transfer-Encoding"),
        MailContent.BodySha256(raw));

    /// <summary>Without white space: servers fold fields anew.</summary>
    private static string Plain(ReadOnlyMemory<byte> raw, string name) => string.Concat((MailContent.HeaderValue(raw, name) ?? "").Where(character => !char.IsWhiteSpace(character)));

    private static (Mark Mark, byte[] Signature)? Read(string value)
    {
        if (value.Length > LongestMark)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in value.Split(';', StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals != 1 || !fields.TryAdd(pair[..1], pair[2..]))
            {
                return null;
            }
        }

        string Field(string name) => fields.GetValueOrDefault(name) ?? "";
        OwnMailKind? kind = Field("k") switch { "notice" => OwnMailKind.Notice, "release" => OwnMailKind.Release, _ => null };
        return kind is { } known && Field("v") == "1" && long.TryParse(Field("t"), NumberStyles.None, CultureInfo.InvariantCulture, out _) && Field("m") is "0" or "1" && Base64Url.IsValid(Field("s"))
            ? (new Mark(known, Field("a"), Field("t"), Field("m") == "1"), Base64Url.DecodeFromChars(Field("s")))
            : null;
    }

    private static string Word(OwnMailKind kind) => kind == OwnMailKind.Release ? "release" : "notice";

    private sealed record Mark(OwnMailKind Kind, string About, string Until, bool HasId);
}
