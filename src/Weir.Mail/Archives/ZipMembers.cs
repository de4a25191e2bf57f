using System.IO.Compression;
using Weir.Mail.Inspection.Passwords;

namespace Weir.Mail.Archives;

/// <summary>Members of ZIP files. Sizes in the directory are claims: only unpacked bytes count.</summary>
internal static class ZipMembers
{
    public static void Read(ReadOnlyMemory<byte> file, PasswordTrial passwords, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found, Action<string, long, bool> unread)
    {
        foreach (var entry in ZipDirectory.Read(file.Span, budget.Members + 1))
        {
            if (entry.IsFolder && entry.Size == 0)
            {
                continue;
            }

            if (!budget.TakeMember())
            {
                return;
            }

            if (entry.DataStart < 0)
            {
                unread(entry.Name, entry.Size, entry.IsEncrypted);
                continue;
            }

            var packed = file[entry.DataStart..];
            packed = packed[..(int)Math.Min(packed.Length, entry.Packed)];
            if (entry.IsEncrypted)
            {
                if (Decrypted(packed, entry, passwords, budget) is { } clear)
                {
                    found(entry.Name, clear);
                }
                else
                {
                    unread(entry.Name, entry.Size, true);
                }

                continue;
            }

            if (Decompressor(entry.Method, packed) is not { } stream)
            {
                unread(entry.Name, entry.Size, false);
                budget.Stop("unknown-compression", $"compression method {entry.Method}");
                continue;
            }

            using (stream)
            {
                byte[] content;
                var isCut = false;
                try
                {
                    content = budget.Read(stream, out isCut);
                }
                catch (Exception exception) when (exception is InvalidDataException or IOException or ArgumentException or IndexOutOfRangeException)
                {
                    unread(entry.Name, entry.Size, false);
                    budget.Stop("broken-archive", "a ZIP member is broken");
                    continue;
                }

                if (isCut)
                {
                    unread(entry.Name, entry.Size, false);
                    return;
                }

                found(entry.Name, content);
            }
        }
    }

    /// <summary>Nothing when no password opens it.</summary>
    private static byte[]? Decrypted(ReadOnlyMemory<byte> packed, ZipEntry entry, PasswordTrial passwords, UnpackBudget budget)
    {
        foreach (var password in passwords.Passwords(ZipDecryption.SecondsEach(entry)))
        {
            if (ZipDecryption.Open(packed.Span, entry, password) is not { } clear || Decompressor(clear.Method, clear.Packed) is not { } stream)
            {
                continue;
            }

            using (stream)
            {
                try
                {
                    var content = budget.Read(stream, out var isCut);
                    if (!isCut && ZipDecryption.IsWhole(content, entry))
                    {
                        passwords.Opens(password);
                        return content;
                    }
                }
                catch (Exception exception) when (exception is InvalidDataException or IOException or ArgumentException or IndexOutOfRangeException)
                {
                    // The first bytes of the old cipher fit one wrong password in 256.
                }
            }
        }

        return null;
    }

    private static Stream? Decompressor(int method, ReadOnlyMemory<byte> packed)
    {
        var source = new MemoryStream(packed.ToArray(), writable: false);
        return method switch
        {
            0 => source,
            8 => new DeflateStream(source, CompressionMode.Decompress),
            12 => SharpCompress.Compressors.BZip2.BZip2Stream.Create(source, SharpCompress.Compressors.CompressionMode.Decompress, false),
            9 => new SharpCompress.Compressors.Deflate64.Deflate64Stream(source, SharpCompress.Compressors.CompressionMode.Decompress),
            _ => null,
        };
    }
}
