using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Weir.Mail.Headers;
using Weir.Mail.Inspection.Ole;

namespace Weir.Mail.Inspection.Outlook;

/// <summary>The properties of one storage of a message file (MS-OXMSG): of the message, an attachment, or a message inside it.</summary>
/// <param name="folder">Path of the storage with a slash at its end; empty for the root.</param>
internal sealed class MapiStore(CompoundFile file, IReadOnlyDictionary<string, CompoundEntry> streams, string folder)
{
    private const int LongestProperty = 64 << 20;

    public string Folder => folder;

    public string Text(int property)
    {
        if (Stream(property, "001F") is { Length: > 0 } wide)
        {
            return Encoding.Unicode.GetString(wide.Span).TrimEnd('\0');
        }

        var narrow = Stream(property, "001E");
        var page = Number(0x3FFD) is > 0 and < 65_536 and var declared ? declared : Number(0x3FDE);
        var encoding = page is 65001 ? Encoding.UTF8 : Charsets.Find(string.Create(CultureInfo.InvariantCulture, $"windows-{page}"));
        return (encoding?.GetString(narrow.Span) ?? Charsets.Guess(narrow.Span)).TrimEnd('\0');
    }

    public ReadOnlyMemory<byte> Binary(int property) => Stream(property, "0102");

    /// <summary>A number or a time, as its 64 bits; 0 when there is none.</summary>
    public long Number(int property)
    {
        var fixedSize = streams.TryGetValue($"{folder}__properties_version1.0", out var entry) ? file.Read(entry, 1 << 20).Span : [];
        for (var at = folder.Length == 0 ? 32 : folder.Contains("3701000D", StringComparison.OrdinalIgnoreCase) ? 24 : 8; at + 16 <= fixedSize.Length; at += 16)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(fixedSize[(at + 2)..]) == property)
            {
                return BinaryPrimitives.ReadInt64LittleEndian(fixedSize[(at + 8)..]);
            }
        }

        return 0;
    }

    private ReadOnlyMemory<byte> Stream(int property, string type) =>
        streams.TryGetValue($"{folder}__substg1.0_{property:X4}{type}", out var entry) ? file.Read(entry, LongestProperty) : default;
}
