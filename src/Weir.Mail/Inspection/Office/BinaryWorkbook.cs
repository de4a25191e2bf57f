using System.Buffers.Binary;
using System.Text;

namespace Weir.Mail.Inspection.Office;

/// <summary>The binary parts of an .xlsb workbook (MS-XLSB): links to other programs, and texts of macro sheets.</summary>
internal static class BinaryWorkbook
{
    private const int MostRecords = 200_000;
    private const int BeginLink = 360;
    private const int DefinedName = 39;

    public static void Tell(ReadOnlySpan<byte> part, string place, FileFindings found)
    {
        var at = 0;
        for (var count = 0; count < MostRecords && Number(part, ref at, 2) is >= 0 and var id && Number(part, ref at, 4) is >= 0 and var declared; count++)
        {
            var length = Math.Min(declared, part.Length - at);
            var data = part.Slice(at, length);
            at += length;
            if (id == BeginLink && data.Length > 6 && BinaryPrimitives.ReadUInt16LittleEndian(data) is 1 or 2)
            {
                var from = 2;
                var server = Text(data, ref from);
                var topic = Text(data, ref from);
                found.Feature(data[0] == 1 ? "dde" : "external-object", $"links to {server} | {topic}", place: place);
            }
            else if (id == DefinedName && data.IndexOf("A\0u\0t\0o\0_\0"u8) >= 0)
            {
                found.Feature("xlm-auto-run", "Excel 4.0 macros run when the workbook opens or closes", place: place);
            }
        }
    }

    /// <summary>Seven bits a byte; the highest says that more follow. -1 at the end.</summary>
    private static int Number(ReadOnlySpan<byte> part, ref int at, int most)
    {
        var value = 0;
        for (var i = 0; i < most; i++)
        {
            if (at >= part.Length)
            {
                return -1;
            }

            var b = part[at++];
            value |= (b & 0x7F) << (7 * i);
            if ((b & 0x80) == 0)
            {
                break;
            }
        }

        return value;
    }

    private static string Text(ReadOnlySpan<byte> data, ref int at)
    {
        if (at + 4 > data.Length)
        {
            return "";
        }

        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data[at..]) * 2L, data.Length - at - 4);
        var text = Encoding.Unicode.GetString(data.Slice(at + 4, length & ~1));
        at += 4 + length;
        return text;
    }
}
