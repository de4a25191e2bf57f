using System.Text;
using System.Text.Unicode;
using Weir.Portal.Shell;

namespace Weir.Portal.Emails;

/// <summary>Raw text of a message in numbered lines, a window of it at a time. Pure; any bytes. Keeps at most <see cref="MostKept"/> of them.</summary>
internal sealed class SourceText
{
    /// <summary>Around what is cited; the rest is for the download.</summary>
    public const int MostKept = 1 << 20;

    /// <summary>Lines of one window.</summary>
    public const int Window = 400;

    /// <summary>Bytes of a line before it goes on in another row.</summary>
    private const int LongestRow = 400;
    private const int LinesBefore = 40;

    private readonly byte[] _bytes;
    private readonly int _base;
    private readonly int _linesBefore;
    private readonly ByteSpan? _cited;

    public SourceText(byte[] raw, ByteSpan? cited)
    {
        Length = raw.Length;
        _cited = cited is { } span && span.Start < raw.Length ? span with { End = Math.Min(span.End, raw.Length) } : null;
        _base = raw.Length <= MostKept ? 0 : Math.Clamp((_cited?.Start ?? 0) - (MostKept / 2), 0, raw.Length - MostKept);
        _bytes = raw.Length <= MostKept ? raw : raw[_base..(_base + MostKept)];
        _linesBefore = raw.AsSpan(0, _base).Count((byte)'\n');
        First = Start(_cited?.Start ?? 0);
    }

    /// <summary>Of the whole message.</summary>
    public int Length { get; }

    /// <summary>First byte of the window that shows what is cited.</summary>
    public int First { get; }

    public bool IsCut => _bytes.Length < Length;

    /// <summary>The header of a message as the record keeps it, with a field in it marked.</summary>
    /// <param name="cited">Of the raw message; followed only when the field stands there in the text, else the first field of that name is taken.</param>
    public static SourceText OfHeader(string header, string field, ByteSpan? cited)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        if (cited is null || field.Length == 0)
        {
            return new SourceText(bytes, null);
        }

        var name = Encoding.UTF8.GetBytes(field);
        bool IsField(int at) => at >= 0 && at + name.Length < bytes.Length && (at == 0 || bytes[at - 1] == '\n') && Ascii.EqualsIgnoreCase(bytes.AsSpan(at, name.Length), name) && bytes[at + name.Length] is (byte)':' or (byte)' ';
        var start = IsField(cited.Value.Start) ? cited.Value.Start : Starts(bytes).FirstOrDefault(IsField, -1);
        if (start < 0)
        {
            return new SourceText(bytes, null);
        }

        var end = start;
        do
        {
            end = NextLine(bytes, end);
        }
        while (end < bytes.Length && bytes[end] is (byte)' ' or (byte)'\t');

        return new SourceText(bytes, new ByteSpan(start, start + bytes.AsSpan(start, end - start).TrimEnd("\r\n"u8).Length));
    }

    /// <summary>At most <see cref="Window"/> rows from this byte on, and where the next window begins; -1 when there is none.</summary>
    public (IReadOnlyList<SourceRow> Rows, int Next) From(int first)
    {
        var rows = new List<SourceRow>();
        var at = Math.Clamp(first - _base, 0, _bytes.Length);
        var number = _linesBefore + _bytes.AsSpan(0, at).Count((byte)'\n') + 1;
        var isNew = at == 0 || _bytes[at - 1] == '\n';
        while (at < _bytes.Length && rows.Count < Window)
        {
            var next = NextRow(at);
            rows.Add(new SourceRow(isNew ? number : 0, Pieces(at, next)));
            isNew = _bytes[next - 1] == '\n';
            number += isNew ? 1 : 0;
            at = next;
        }

        return (rows, at < _bytes.Length ? at + _base : -1);
    }

    /// <summary>Where the window before this one begins; -1 when there is none.</summary>
    public int Before(int first) => first <= _base ? -1 : Back(first - _base, Window) + _base;

    private int Start(int cited) => Back(cited - _base, LinesBefore) + _base;

    /// <summary>The beginning of a row so many rows before: of lines where they are short, of bytes where not.</summary>
    private int Back(int at, int rows)
    {
        at = Math.Clamp(at, 0, _bytes.Length);
        var least = Math.Max(0, at - (rows * LongestRow / 4));
        for (var i = 0; i <= rows && at > least; i++)
        {
            var feed = at == 0 ? -1 : _bytes.AsSpan(0, at - 1).LastIndexOf((byte)'\n');
            if (feed + 1 < least)
            {
                // A long line: its rows count from its beginning, so a row begins at a whole number of them.
                var line = feed + 1;
                return line + (Math.Max(0, least - line) / LongestRow * LongestRow);
            }

            at = feed + 1;
        }

        return at;
    }

    private int NextRow(int at)
    {
        var rest = _bytes.AsSpan(at, Math.Min(LongestRow, _bytes.Length - at));
        var feed = rest.IndexOf((byte)'\n');
        if (feed >= 0)
        {
            return at + feed + 1;
        }

        // Not inside a character.
        var end = at + rest.Length;
        for (var back = 0; back < 3 && end - back < _bytes.Length && end - back > at + 1; back++)
        {
            if ((_bytes[end - back] & 0xC0) != 0x80)
            {
                return end - back;
            }
        }

        return end;
    }

    private List<SourcePiece> Pieces(int from, int to)
    {
        var end = from + _bytes.AsSpan(from, to - from).TrimEnd("\r\n"u8).Length;
        var pieces = new List<SourcePiece>(3);
        var (start, stop) = _cited is { } cited ? (Math.Clamp(cited.Start - _base, from, end), Math.Clamp(cited.End - _base, from, end)) : (end, end);
        Add(from, start, isCited: false);
        Add(start, stop, isCited: true);
        Add(Math.Max(start, stop), end, isCited: false);
        return pieces;

        void Add(int first, int last, bool isCited)
        {
            if (last > first)
            {
                var bytes = _bytes.AsSpan(first, last - first);
                pieces.Add(new SourcePiece(SafeText.Of(Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes)), isCited));
            }
        }
    }

    private static int NextLine(byte[] bytes, int at) => bytes.AsSpan(at).IndexOf((byte)'\n') is >= 0 and var feed ? at + feed + 1 : bytes.Length;

    private static IEnumerable<int> Starts(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length; at = NextLine(bytes, at))
        {
            yield return at;
        }
    }
}

/// <summary>A row of the source.</summary>
/// <param name="Number">Of the line that begins here; 0 when a long line goes on.</param>
internal sealed record SourceRow(int Number, IReadOnlyList<SourcePiece> Pieces);

/// <summary>Text of a row, cited or not.</summary>
internal sealed record SourcePiece(string Text, bool IsCited);
