using System.Buffers.Binary;
using System.Text;

namespace Weir.Mail.Archives;

/// <summary>Files of ISO 9660 images (ECMA-119), by Joliet names where there are any. Files lie unpacked in the image.</summary>
internal static class IsoDirectory
{
    private const int Sector = 2_048;
    private const int MostFolders = 500;

    public static void Read(ReadOnlyMemory<byte> image, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found)
    {
        var span = image.Span;
        var (root, joliet) = FindRoot(span);
        if (root < 0)
        {
            budget.Stop("broken-archive", "the image has no ISO 9660 volume");
            return;
        }

        var folders = new Queue<(int Position, string Path)>();
        folders.Enqueue((root, ""));
        var seen = new HashSet<uint>();
        for (var count = 0; folders.Count > 0 && count < MostFolders; count++)
        {
            var (position, path) = folders.Dequeue();
            var start = (long)BinaryPrimitives.ReadUInt32LittleEndian(span[(position + 2)..]) * Sector;
            var end = Math.Min(span.Length, start + BinaryPrimitives.ReadUInt32LittleEndian(span[(position + 10)..]));
            for (var at = start; at + 34 <= end;)
            {
                int length = span[(int)at];
                if (length == 0)
                {
                    at = ((at / Sector) + 1) * Sector;
                    continue;
                }

                if (length < 34 || at + length > end)
                {
                    break;
                }

                var record = span.Slice((int)at, length);
                var name = Name(record, joliet);
                var extent = BinaryPrimitives.ReadUInt32LittleEndian(record[2..]);
                var size = BinaryPrimitives.ReadUInt32LittleEndian(record[10..]);
                if (name.Length == 0)
                {
                    at += length;
                    continue;
                }

                if ((record[25] & 2) != 0)
                {
                    if (seen.Add(extent))
                    {
                        folders.Enqueue(((int)at, $"{path}{name}/"));
                    }
                }
                else if (!Take(image, (long)extent * Sector, size, path + name, budget, found))
                {
                    return;
                }

                at += length;
            }
        }
    }

    private static bool Take(ReadOnlyMemory<byte> image, long start, long size, string path, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found)
    {
        if (!budget.TakeMember() || !budget.Take(Math.Min(size, image.Length)))
        {
            return false;
        }

        if (start < image.Length)
        {
            found(path, image.Slice((int)start, (int)Math.Min(size, image.Length - start)));
        }

        return true;
    }

    /// <summary>Position of the root's directory record; the Joliet volume (escape %/@, %/C, %/E) is what Windows shows.</summary>
    private static (int Root, bool Joliet) FindRoot(ReadOnlySpan<byte> span)
    {
        var primary = -1;
        for (var sector = 16; sector < 64 && ((sector + 1) * Sector) <= span.Length; sector++)
        {
            var volume = span.Slice(sector * Sector, Sector);
            if (!volume[1..].StartsWith("CD001"u8) || volume[0] == 255)
            {
                break;
            }

            if (volume[0] == 2 && volume[88] == '%' && volume[89] == '/')
            {
                return ((sector * Sector) + 156, true);
            }

            primary = volume[0] == 1 && primary < 0 ? (sector * Sector) + 156 : primary;
        }

        return (primary, false);
    }

    private static string Name(ReadOnlySpan<byte> record, bool joliet)
    {
        var length = Math.Min(record[32], record.Length - 33);
        var name = record.Slice(33, length);
        if (length == 0 || (length == 1 && name[0] <= 1))
        {
            return "";
        }

        var text = joliet ? Encoding.BigEndianUnicode.GetString(name) : Encoding.Latin1.GetString(name);
        var version = text.LastIndexOf(';');
        return (version > 0 ? text[..version] : text).TrimEnd('.').Replace('\0', '_');
    }
}
