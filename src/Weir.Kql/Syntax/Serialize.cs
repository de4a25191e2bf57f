namespace Weir.Kql.Syntax;

internal sealed record Serialize(Span Span, IReadOnlyList<Expression> Columns) : Operator(Span);

internal sealed partial class Parser
{
    private Serialize ParseSerialize()
    {
        var start = Next().Span;
        return new Serialize(start, Current.Kind == TokenKind.Name || Current.Is("[") ? ParseCommas(ParseNamed) : []);
    }
}
