using System.Buffers.Binary;
using System.Text;

namespace Weir.Mail.Archives;

/// <summary>Names in cabinet files (MS-CAB §2.3); their content is not unpacked.</summary>
internal static class CabDirectory
{
    public static void Read(ReadOnlySpan<byte> file, UnpackBudget budget, Action<string, long, bool> unread)
    {
        if (file.Length < 36 || !file.StartsWith("MSCF"u8))
        {
            return;
        }

        long at = BinaryPrimitives.ReadUInt32LittleEndian(file[16..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        for (var i = 0; i < count && at + 17 <= file.Length; i++)
        {
            var record = file[(int)at..];
            var end = record[16..].IndexOf((byte)0);
            if (end < 0 || !budget.TakeMember())
            {
                break;
            }

            var isUtf8 = (BinaryPrimitives.ReadUInt16LittleEndian(record[14..]) & 0x80) != 0;
            var name = record.Slice(16, Math.Min(end, 1_000));
            unread(isUtf8 ? Encoding.UTF8.GetString(name) : Encoding.Latin1.GetString(name), BinaryPrimitives.ReadUInt32LittleEndian(record), false);
            at += 17 + end;
        }

        budget.Stop("archive-not-unpacked", "cabinet files are listed, not unpacked");
    }
}
