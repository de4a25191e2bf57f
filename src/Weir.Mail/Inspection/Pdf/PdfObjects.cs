namespace Weir.Mail.Inspection.Pdf;

/// <summary>
/// All objects of a file, found by looking through it rather than by its tables: a table can be broken, or leave out what a reader finds anyway. Objects
/// in streams of objects are taken out. Of two with one number the last counts, but all are looked at.
/// </summary>
internal sealed class PdfObjects
{
    private const int Most = 200_000;
    private const long MostUnpacked = 96L << 20;
    private const int DeepestReference = 20;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly Dictionary<int, object?> _byNumber = [];
    private readonly List<object?> _all = [];

    public PdfObjects(ReadOnlyMemory<byte> file)
    {
        _file = file;
        ReadFile();
        foreach (var container in _all.OfType<PdfDictionary>().Where(each => each.Name("Type") == "ObjStm").ToList())
        {
            ReadContainer(container);
        }
    }

    public PdfFilters Filters { get; } = new(MostUnpacked);

    public IReadOnlyList<object?> All => _all;

    /// <summary>There were more objects than are read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The dictionaries that say where the catalogue is.</summary>
    public List<PdfDictionary> Trailers { get; } = [];

    /// <summary>What a reference leads to; other values are themselves.</summary>
    public object? Resolve(object? value)
    {
        for (var depth = 0; value is PdfReference reference && depth < DeepestReference; depth++)
        {
            value = _byNumber.GetValueOrDefault(reference.Number);
        }

        return value is PdfReference ? null : value;
    }

    public PdfDictionary? Dictionary(object? value) => Resolve(value) as PdfDictionary;

    public string Text(object? value) => Resolve(value) switch
    {
        PdfString text => text.Text,
        PdfName name => name.Value,
        _ => "",
    };

    public double? Number(object? value) => Resolve(value) is double number ? number : null;

    private void ReadFile()
    {
        var span = _file.Span;
        for (var at = span.IndexOf("obj"u8); at >= 0 && at + 3 <= span.Length;)
        {
            var next = at + 3;
            // "endobj" ends one; "12 0 obj" begins one.
            if (!(at >= 3 && span[(at - 3)..at].SequenceEqual("end"u8)) && NumberBefore(span, at) is >= 0 and var number)
            {
                next = Math.Clamp(ReadObject(number, at + 3), next, span.Length);
            }

            if (_all.Count > Most)
            {
                IsCut = true;
                return;
            }

            var found = span[next..].IndexOf("obj"u8);
            at = found < 0 ? -1 : next + found;
        }

        for (var at = span.IndexOf("trailer"u8); at >= 0 && Trailers.Count < 100;)
        {
            if (new PdfLexer(_file, at + 7).Read() is PdfDictionary trailer)
            {
                Trailers.Add(trailer);
                Walkable(trailer);
            }

            var found = span[(at + 7)..].IndexOf("trailer"u8);
            at = found < 0 ? -1 : at + 7 + found;
        }
    }

    private void Walkable(object? value) => _all.Add(value);

    /// <summary>Reads one object and its stream.</summary>
    /// <returns>Where it ends.</returns>
    private int ReadObject(int number, int at)
    {
        var lexer = new PdfLexer(_file, at);
        var value = lexer.Read();
        if (value is PdfDictionary dictionary)
        {
            dictionary.Offset = at;
            lexer.Position = ReadStream(dictionary, lexer.Position);
            if (dictionary.Name("Type") == "XRef")
            {
                Trailers.Add(dictionary);
            }
        }

        _byNumber[number] = value;
        Walkable(value);
        return lexer.Position;
    }

    private int ReadStream(PdfDictionary dictionary, int at)
    {
        var span = _file.Span;
        var start = Math.Min(at, span.Length);
        while (start < span.Length && span[start] is 9 or 10 or 12 or 13 or 32)
        {
            start++;
        }

        if (!span[start..].StartsWith("stream"u8))
        {
            return at;
        }

        start += 6;
        start += span[start..].StartsWith("\r\n"u8) ? 2 : start < span.Length && span[start] is 10 or 13 ? 1 : 0;
        // A length that leads to the end of the stream is believed; else the end is sought.
        var length = dictionary["Length"] is double said && said >= 0 && start + said <= span.Length && span[(int)(start + said)..Math.Min(span.Length, (int)(start + said) + 14)].IndexOf("endstream"u8) >= 0
            ? (int)said
            : span[start..].IndexOf("endstream"u8);
        length = length < 0 ? span.Length - start : length;
        dictionary.Stream = _file.Slice(start, length);
        return start + length;
    }

    /// <summary>Number and generation before the word.</summary>
    private static int NumberBefore(ReadOnlySpan<byte> span, int at)
    {
        var end = Back(span, at, IsSpace);
        var generation = Back(span, end, IsDigit);
        var middle = Back(span, generation, IsSpace);
        var start = Back(span, middle, IsDigit);
        return generation < end && middle < generation && start < middle && middle - start < 10 && int.TryParse(span[start..middle], System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    private static int Back(ReadOnlySpan<byte> span, int at, Func<byte, bool> while_)
    {
        while (at > 0 && while_(span[at - 1]))
        {
            at--;
        }

        return at;
    }

    private static bool IsSpace(byte c) => c is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    private void ReadContainer(PdfDictionary container)
    {
        if (Number(container["N"]) is not { } count || Number(container["First"]) is not { } first)
        {
            return;
        }

        var content = Filters.Decode(container, Resolve, out _);
        var head = new PdfLexer(content);
        for (var i = 0; i < count && _all.Count <= Most && head.Read() is double number && head.Read() is double offset; i++)
        {
            var at = first + offset;
            if (at < 0 || at >= content.Length)
            {
                continue;
            }

            var value = new PdfLexer(content, (int)at).Read();
            // An object of its own with this number is the newer one or a decoy; both are looked at.
            _byNumber.TryAdd((int)number, value);
            Walkable(value);
        }
    }
}
