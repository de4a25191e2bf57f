namespace Weir.Mail.Files;

/// <summary>What a file is by its content; its name only decides between kinds of text.</summary>
internal static class FileTypes
{
    public const string Unknown = "unknown";

    public static string Of(ReadOnlyMemory<byte> content, string fileName)
    {
        var bytes = content.Span;
        if (bytes.IsEmpty)
        {
            return Unknown;
        }

        var extension = FileNames.Extension(fileName);
        foreach (var signature in FileSignatures.Table)
        {
            if (bytes.Length >= signature.Offset + signature.Magic.Length && bytes[signature.Offset] == signature.Magic[0]
                && bytes.Slice(signature.Offset, signature.Magic.Length).SequenceEqual(signature.Magic)
                && Refine(signature.Type, content, extension) is { } refined)
            {
                return refined;
            }
        }

        // Readers of PDF search the first kilobyte for the signature (ISO 32000-1 annex H, note 13).
        if (bytes[..Math.Min(bytes.Length, 1_024)].IndexOf("%PDF-"u8) >= 0)
        {
            return "pdf";
        }

        if (bytes.Length >= 512 && bytes[^512..].StartsWith("conectix"u8))
        {
            return "vhd";
        }

        if (bytes.Length >= 512 && bytes[510] == 0x55 && bytes[511] == 0xAA && bytes[0] is 0xEB or 0xE9 or 0xFA or 0x33)
        {
            return "img";
        }

        return TextKinds.Of(bytes, extension) ?? Fallback(bytes, extension);
    }

    private static string? Refine(string type, ReadOnlyMemory<byte> content, string extension)
    {
        var bytes = content.Span;
        switch (type)
        {
            case "zip":
                return ZipKinds.Of(content, extension);
            case "ole":
                return OleKinds.Of(bytes, extension);
            case "exe":
                return ExecutableKind(bytes);
            case "class":
                // Java and fat Mach-O share the number; the next word is a version above 44 or a small count of architectures.
                return bytes.Length >= 8 && bytes[4] == 0 && bytes[5] == 0 && bytes[6] == 0 && bytes[7] < 44 ? "mach-o" : "class";
            case "bz2":
                return bytes.Length >= 10 && bytes[3] is >= (byte)'1' and <= (byte)'9' ? "bz2" : null;
            case "arj":
                return bytes.Length >= 12 && extension is "arj" || (bytes.Length > 12 && bytes[10] <= 2 && bytes[2] + (bytes[3] << 8) is > 20 and < 2_700) ? "arj" : null;
            case "bmp":
                return bytes.Length >= 26 && bytes[6] == 0 && bytes[7] == 0 && bytes[8] == 0 && bytes[9] == 0 ? "bmp" : null;
            case "ico":
                return bytes.Length >= 22 && bytes[4] is > 0 and < 64 && bytes[5] == 0 ? "ico" : null;
            case "wav" or "avi" or "webp":
                return bytes.StartsWith("RIFF"u8) ? type : null;
            case "rtf":
                return "rtf";
            case "swf":
                return bytes.Length >= 8 && bytes[3] < 64 ? "swf" : null;
            case "lzh":
                return bytes.Length > 6 && bytes[6] == '-' ? "lzh" : null;
            case "mp4":
                return bytes.Length > 12 ? "mp4" : null;
            default:
                return type;
        }
    }

    /// <summary>PE by its second header (dll by the characteristics flag), else a DOS program.</summary>
    private static string? ExecutableKind(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 64)
        {
            // Text may begin with these two letters.
            return bytes.IndexOfAnyExceptInRange((byte)9, (byte)126) >= 0 ? "exe" : null;
        }

        var header = BitConverter.ToInt32(bytes[60..64]);
        if (header is > 0 and < 1 << 24 && header + 24 <= bytes.Length && bytes[header..].StartsWith("PE\0\0"u8))
        {
            return (BitConverter.ToUInt16(bytes[(header + 22)..]) & 0x2000) != 0 ? "dll" : "exe";
        }

        return bytes[..64].IndexOfAnyExceptInRange((byte)9, (byte)126) >= 0 ? "exe" : null;
    }

    private static string Fallback(ReadOnlySpan<byte> bytes, string extension) =>
        bytes is [0x30, >= 0x80, ..] && IsSignedData(bytes) ? extension is "p7s" ? "p7s" : "p7m"
        : bytes is [0x30, 0x82, ..] && extension is "cer" or "crt" or "der" or "pfx" or "p12" ? extension
        : bytes is [0x85 or 0x84 or 0x99 or 0xC1 or 0xC2 or 0xC6 or 0xA3 or 0x8C, ..] && extension is "gpg" or "pgp" or "asc" or "sig" ? "pgp"
        : Unknown;

    /// <summary>PKCS #7: an object identifier 1.2.840.113549.1.7.x near the start (RFC 5652).</summary>
    private static bool IsSignedData(ReadOnlySpan<byte> bytes) =>
        bytes[..Math.Min(bytes.Length, 24)].IndexOf<byte>([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]) > 0;
}
