using System.IO.Compression;
using System.Text;
using SkiaSharp;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Inspection.Pictures;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class PdfFileTests
{
    [Fact]
    public void Links_of_a_page_are_URLs_of_the_message_and_say_nothing_else()
    {
        var message = Inspected(Pdf("<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://pay.example/a\\(1\\)) >> >>"), out var features);

        Assert.Equal([("https://pay.example/a(1)", UrlSource.Attachments, "2")], message.Urls.Select(url => (url.Url, url.Source, url.PartPath)));
        Assert.Empty(features);
    }

    [Theory]
    [InlineData("<< /S /JavaScript /JS (app.alert\\(1\\)) >>", "pdf-javascript")]
    [InlineData("<< /S /JavaScript /JS <6170702E616C657274> >>", "pdf-javascript")]
    [InlineData("<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>", "pdf-launch")]
    [InlineData("<< /S /SubmitForm /F << /FS /URL /F (https://collect.example/) >> >>", "pdf-submit-form")]
    [InlineData(@"<< /S /GoToR /F (\\\\198.51.100.7\\share\\x.pdf) >>", "pdf-remote-file")]
    [InlineData("<< /Type /Page /AA << /O << /S /URI /URI (https://a.example/) >> >> >>", "pdf-action-by-itself")]
    [InlineData("<< /AcroForm << /XFA (x) >> >>", "pdf-xfa")]
    public void What_it_can_do_is_told(string value, string feature)
    {
        Inspected(Pdf(value), out var features);

        Assert.Contains(feature, features.Select(each => each.Name));
    }

    [Fact]
    public void Going_to_a_page_when_opened_is_everyday_and_starting_something_is_not()
    {
        Inspected(Pdf("<< /S /GoTo /D [1 0 R /Fit] >>", open: "5 0 R"), out var everyday);
        Inspected(Pdf("<< /S /URI /URI (https://a.example/) >>", open: "5 0 R"), out var acts);

        Assert.Empty(everyday);
        Assert.Equal(["pdf-open-action"], acts.Select(each => each.Name));
    }

    [Fact]
    public void Names_that_are_spelled_with_escapes_are_read_and_told()
    {
        Inspected(Pdf("<< /S /J#61vaScript /JS (x) >>"), out var features);

        Assert.Equal(["pdf-escaped-names", "pdf-javascript"], features.Select(each => each.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Objects_packed_in_a_stream_are_read()
    {
        var packed = Deflate("7 0 << /S /URI /URI (https://packed.example/) >>"u8.ToArray());

        var message = Inspected(Pdf($"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {packed.Length} >>", stream: packed), out _);

        Assert.Equal(["https://packed.example/"], message.Urls.Select(url => url.Url));
    }

    [Fact]
    public void A_file_inside_is_read_by_what_it_is()
    {
        var page = "<a href='https://inside.example/'>x</a>"u8.ToArray();

        var message = Inspected(Pdf("<< /Type /Filespec /UF (page.html) /EF << /F 6 0 R >> >>", more: ($"<< /Type /EmbeddedFile /Length {page.Length} >>", page)), out var features);

        Assert.Equal(["https://inside.example/"], message.Urls.Select(url => url.Url));
        Assert.Equal("it carries the file page.html", Assert.Single(features, each => each.Name == "pdf-embedded-file").Detail);
    }

    [Fact]
    public void A_code_in_a_picture_of_the_page_is_read_packed_as_JPEG_and_as_rows()
    {
        const string Link = "https://login.example/qr";
        using var code = Drawing.Bitmap(Link, 4);
        var jpeg = Drawing.Encode(code, SKEncodedImageFormat.Jpeg);
        var rows = Deflate([.. code.Pixels.Select(pixel => pixel.Red)]);

        var asJpeg = Inspected(Pdf($"<< /Subtype /Image /Width {code.Width} /Height {code.Height} /Filter /DCTDecode /Length {jpeg.Length} >>", stream: jpeg), out _);
        var asRows = Inspected(Pdf($"<< /Subtype /Image /Width {code.Width} /Height {code.Height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length {rows.Length} >>", stream: rows), out _);

        Assert.Equal([(Link, UrlSource.QrCode)], asJpeg.Urls.Select(url => (url.Url, url.Source)));
        Assert.Equal([(Link, UrlSource.QrCode)], asRows.Urls.Select(url => (url.Url, url.Source)));
    }

    [Fact]
    public void A_URL_that_is_only_text_is_found()
    {
        var text = "BT /F1 12 Tf 50 700 Td (Pay at https://text.example/now please) Tj ET"u8.ToArray();

        var message = Inspected(Pdf("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", more: ($"<< /Length {text.Length} >>", text)), out _);

        Assert.Equal(["https://text.example/now"], message.Urls.Select(url => url.Url));
    }

    [Fact]
    public void Rows_that_claim_more_than_they_hold_and_bombs_are_bounded()
    {
        var bomb = Deflate(new byte[120 << 20]);

        Inspected(Pdf($"<< /Subtype /Image /Width 1000 /Height 1000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode /Length {bomb.Length} >>", stream: bomb), out _, out var report);

        Assert.Equal("the PDF holds more than is read", report.NotRead);
    }

    /// <summary>A file with a page (3) whose content is object 6 and whose font is object 5, so that either may stand in.</summary>
    internal static byte[] Pdf(string value, string open = "", byte[]? stream = null, (string Head, byte[] Content)? more = null)
    {
        using var file = new MemoryStream();
        var places = new List<long>();
        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        void Object(string head, byte[]? content)
        {
            places.Add(file.Position);
            Write($"{places.Count} 0 obj\n{head}\n");
            if (content is not null)
            {
                Write("stream\n");
                file.Write(content);
                Write("\nendstream\n");
            }

            Write("endobj\n");
        }

        Write("%PDF-1.7\n");
        Object($"<< /Type /Catalog /Pages 2 0 R {(open.Length > 0 ? $"/OpenAction {open}" : "")} >>", null);
        Object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", null);
        Object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 5 0 R >> >> /Contents 6 0 R >>", null);
        Object("<< /Producer (test) >>", null);
        Object(value, stream);
        Object(more?.Head ?? "<< /Length 0 >>", more?.Content ?? []);
        var start = file.Position;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(place => $"{place:0000000000} 00000 n \n"))}trailer\n<< /Size {places.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();
    }

    internal static byte[] Deflate(byte[] content)
    {
        using var target = new MemoryStream();
        using (var packer = new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            packer.Write(content);
        }

        return target.ToArray();
    }

    private static ParsedMessage Inspected(byte[] pdf, out IReadOnlyList<FileFeature> features) => Inspected(pdf, out features, out _);

    private static ParsedMessage Inspected(byte[] pdf, out IReadOnlyList<FileFeature> features, out FileReport report)
    {
        var message = Eml.WithFile("a.pdf", pdf);
        var result = FileInspection.Inspect(InspectionRequest.Of(message)!);
        report = result.Files[0];
        features = report.Features;
        return result.ApplyTo(message, 100);
    }
}
