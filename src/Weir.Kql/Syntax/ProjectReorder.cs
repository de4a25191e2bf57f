namespace Weir.Kql.Syntax;

internal sealed record ProjectReorder(Span Span, IReadOnlyList<ReorderItem> Items) : Operator(Span);

/// <summary>Order null: as in the table; otherwise sorted by name, ascending or not.</summary>
internal sealed record ReorderItem(string Pattern, bool? IsAscending, bool ByNumber);

internal sealed partial class Parser
{
    private ProjectReorder ParseProjectReorder() => new(Next().Span, ParseCommas(() =>
    {
        var pattern = ParseColumnOrWildcard();
        var word = Current.Kind == TokenKind.Name && Current.Text is "asc" or "desc" or "granny-asc" or "granny-desc" ? Next().Text : "";
        var isNumeric = word.StartsWith("granny", StringComparison.Ordinal);
        return new ReorderItem(pattern, word.Length == 0 ? null : !word.EndsWith("desc", StringComparison.Ordinal), isNumeric);
    }));
}
