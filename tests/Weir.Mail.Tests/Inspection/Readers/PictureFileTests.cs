using System.Buffers.Binary;
using SkiaSharp;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Inspection.Pictures;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class PictureFileTests
{
    private const string Link = "https://login.example/qr?id=4711";

    [Theory, InlineData(SKEncodedImageFormat.Png), InlineData(SKEncodedImageFormat.Jpeg), InlineData(SKEncodedImageFormat.Webp)]
    public void A_code_in_a_picture_is_a_URL_of_the_message(SKEncodedImageFormat format)
    {
        var message = Inspected("code.bin", Drawing.Encode(Drawing.Bitmap(Link), format), out var report);

        var url = Assert.Single(message.Urls);
        Assert.Equal((Link, UrlSource.QrCode, "2", "login.example"), (url.Url, url.Source, url.PartPath, url.Domain));
        Assert.Equal("qr-code", Assert.Single(report.Features).Name);
    }

    [Fact]
    public void A_gif_and_a_bmp_are_pictures_too()
    {
        Assert.Single(Inspected("a.gif", Gif(Link), out _).Urls);
        Assert.Single(Inspected("a.bmp", Bmp(Link), out _).Urls);
    }

    [Fact]
    public void Inverted_and_coloured_codes_are_read()
    {
        Assert.Single(Inspected("a.png", Drawing.Encode(Drawing.Bitmap(Link, dark: SKColors.White, light: SKColors.Black)), out _).Urls);
        // Red and green of the same brightness.
        Assert.Single(Inspected("a.png", Drawing.Encode(Drawing.Bitmap(Link, dark: new SKColor(255, 0, 0), light: new SKColor(0, 130, 0))), out _).Urls);
    }

    [Fact]
    public void A_code_beside_other_things_in_a_large_picture_is_read()
    {
        using var page = new SKBitmap(2400, 3200);
        using (var canvas = new SKCanvas(page))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawBitmap(Drawing.Bitmap(Link, 16), 1300, 2000, SKSamplingOptions.Default);
        }

        Assert.Single(Inspected("scan.jpg", Drawing.Encode(page, SKEncodedImageFormat.Jpeg), out _).Urls);
    }

    [Fact]
    public void A_code_cut_into_two_pictures_is_put_together()
    {
        using var whole = Drawing.Bitmap(Link);
        using var upper = new SKBitmap();
        using var lower = new SKBitmap();
        Assert.True(whole.ExtractSubset(upper, new SKRectI(0, 0, whole.Width, whole.Height / 2)));
        Assert.True(whole.ExtractSubset(lower, new SKRectI(0, whole.Height / 2, whole.Width, whole.Height)));

        var message = Eml.WithFiles(("1.png", Drawing.Encode(upper)), ("2.png", Drawing.Encode(lower)));
        var result = FileInspection.Inspect(InspectionRequest.Of(message)!);

        Assert.Equal([Link], result.ApplyTo(message, 100).Urls.Select(url => url.Url));
        Assert.Equal("qr-code-split", Assert.Single(result.Files.SelectMany(file => file.Features)).Name);
    }

    [Theory]
    [InlineData("BCD\n002\n1\nSCT\nBFSWDE33BER\nWikimedia\nDE33100205000001194700\nEUR10", "qr-code-payment")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nN:Doe\nURL:https://example.org\nEND:VCARD", "qr-code-contact")]
    [InlineData("WIFI:T:WPA;S:net;P:secret;;", "qr-code-network")]
    [InlineData("just words", "qr-code-text")]
    public void A_code_that_leads_nowhere_is_no_URL(string text, string feature)
    {
        var message = Inspected("a.png", Drawing.Png(text), out var report);

        Assert.Empty(message.Urls);
        Assert.Equal(feature, Assert.Single(report.Features).Name);
    }

    [Theory]
    [InlineData("MEBKM:TITLE:x;URL:https\\://a.example/;;", "https://a.example/")]
    [InlineData("HTTPS://A.EXAMPLE/X", "https://a.example/X")]
    [InlineData("www.wikipedia.org/x", "http://www.wikipedia.org/x")]
    [InlineData("Scan now: https://a.example/y", "https://a.example/y")]
    public void Addresses_are_found_as_a_phone_finds_them(string text, string url) =>
        Assert.Equal([url], Inspected("a.png", Drawing.Png(text), out _).Urls.Select(found => found.Url));

    [Fact]
    public void A_picture_of_too_many_pixels_is_told_before_it_is_decoded()
    {
        var png = Drawing.Png("x");
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));

        Inspected("a.png", png, out var report);

        Assert.Contains("too large", report.NotRead, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_picture_is_told_and_throws_nothing()
    {
        var png = Drawing.Png(Link);

        Inspected("a.png", png[..40], out var report);

        Assert.NotEqual("", report.NotRead);
    }

    [Fact]
    public void A_picture_that_breaks_off_is_read_as_far_as_it_goes_and_told()
    {
        var gif = Gif(Link);

        Inspected("a.gif", gif, out var whole);
        Inspected("a.gif", gif[..(gif.Length * 3 / 4)], out var cut);

        Assert.Equal("", whole.NotRead);
        Assert.Contains("broken", cut.NotRead, StringComparison.Ordinal);
    }

    private static ParsedMessage Inspected(string name, byte[] content, out FileReport report)
    {
        var message = Eml.WithFile(name, content);
        var result = FileInspection.Inspect(InspectionRequest.Of(message)!);
        report = Assert.Single(result.Files);
        return result.ApplyTo(message, 100);
    }

    /// <summary>The check sum of PNG chunks.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    /// <summary>An uncompressed bitmap of 24 bits, rows from below.</summary>
    private static byte[] Bmp(string text)
    {
        using var bitmap = Drawing.Bitmap(text, 4);
        var stride = ((bitmap.Width * 3) + 3) / 4 * 4;
        var file = new byte[54 + (stride * bitmap.Height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), bitmap.Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), bitmap.Height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                file.AsSpan(54 + ((bitmap.Height - 1 - y) * stride) + (3 * x), 3).Fill(bitmap.GetPixel(x, y).Red);
            }
        }

        return file;
    }

    /// <summary>A GIF of two colours whose codes are never compressed: a clear code before the table grows.</summary>
    private static byte[] Gif(string text)
    {
        using var bitmap = Drawing.Bitmap(text, 4);
        var file = new List<byte>();
        file.AddRange("GIF89a"u8);
        file.AddRange([(byte)bitmap.Width, (byte)(bitmap.Width >> 8), (byte)bitmap.Height, (byte)(bitmap.Height >> 8), 0x80, 0, 0, 255, 255, 255, 0, 0, 0, 0x2C, 0, 0, 0, 0]);
        file.AddRange([(byte)bitmap.Width, (byte)(bitmap.Width >> 8), (byte)bitmap.Height, (byte)(bitmap.Height >> 8), 0, 7]);
        // Codes of eight bits while the table stays below 256: cleared every 100 pixels.
        var data = new List<byte>();
        for (var at = 0; at < bitmap.Width * bitmap.Height; at++)
        {
            if (at % 100 == 0)
            {
                data.Add(0x80);
            }

            data.Add(bitmap.GetPixel(at % bitmap.Width, at / bitmap.Width).Red < 128 ? (byte)1 : (byte)0);
        }

        data.Add(0x81);
        foreach (var block in data.Chunk(255))
        {
            file.Add((byte)block.Length);
            file.AddRange(block);
        }

        file.AddRange([0, 0x3B]);
        return [.. file];
    }
}
