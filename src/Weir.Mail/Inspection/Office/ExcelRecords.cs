using System.Buffers.Binary;
using System.Text;

namespace Weir.Mail.Inspection.Office;

/// <summary>What the records of an Excel workbook (MS-XLS, and Excel 5) can do: macro sheets, links to other programs, protection.</summary>
internal sealed class ExcelRecords(FileFindings found)
{
    private const int MostRecords = 500_000;
    private const int MostTexts = 40;

    /// <summary>Functions of Excel 4.0 that reach out of the workbook.</summary>
    private static readonly Dictionary<int, string> Functions = new() { [110] = "EXEC", [150] = "CALL", [149] = "REGISTER", [132] = "FOPEN", [138] = "FWRITE" };

    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private string _server = "";
    private bool _isOld;
    private bool _isMacroSheet;

    public bool IsEncrypted { get; private set; }

    public void Read(ReadOnlySpan<byte> workbook)
    {
        for (int at = 0, count = 0; at + 4 <= workbook.Length && count < MostRecords && !IsEncrypted; count++)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(workbook[at..]);
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(workbook[(at + 2)..]), workbook.Length - at - 4);
            Record(id, workbook.Slice(at + 4, length), at);
            at += 4 + length;
        }

        EndLink(isOle: false);
        if (_called.Count > 0)
        {
            found.Feature("xlm-runs-program", $"Excel 4.0 macros call {string.Join(", ", _called.Order(StringComparer.Ordinal))}: {string.Join(" ", _texts)}");
        }

        found.Text(string.Join('\n', _texts), needsScheme: true);
    }

    private void Record(int id, ReadOnlySpan<byte> data, int offset)
    {
        switch (id)
        {
            case 0x0809 or 0x0409 or 0x0209 when data.Length >= 4:
                _isOld = BinaryPrimitives.ReadUInt16LittleEndian(data) < 0x0600;
                _isMacroSheet = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]) == 0x0040;
                break;
            case 0x002F:
                IsEncrypted = true;
                break;
            case 0x0085 when data.Length > 7 && data[5] == 1:
                var state = (data[4] & 3) switch { 0 => "shown", 1 => "hidden", _ => "deeply hidden" };
                found.Feature("xlm-macro", $"a {state} sheet of Excel 4.0 macros: {Text(data[7..], data[6])}", offset);
                break;
            case 0x0018 when data.Length > 15:
                Name(data, offset);
                break;
            case 0x01AE when data.Length > 5:
                EndLink(isOle: false);
                _server = Text(data[4..], BinaryPrimitives.ReadUInt16LittleEndian(data[2..]));
                break;
            case 0x0023 when data.Length > 2 && _server.Length > 0:
                EndLink(isOle: (data[0] & 0x10) != 0);
                break;
            case 0x0017 when _isOld && data.Length > 2:
                _server = Encoding.Latin1.GetString(data[1..]);
                break;
            case 0x0006 when _isMacroSheet && data.Length > 22:
                Formula(data[22..]);
                break;
        }
    }

    /// <summary>Names that Excel runs when the workbook opens: the built-in one, or one that says so.</summary>
    private void Name(ReadOnlySpan<byte> data, int offset)
    {
        var isBuiltIn = (data[0] & 0x20) != 0;
        var text = Text(data[14..], data[3]);
        if (isBuiltIn ? text is ['\u0001' or '\u0002', ..] : text.StartsWith("auto_", StringComparison.OrdinalIgnoreCase))
        {
            found.Feature("xlm-auto-run", isBuiltIn ? "Excel 4.0 macros run when the workbook opens or closes" : $"Excel 4.0 macros run by the name {text}", offset);
        }
    }

    /// <summary>A link to another program: server and topic with a 3 between them.</summary>
    private void EndLink(bool isOle)
    {
        if (_server.IndexOf('\u0003', StringComparison.Ordinal) > 0)
        {
            found.Feature(isOle ? "external-object" : "dde", $"links to {_server.Replace("\u0003", " | ", StringComparison.Ordinal)}");
        }

        _server = "";
    }

    /// <summary>Tokens of calls and texts, found by their form: a macro that breaks the grammar is no less one.</summary>
    private void Formula(ReadOnlySpan<byte> tokens)
    {
        for (var at = 0; at + 3 < tokens.Length; at++)
        {
            switch (tokens[at])
            {
                case 0x22 or 0x42 or 0x62 when Functions.TryGetValue(BinaryPrimitives.ReadUInt16LittleEndian(tokens[(at + 2)..]), out var name):
                    _called.Add(name);
                    break;
                case 0x21 or 0x41 or 0x61 when Functions.TryGetValue(BinaryPrimitives.ReadUInt16LittleEndian(tokens[(at + 1)..]), out var name):
                    _called.Add(name);
                    break;
                case 0x17 when tokens[at + 1] > 2 && _texts.Count < MostTexts && at + 3 + tokens[at + 1] <= tokens.Length:
                    _texts.Add(Text(tokens[(at + 2)..], tokens[at + 1]));
                    at += 1 + tokens[at + 1];
                    break;
            }
        }
    }

    /// <summary>Since Excel 97 a byte before the characters says how wide they are.</summary>
    private string Text(ReadOnlySpan<byte> data, int count)
    {
        if (_isOld)
        {
            return Encoding.Latin1.GetString(data[..Math.Min(count, data.Length)]);
        }

        if (data.IsEmpty)
        {
            return "";
        }

        var isWide = (data[0] & 1) != 0;
        var bytes = data[1..Math.Min(data.Length, 1 + (isWide ? count * 2 : count))];
        return isWide ? Encoding.Unicode.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }
}
