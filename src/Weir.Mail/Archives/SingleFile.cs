using System.IO.Compression;
using System.Text;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Lzw;
using SharpCompress.Compressors.Xz;

namespace Weir.Mail.Archives;

/// <summary>Compressors of one file: gzip, bzip2, xz, zstd, lzip, compress.</summary>
internal static class SingleFile
{
    public static void Read(ReadOnlyMemory<byte> file, string fileType, string name, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found)
    {
        if (!budget.TakeMember())
        {
            return;
        }

        using var source = new MemoryStream(file.ToArray(), writable: false);
        using Stream stream = fileType switch
        {
            "gz" => new GZipStream(source, CompressionMode.Decompress),
            "bz2" => BZip2Stream.Create(source, SharpCompress.Compressors.CompressionMode.Decompress, false),
            "xz" => new XZStream(source),
            "zst" => new SharpCompress.Compressors.ZStandard.DecompressionStream(source),
            "lz" => LZipStream.Create(source, SharpCompress.Compressors.CompressionMode.Decompress),
            _ => new LzwStream(source),
        };
        var content = budget.Read(stream, out var isCut);
        if (!isCut)
        {
            found(InnerName(file.Span, fileType, name), content);
        }
    }

    /// <summary>The name in the gzip header (RFC 1952 §2.3.1), else the archive's name without its ending.</summary>
    private static string InnerName(ReadOnlySpan<byte> file, string fileType, string name)
    {
        if (fileType == "gz" && file.Length > 10 && (file[3] & 0x0C) == 0x08)
        {
            var end = file[10..].IndexOf((byte)0);
            if (end is > 0 and < 256)
            {
                return Encoding.Latin1.GetString(file.Slice(10, end));
            }
        }

        var plain = name[(name.LastIndexOf('/') + 1)..];
        var dot = plain.LastIndexOf('.');
        return plain.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) ? plain[..^4] + ".tar" : dot > 0 ? plain[..dot] : "content";
    }
}
