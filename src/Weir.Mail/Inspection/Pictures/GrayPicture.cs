namespace Weir.Mail.Inspection.Pictures;

/// <summary>A picture as codes are sought in it: one byte of brightness a pixel, row after row.</summary>
internal sealed record GrayPicture(int Width, int Height, byte[] Pixels)
{
    /// <summary>Red, green and blue alone, for a code whose colours are equally bright; empty for a picture without colours.</summary>
    public IReadOnlyList<byte[]> Channels { get; init; } = [];

    /// <summary>The file is broken: only a part of it could be decoded.</summary>
    public bool IsCut { get; init; }

    /// <summary>This picture with another below it.</summary>
    public GrayPicture Above(GrayPicture other) => new(Width, Height + other.Height, [.. Pixels, .. other.Pixels]);

    /// <summary>This picture with another to its right.</summary>
    public GrayPicture Beside(GrayPicture other)
    {
        var both = new byte[(Width + other.Width) * Height];
        for (var row = 0; row < Height; row++)
        {
            Pixels.AsSpan(row * Width, Width).CopyTo(both.AsSpan(row * (Width + other.Width)));
            other.Pixels.AsSpan(row * other.Width, other.Width).CopyTo(both.AsSpan((row * (Width + other.Width)) + Width));
        }

        return new GrayPicture(Width + other.Width, Height, both);
    }

    /// <summary>With a white margin, as wide as a reader asks for.</summary>
    public GrayPicture Padded(int margin)
    {
        var (width, height) = (Width + (2 * margin), Height + (2 * margin));
        var padded = new byte[width * height];
        padded.AsSpan().Fill(255);
        for (var row = 0; row < Height; row++)
        {
            Pixels.AsSpan(row * Width, Width).CopyTo(padded.AsSpan(((row + margin) * width) + margin));
        }

        return new GrayPicture(width, height, padded);
    }

    /// <summary>Larger, with straight transitions between pixels.</summary>
    public GrayPicture Enlarged(int by)
    {
        var (width, height) = (Width * by, Height * by);
        var large = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, down) = Between(y, by, Height);
            for (var x = 0; x < width; x++)
            {
                var (left, right) = Between(x, by, Width);
                var bottom = Math.Min(top + 1, Height - 1);
                var next = Math.Min(left + 1, Width - 1);
                var upper = (Pixels[(top * Width) + left] * (1 - right)) + (Pixels[(top * Width) + next] * right);
                var lower = (Pixels[(bottom * Width) + left] * (1 - right)) + (Pixels[(bottom * Width) + next] * right);
                large[(y * width) + x] = (byte)((upper * (1 - down)) + (lower * down));
            }
        }

        return new GrayPicture(width, height, large);
    }

    /// <summary>Larger, with pixels that stay squares.</summary>
    public GrayPicture Repeated(int by)
    {
        var large = new byte[Width * by * Height * by];
        for (var y = 0; y < Height * by; y++)
        {
            for (var x = 0; x < Width * by; x++)
            {
                large[(y * Width * by) + x] = Pixels[(y / by * Width) + (x / by)];
            }
        }

        return new GrayPicture(Width * by, Height * by, large);
    }

    /// <summary>Half as large: four pixels become one.</summary>
    public GrayPicture Halved()
    {
        var (width, height) = (Width / 2, Height / 2);
        var half = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = (2 * y * Width) + (2 * x);
                half[(y * width) + x] = (byte)((Pixels[at] + Pixels[at + 1] + Pixels[at + Width] + Pixels[at + Width + 1]) / 4);
            }
        }

        return new GrayPicture(width, height, half);
    }

    /// <summary>Each pixel as bright as it and its eight neighbours.</summary>
    public GrayPicture Softer()
    {
        var soft = (byte[])Pixels.Clone();
        for (var y = 1; y < Height - 1; y++)
        {
            for (var x = 1; x < Width - 1; x++)
            {
                var at = (y * Width) + x;
                var sum = Pixels[at - Width - 1] + Pixels[at - Width] + Pixels[at - Width + 1] + Pixels[at - 1] + Pixels[at] + Pixels[at + 1] + Pixels[at + Width - 1] + Pixels[at + Width] + Pixels[at + Width + 1];
                soft[at] = (byte)(sum / 9);
            }
        }

        return new GrayPicture(Width, Height, soft);
    }

    private static (int Pixel, float Behind) Between(int at, int by, int size)
    {
        var place = Math.Clamp(((at + 0.5f) / by) - 0.5f, 0, size - 1);
        return ((int)place, place - (int)place);
    }
}
