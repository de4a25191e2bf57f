using System.Runtime.InteropServices;
using SkiaSharp;

namespace Weir.Mail.Inspection.Pictures;

/// <summary>Decodes a picture, at a size that is enough for a code. Its dimensions are looked at before anything is decoded.</summary>
internal static class PictureDecoding
{
    /// <summary>Pixels of a picture that must be decoded whole; four bytes each.</summary>
    public const int MostPixels = 24_000_000;

    /// <summary>Pixels in which codes are sought.</summary>
    private const int Enough = 1_200_000;

    /// <summary>The longer side of a picture that decoders take apart line by line.</summary>
    private const int LongestSide = 30_000;

    /// <summary>Nothing when it is too small to hold a code.</summary>
    /// <exception cref="InvalidDataException">It is broken or too large.</exception>
    public static GrayPicture? Decode(ReadOnlyMemory<byte> file)
    {
        using var data = SKData.CreateCopy(file.Span);
        using var codec = SKCodec.Create(data) ?? throw new InvalidDataException("no picture that can be decoded");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width < 21 || height < 21)
        {
            return null;
        }

        var scale = (float)Math.Min(1, Math.Sqrt((double)Enough / ((double)width * height)));
        // Only some formats can be decoded smaller; others give the whole.
        var size = codec.GetScaledDimensions(scale);
        if ((long)size.Width * size.Height > MostPixels || Math.Max(size.Width, size.Height) > LongestSide)
        {
            throw new InvalidDataException($"a picture of {width} × {height} pixels is too large");
        }

        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result is not (SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput))
        {
            throw new InvalidDataException($"the picture cannot be decoded ({result})");
        }

        return Gray(bitmap.GetPixelSpan(), size.Width, size.Height, Math.Max(1, (int)Math.Round(Math.Sqrt((double)size.Width * size.Height / Enough)))) with { IsCut = result != SKCodecResult.Success };
    }

    /// <summary>Brightness on white paper; pixels are averaged by this many in each direction.</summary>
    public static GrayPicture Gray(ReadOnlySpan<byte> bgra, int width, int height, int by)
    {
        var (small, low) = (Math.Max(1, width / by), Math.Max(1, height / by));
        var gray = new byte[small * low];
        byte[][] channels = [new byte[gray.Length], new byte[gray.Length], new byte[gray.Length]];
        var colourful = 0;
        var pixels = MemoryMarshal.Cast<byte, uint>(bgra);
        for (var y = 0; y < low; y++)
        {
            for (var x = 0; x < small; x++)
            {
                int blue = 0, green = 0, red = 0;
                for (var dy = 0; dy < by; dy++)
                {
                    var row = pixels.Slice((((y * by) + dy) * width) + (x * by), by);
                    foreach (var pixel in row)
                    {
                        var alpha = (int)(pixel >> 24);
                        var white = 255 * (255 - alpha);
                        blue += ((int)(pixel & 255) * alpha) + white;
                        green += ((int)((pixel >> 8) & 255) * alpha) + white;
                        red += ((int)((pixel >> 16) & 255) * alpha) + white;
                    }
                }

                var count = 255 * by * by;
                (blue, green, red) = (blue / count, green / count, red / count);
                var at = (y * small) + x;
                gray[at] = (byte)(((red * 77) + (green * 151) + (blue * 28)) >> 8);
                channels[0][at] = (byte)red;
                channels[1][at] = (byte)green;
                channels[2][at] = (byte)blue;
                colourful += Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)) > 80 ? 1 : 0;
            }
        }

        return new GrayPicture(small, low, gray) { Channels = colourful > gray.Length / 10 ? channels : [] };
    }
}
