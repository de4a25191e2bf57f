using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using MimeKit.Encodings;

namespace Weir.Mail.Mime;

/// <summary>Content transfer encodings (RFC 2045 §6). Decodes what it can and says when readers may see something else.</summary>
internal static class TransferDecoding
{
    private const int MostUnzipped = 32 << 20;
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);
    private static readonly SearchValues<byte> AlphabetAndSpace = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"u8);

    /// <summary>The decoded bytes; the body itself when nothing is encoded.</summary>
    /// <param name="defect">The kind of defect found; empty when there is none.</param>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string encoding, out string defect)
    {
        defect = "";
        switch (encoding)
        {
            case "" or "7bit" or "8bit" or "binary" or "7-bit" or "8-bit":
                return body;
            case "base64":
                return DecodeBase64(body.Span, out defect);
            case "quoted-printable":
                return DecodeQuotedPrintable(body.Span, out defect);
            case "x-uuencode" or "uuencode" or "x-uue" or "x-uu":
                return Run(new UUDecoder(body.Span.IndexOf("begin "u8) < 0), body);
            case "x-gzip64" or "gzip64":
                return Unzip(DecodeBase64(body.Span, out defect), ref defect);
            default:
                defect = "unknown-transfer-encoding";
                return body;
        }
    }

    /// <summary>RFC 2045 §6.7; white space between a soft line break and its line end is passed over, wrong escapes stay as they are.</summary>
    private static ReadOnlyMemory<byte> DecodeQuotedPrintable(ReadOnlySpan<byte> body, out string defect)
    {
        defect = "";
        var result = new byte[body.Length];
        var (written, hasUpper, hasLower) = (0, false, false);
        while (!body.IsEmpty)
        {
            var sign = body.IndexOf((byte)'=');
            var plain = sign < 0 ? body : body[..sign];
            plain.CopyTo(result.AsSpan(written));
            written += plain.Length;
            if (sign < 0)
            {
                break;
            }

            body = body[(sign + 1)..];
            if (body.Length >= 2 && char.IsAsciiHexDigit((char)body[0]) && char.IsAsciiHexDigit((char)body[1]))
            {
                result[written++] = (byte)((Hex(body[0]) << 4) | Hex(body[1]));
                hasUpper |= body[0] is >= (byte)'A' and <= (byte)'F' || body[1] is >= (byte)'A' and <= (byte)'F';
                hasLower |= body[0] >= 'a' || body[1] >= 'a';
                body = body[2..];
                continue;
            }

            var rest = body.TrimStart(" \t"u8);
            if (rest.IsEmpty)
            {
                break;
            }

            if (rest[0] is (byte)'\r' or (byte)'\n')
            {
                body = rest[(rest is [(byte)'\r', (byte)'\n', ..] ? 2 : 1)..];
                continue;
            }

            defect = "bad-quoted-printable";
            result[written++] = (byte)'=';
        }

        // Some readers know only one of the two kinds of digits; one program writes only one.
        defect = hasUpper && hasLower ? "bad-quoted-printable" : defect;
        return result.AsMemory(0, written);
    }

    private static int Hex(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static ReadOnlyMemory<byte> Unzip(byte[] packed, ref string defect)
    {
        using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var result = new byte[Math.Min(MostUnzipped, (packed.Length * 20) + 1_024)];
        try
        {
            return result.AsMemory(0, stream.ReadAtLeast(result, result.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            defect = "bad-base64";
            return packed;
        }
    }

    public static byte[] DecodeBase64(ReadOnlySpan<byte> body, out string defect)
    {
        defect = "";
        var result = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length) + 3];
        if (Base64.DecodeFromUtf8(body, result, out var consumed, out var written) == OperationStatus.Done && consumed == body.Length)
        {
            return result[..written];
        }

        defect = body.IndexOfAnyExcept(AlphabetAndSpace) >= 0 ? "bad-base64" : "";
        return result[..DecodeLoosely(body, result, ref defect)];
    }

    /// <summary>Skips what is not of the alphabet; goes on after padding, as mail clients do with concatenated encodings.</summary>
    private static int DecodeLoosely(ReadOnlySpan<byte> body, byte[] result, ref string defect)
    {
        var (bits, count, written, padded) = (0, 0, 0, false);
        foreach (var c in body)
        {
            if (c == '=')
            {
                written += Close(bits, count, result, written);
                (bits, count) = (0, 0);
                padded = true;
                continue;
            }

            if (!Alphabet.Contains(c))
            {
                continue;
            }

            if (padded)
            {
                defect = "base64-after-padding";
            }

            bits = (bits << 6) | Value(c);
            if (++count == 4)
            {
                result[written++] = (byte)(bits >> 16);
                result[written++] = (byte)(bits >> 8);
                result[written++] = (byte)bits;
                (bits, count) = (0, 0);
            }
        }

        if (count > 0 && defect.Length == 0)
        {
            defect = "truncated-base64";
        }

        return written + Close(bits, count, result, written);
    }

    private static int Close(int bits, int count, byte[] result, int written)
    {
        switch (count)
        {
            case 2:
                result[written] = (byte)(bits >> 4);
                return 1;
            case 3:
                result[written] = (byte)(bits >> 10);
                result[written + 1] = (byte)(bits >> 2);
                return 2;
            default:
                return 0;
        }
    }

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        _ => 63,
    };

    private static ReadOnlyMemory<byte> Run(UUDecoder decoder, ReadOnlyMemory<byte> body)
    {
        var input = body.ToArray();
        var output = new byte[decoder.EstimateOutputLength(input.Length)];
        var length = decoder.Decode(input, 0, input.Length, output);
        return output.AsMemory(0, length);
    }
}
