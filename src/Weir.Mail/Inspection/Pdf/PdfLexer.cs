using System.Globalization;
using System.Text;

namespace Weir.Mail.Inspection.Pdf;

/// <summary>Values of PDF syntax (ISO 32000-1 §7.2, §7.3), from any bytes: what makes no sense is skipped.</summary>
internal sealed class PdfLexer(ReadOnlyMemory<byte> bytes, int at = 0)
{
    private const int Deepest = 40;
    private const int LongestString = 1 << 20;

    private static readonly object End = new();

    /// <summary>Where the next value is read.</summary>
    public int Position { get; set; } = at;

    public bool IsAtEnd => Position >= bytes.Length;

    private ReadOnlySpan<byte> Span => bytes.Span;

    /// <summary>Reads one value; nothing at the end.</summary>
    public object? Read() => Read(0) is { } value && value != End ? value : null;

    private object? Read(int depth)
    {
        SkipSpace();
        if (IsAtEnd)
        {
            return null;
        }

        var c = Span[Position];
        switch (c)
        {
            case (byte)'/':
                return ReadName();
            case (byte)'(':
                return ReadLiteral();
            case (byte)'<' when Position + 1 < Span.Length && Span[Position + 1] == '<':
                Position += 2;
                return depth > Deepest ? null : ReadDictionary(depth);
            case (byte)'<':
                return ReadHex();
            case (byte)'[':
                Position++;
                return depth > Deepest ? null : ReadArray(depth);
            case (byte)'>' or (byte)']' or (byte)')' or (byte)'{' or (byte)'}':
                Position += c == '>' && Position + 1 < Span.Length && Span[Position + 1] == '>' ? 2 : 1;
                return End;
            default:
                return ReadWord();
        }
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        var dictionary = new PdfDictionary();
        while (Read(depth + 1) is { } key && key != End)
        {
            if (key is not PdfName name)
            {
                continue;
            }

            var value = Read(depth + 1);
            if (value == End)
            {
                break;
            }

            dictionary.HasEscapedName |= name.IsEscaped || value is PdfName { IsEscaped: true };
            dictionary.Entries[name.Value] = Referenced(value);
        }

        return dictionary;
    }

    private List<object?> ReadArray(int depth)
    {
        var array = new List<object?>();
        while (Read(depth + 1) is { } value && value != End)
        {
            if (value is PdfWord { Value: "R" } && array.Count >= 2 && array[^2] is double number)
            {
                array.RemoveRange(array.Count - 2, 2);
                array.Add(new PdfReference((int)number));
            }
            else
            {
                array.Add(value);
            }
        }

        return array;
    }

    /// <summary>Number, generation, R.</summary>
    private object? Referenced(object? value)
    {
        if (value is not double number)
        {
            return value;
        }

        var back = Position;
        if (Read(Deepest) is double && Read(Deepest) is PdfWord { Value: "R" })
        {
            return new PdfReference((int)number);
        }

        Position = back;
        return value;
    }

    private PdfName ReadName()
    {
        var start = ++Position;
        var isEscaped = false;
        var name = new StringBuilder();
        while (Position < Span.Length && IsRegular(Span[Position]) && Position - start < 512)
        {
            if (Span[Position] == '#' && Position + 2 < Span.Length && Hex(Span[Position + 1]) is >= 0 and var high && Hex(Span[Position + 2]) is >= 0 and var low)
            {
                var c = (char)((high << 4) + low);
                isEscaped |= char.IsAsciiLetterOrDigit(c);
                name.Append(c);
                Position += 3;
                continue;
            }

            name.Append((char)Span[Position++]);
        }

        return new PdfName(name.ToString(), isEscaped);
    }

    private PdfString ReadLiteral()
    {
        Position++;
        var text = new List<byte>();
        for (var open = 1; Position < Span.Length && text.Count < LongestString; Position++)
        {
            var c = Span[Position];
            if (c == '\\' && Position + 1 < Span.Length)
            {
                Position++;
                Escaped(text);
                continue;
            }

            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open == 0)
            {
                Position++;
                break;
            }

            text.Add(c);
        }

        return new PdfString([.. text]);
    }

    private void Escaped(List<byte> text)
    {
        var c = Span[Position];
        if (c is >= (byte)'0' and <= (byte)'7')
        {
            var value = 0;
            var digits = 0;
            while (digits < 3 && Position < Span.Length && Span[Position] is >= (byte)'0' and <= (byte)'7')
            {
                value = (value << 3) + Span[Position++] - '0';
                digits++;
            }

            Position--;
            text.Add((byte)value);
            return;
        }

        if (c == '\r' && Position + 1 < Span.Length && Span[Position + 1] == '\n')
        {
            Position++;
        }

        if (c is not ((byte)'\r' or (byte)'\n'))
        {
            text.Add(c switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', (byte)'b' => (byte)'\b', (byte)'f' => (byte)'\f', _ => c });
        }
    }

    private PdfString ReadHex()
    {
        Position++;
        var text = new List<byte>();
        var high = -1;
        for (; Position < Span.Length && Span[Position] != '>' && text.Count < LongestString; Position++)
        {
            var digit = Hex(Span[Position]);
            if (digit < 0)
            {
                continue;
            }

            if (high < 0)
            {
                high = digit;
            }
            else
            {
                text.Add((byte)((high << 4) + digit));
                high = -1;
            }
        }

        Position++;
        if (high >= 0)
        {
            text.Add((byte)(high << 4));
        }

        return new PdfString([.. text]);
    }

    private object? ReadWord()
    {
        var start = Position;
        while (Position < Span.Length && IsRegular(Span[Position]))
        {
            Position++;
        }

        if (Position == start)
        {
            Position++;
            return new PdfWord("");
        }

        var word = Span[start..Math.Min(Position, start + 64)];
        return word[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Math.Clamp(number, int.MinValue, int.MaxValue)
            : new PdfWord(Encoding.Latin1.GetString(word));
    }

    private void SkipSpace()
    {
        while (Position < Span.Length)
        {
            if (Span[Position] == '%')
            {
                var line = Span[Position..].IndexOfAny((byte)'\r', (byte)'\n');
                Position = line < 0 ? Span.Length : Position + line;
            }
            else if (IsSpace(Span[Position]))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }

    private static int Hex(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    private static bool IsSpace(byte c) => c is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsRegular(byte c) => !IsSpace(c) && c is not ((byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%');
}
