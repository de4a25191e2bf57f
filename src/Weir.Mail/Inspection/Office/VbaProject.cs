using System.Buffers.Binary;
using System.Text;
using Weir.Mail.Headers;
using Weir.Mail.Inspection.Ole;

namespace Weir.Mail.Inspection.Office;

/// <summary>The macro projects of a compound file (MS-OVBA): storages that hold a stream <c>dir</c>, and any stream that looks like a module.</summary>
internal static class VbaProject
{
    private const int MostModules = 200;
    private const int LongestModule = 1 << 20;
    private const int LongestStream = 8 << 20;

    /// <summary>Where the source of every module begins: a container whose first bytes are literal.</summary>
    private static ReadOnlySpan<byte> Beginning => "\0Attribut"u8;

    /// <summary>All streams beside a <c>dir</c>; the source of those that are no modules is empty.</summary>
    /// <param name="place">Of the compound file inside the document; empty for the document itself.</param>
    public static List<VbaModule> Modules(CompoundFile file, string place)
    {
        var modules = new List<VbaModule>();
        foreach (var dir in file.Entries.Where(entry => entry.IsStream && entry.Name.Equals("dir", StringComparison.OrdinalIgnoreCase)).Take(10))
        {
            var (offsets, encoding) = Offsets(VbaCompression.Unpack(file.Read(dir, LongestStream).Span, LongestModule));
            foreach (var stream in file.Entries.Where(entry => entry.IsStream && entry != dir && entry.Parent == dir.Parent).Take(MostModules))
            {
                var bytes = file.Read(stream, LongestStream).Span;
                var source = Source(bytes, offsets.GetValueOrDefault(stream.Name, -1), encoding);
                modules.Add(new VbaModule(stream.Name, place.Length > 0 ? $"{place}, {stream.Name}" : stream.Path, source));
            }
        }

        return modules;
    }

    /// <summary>Where the source begins in the stream of each module, and the character set of the project.</summary>
    private static (Dictionary<string, int> Offsets, Encoding Encoding) Offsets(ReadOnlySpan<byte> dir)
    {
        var offsets = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var encoding = Encoding.Latin1;
        var name = "";
        for (var at = 0; at + 6 <= dir.Length && offsets.Count < MostModules;)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(dir[at..]);
            var declared = BinaryPrimitives.ReadUInt32LittleEndian(dir[(at + 2)..]);

            // The version's record is two bytes longer than it says.
            var length = id == 0x0009 ? 6 : declared;
            at += 6;
            if (length > dir.Length - at)
            {
                break;
            }

            var value = dir.Slice(at, (int)length);
            switch (id)
            {
                case 0x0003 when value.Length >= 2:
                    encoding = Charsets.Find($"windows-{BinaryPrimitives.ReadUInt16LittleEndian(value)}") ?? encoding;
                    break;
                case 0x001A:
                    name = encoding.GetString(value);
                    break;
                case 0x0031 when value.Length >= 4 && name.Length > 0:
                    offsets[name] = BinaryPrimitives.ReadInt32LittleEndian(value);
                    break;
            }

            at += (int)length;
        }

        return (offsets, encoding);
    }

    /// <summary>The source at the place that the project names, and any other that the stream holds: what Office and what a scanner reads may differ.</summary>
    private static string Source(ReadOnlySpan<byte> stream, int offset, Encoding encoding)
    {
        var source = new StringBuilder();
        if (offset >= 0 && offset < stream.Length)
        {
            Append(stream[offset..]);
        }

        for (int from = 0, tries = 0; from < stream.Length && tries < 4 && stream[from..].IndexOf(Beginning) is >= 0 and var found; tries++)
        {
            var start = from + found - 3;
            if (start >= 0 && start != offset)
            {
                Append(stream[start..]);
            }

            from += found + Beginning.Length;
        }

        return source.ToString();

        void Append(ReadOnlySpan<byte> container)
        {
            foreach (var line in encoding.GetString(VbaCompression.Unpack(container, LongestModule)).Split('\n'))
            {
                if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith("Attribute ", StringComparison.Ordinal))
                {
                    source.Append(line.TrimEnd('\r')).Append('\n');
                }
            }
        }
    }
}
