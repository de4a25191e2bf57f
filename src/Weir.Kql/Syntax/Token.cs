namespace Weir.Kql.Syntax;

/// <summary>A token. Value: string for strings and typed literals, long for integers and timespans (ticks), double for reals.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, object? Value, Span Span)
{
    public bool Is(string mark) => Kind == TokenKind.Mark && Text == mark;

    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;
}

/// <summary>A stretch of the query text.</summary>
internal readonly record struct Span(int Start, int Length)
{
    public int End => Start + Length;

    public static Span Cover(Span first, Span last) => new(first.Start, Math.Max(last.End - first.Start, 0));
}

internal enum TokenKind
{
    End,
    Name,
    String,
    Long,
    Real,
    TimeSpan,

    /// <summary><c>datetime(…)</c>, <c>int(…)</c> and the like: <see cref="Token.Text"/> is the type, <see cref="Token.Value"/> the raw text inside.</summary>
    Typed,
    Mark,
    Bad,
}
