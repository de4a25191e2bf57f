namespace Weir.Kql.Syntax;

internal sealed record Sort(Span Span, IReadOnlyList<OrderKey> Keys) : Operator(Span);

internal sealed partial class Parser
{
    private Sort ParseSort()
    {
        var start = Next().Span;
        ParseParameters();
        ExpectName("by");
        return new Sort(start, ParseCommas(ParseOrderKey));
    }

    /// <summary>Descending when nothing is said; null is the smallest value.</summary>
    private OrderKey ParseOrderKey()
    {
        var value = ParseNamed();
        var isAscending = AcceptName("asc");
        if (!isAscending)
        {
            AcceptName("desc");
        }

        var nullsFirst = isAscending;
        if (AcceptName("nulls"))
        {
            nullsFirst = AcceptName("first");
            if (!nullsFirst)
            {
                ExpectName("last");
            }
        }

        return new OrderKey(value, isAscending, nullsFirst);
    }
}
