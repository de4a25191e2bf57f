using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Weir.Sample.Twins;

/// <summary>A letter in its form as bytes.</summary>
internal static class Mime
{
    private static readonly FormatOptions Dos = CreateFormat();

    public static byte[] Write(Letter letter, Form form, IReadOnlyList<(string Name, string Value)> fields, IReadOnlyList<string> received)
    {
        using var message = new MimeMessage();
        message.Headers.Clear();
        foreach (var hop in received)
        {
            message.Headers.Add(new Header(Encoding.UTF8, "Received", hop));
        }

        foreach (var (name, value) in fields)
        {
            message.Headers.Add(new Header(Encoding.UTF8, name, value));
        }

        message.Headers.Add("MIME-Version", "1.0");
        message.Body = Body(letter, form);
        using var stream = new MemoryStream();
        message.WriteTo(Dos, stream);
        return stream.ToArray();
    }

    private static MimeEntity Body(Letter letter, Form form)
    {
        MimeEntity? plain = form.Shape == Shape.Html ? null : Text(TextFormat.Plain, PlainLayout.Write(letter, form), form);
        MimeEntity? html = form.Shape == Shape.Plain ? null : Text(TextFormat.Html, HtmlLayout.Write(letter, form), form);
        var shown = letter.Enclosures.Where(enclosure => enclosure.ContentId.Length > 0).ToList();
        if (html is not null && shown.Count > 0)
        {
            html = Together("related", form, [html, .. shown.Select(enclosure => enclosure.ToPart())]);
        }

        var body = plain is null ? html! : html is null ? plain : Together("alternative", form, [plain, html]);
        var files = letter.Enclosures.Where(enclosure => enclosure.ContentId.Length == 0 || html is null).ToList();
        return files.Count == 0 ? body : Together("mixed", form, [body, .. files.Select(enclosure => enclosure.ToPart())]);
    }

    private static TextPart Text(TextFormat format, string text, Form form)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(form.Charset, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback)
            ?? Encoding.GetEncoding(form.Charset, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback);
        if (!Holds(encoding, text))
        {
            encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        var part = new TextPart(format);
        part.SetText(encoding, text);
        part.ContentTransferEncoding = form.Coding switch
        {
            "base64" => ContentEncoding.Base64,
            "8bit" when text.Split('\n').All(line => line.Length < 400) => Ascii.IsValid(text) ? ContentEncoding.SevenBit : ContentEncoding.EightBit,
            _ => ContentEncoding.QuotedPrintable,
        };
        return part;
    }

    private static bool Holds(Encoding encoding, string text)
    {
        if (encoding.CodePage == Encoding.UTF8.CodePage)
        {
            return true;
        }

        try
        {
            encoding.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static Multipart Together(string kind, Form form, IEnumerable<MimeEntity> parts)
    {
        var multipart = new Multipart(kind)
        {
            Boundary = (form.Order % 5) switch
            {
                0 => FormattableString.Invariant($"----=_Part_{form.Order}_{kind.Length}.{form.Date.ToUnixTimeSeconds()}"),
                1 => FormattableString.Invariant($"0000000000{form.Order:x}{kind[0]}{form.Date.ToUnixTimeSeconds():x}"),
                2 => FormattableString.Invariant($"_00{kind.Length}_{form.Order:X}{form.Date.ToUnixTimeSeconds():X}_"),
                3 => FormattableString.Invariant($"=_{kind[0]}{form.Order:x8}"),
                _ => FormattableString.Invariant($"b1_{kind[..3]}{form.Order:x}{form.Date.ToUnixTimeSeconds():x}"),
            },
        };
        foreach (var part in parts)
        {
            multipart.Add(part);
        }

        return multipart;
    }

    private static FormatOptions CreateFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
