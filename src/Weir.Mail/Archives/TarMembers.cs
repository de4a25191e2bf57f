using System.Text;

namespace Weir.Mail.Archives;

/// <summary>Members of tar files (POSIX ustar, GNU long names, pax paths).</summary>
internal static class TarMembers
{
    private const int Block = 512;

    public static void Read(ReadOnlyMemory<byte> file, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found)
    {
        var span = file.Span;
        var longName = "";
        for (var at = 0L; at + Block <= span.Length;)
        {
            var header = span.Slice((int)at, Block);
            if (header[0] == 0)
            {
                return;
            }

            var size = Octal(header.Slice(124, 12));
            var start = at + Block;
            if (size < 0 || start + size > span.Length)
            {
                budget.Stop("broken-archive", "a tar member is longer than the file");
                return;
            }

            var content = file.Slice((int)start, (int)size);
            at = start + ((size + Block - 1) / Block * Block);
            switch ((char)header[156])
            {
                case 'L':
                    longName = Text(content.Span);
                    break;
                case 'x':
                    longName = PaxPath(Text(content.Span)) ?? longName;
                    break;
                case '0' or '\0' or '7':
                    var prefix = header.Slice(257, 5).SequenceEqual("ustar"u8) ? Text(header.Slice(345, 155)) : "";
                    var name = longName.Length > 0 ? longName : prefix.Length > 0 ? $"{prefix}/{Text(header[..100])}" : Text(header[..100]);
                    longName = "";
                    if (!budget.TakeMember() || !budget.Take(size))
                    {
                        return;
                    }

                    found(name, content);
                    break;
                default:
                    longName = "";
                    break;
            }
        }
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        foreach (var c in field.Trim(" \0"u8))
        {
            if (c is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            value = (value * 8) + c - '0';
        }

        return value;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        field = end < 0 ? field : field[..end];
        return Encoding.UTF8.GetString(field[..Math.Min(field.Length, 4_096)]);
    }

    private static string? PaxPath(string records)
    {
        var at = records.IndexOf(" path=", StringComparison.Ordinal);
        var end = at < 0 ? -1 : records.IndexOf('\n', at);
        return end < 0 ? null : records[(at + 6)..end];
    }
}
