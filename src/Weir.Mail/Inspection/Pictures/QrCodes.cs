using ZXing;
using ZXing.Common;
using ZXing.Multi.QrCode;
using ZXing.QrCode;

namespace Weir.Mail.Inspection.Pictures;

/// <summary>Finds QR codes in a picture, also inverted, mirrored by a phone's eyes, and in colours of equal brightness.</summary>
internal static class QrCodes
{
    private const int Most = 20;

    /// <summary>Searches for the fourth corner in one picture; each takes some milliseconds.</summary>
    private const int MostBent = 8;

    /// <summary>Pixels of a picture that is also read enlarged.</summary>
    private const int Small = 250_000;

    /// <summary>Pixels of a picture whose modules may be single pixels.</summary>
    private const int Tiny = 40_000;

    private static readonly Dictionary<DecodeHintType, object> Alone = new() { [DecodeHintType.PURE_BARCODE] = true };
    private static readonly Dictionary<DecodeHintType, object> Hard = new() { [DecodeHintType.TRY_HARDER] = true };

    /// <summary>The texts of the codes; empty when none is found.</summary>
    public static IReadOnlyList<string> Read(GrayPicture picture)
    {
        if (picture.Channels.Count == 0 && !HasTones(picture.Pixels))
        {
            return [];
        }

        var bent = MostBent;
        foreach (var variant in Variants(picture))
        {
            if (picture.Width * picture.Height <= Tiny && Pure(variant) is { } pure)
            {
                return [pure];
            }

            if (Of(variant.Pixels, variant.Width, variant.Height, ref bent) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>The picture as it is, and as it is easier to read: small ones larger, noisy ones smaller or softer.</summary>
    private static IEnumerable<GrayPicture> Variants(GrayPicture picture)
    {
        yield return picture;
        var area = picture.Width * picture.Height;
        if (area <= Small)
        {
            yield return picture.Padded(4).Enlarged(2);
            yield return picture.Padded(4).Enlarged(3);
            yield return picture.Padded(4).Softer().Enlarged(2);
        }

        if (area <= Tiny)
        {
            yield return picture.Padded(4).Repeated(4);
        }

        yield return picture.Softer();
        if (area >= 20_000)
        {
            yield return picture.Halved();
            yield return picture.Halved().Softer();
            yield return picture.Halved().Halved();
        }

        foreach (var channel in picture.Channels)
        {
            yield return new GrayPicture(picture.Width, picture.Height, channel);
        }
    }

    private static List<string> Of(byte[] pixels, int width, int height, ref int bent)
    {
        LuminanceSource source = new PlanarYUVLuminanceSource(pixels, width, height, 0, 0, width, height, false);
        foreach (var turned in new[] { source, source.invert() })
        {
            foreach (var binarizer in new Binarizer[] { new HybridBinarizer(turned), new GlobalHistogramBinarizer(turned) })
            {
                if (Of(new BinaryBitmap(binarizer), ref bent) is { Count: > 0 } found)
                {
                    return found;
                }
            }
        }

        return [];
    }

    private static List<string> Of(BinaryBitmap bitmap, ref int bent)
    {
        var several = new QRCodeMultiReader().decodeMultiple(bitmap, Hard);
        if (several is { Length: > 0 })
        {
            return [.. several.Select(result => result.Text).Where(text => text is { Length: > 0 }).Distinct(StringComparer.Ordinal).Take(Most)];
        }

        if (new QRCodeReader().decode(bitmap, Hard) is { Text.Length: > 0 } one)
        {
            return [one.Text];
        }

        return bent > 0 && BentCode.Read(bitmap, Hard, ref bent) is { } found ? [found] : [];
    }

    /// <summary>A picture that is nothing but a code.</summary>
    private static string? Pure(GrayPicture picture) =>
        new QRCodeReader().decode(new BinaryBitmap(new GlobalHistogramBinarizer(new PlanarYUVLuminanceSource(picture.Pixels, picture.Width, picture.Height, 0, 0, picture.Width, picture.Height, false))), Alone) is { Text.Length: > 0 } one ? one.Text : null;

    /// <summary>A picture of one tone holds no code.</summary>
    private static bool HasTones(byte[] pixels)
    {
        var (least, most) = (255, 0);
        foreach (var pixel in pixels)
        {
            least = Math.Min(least, pixel);
            most = Math.Max(most, pixel);
        }

        return most - least > 20;
    }
}
