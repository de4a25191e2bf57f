namespace Weir.Portal.Explorer;

/// <summary>The way from one value to all mail that has it.</summary>
internal static class PivotAddress
{
    /// <summary>Explorer, the last 30 days, filtered by one value; nothing when there is no value.</summary>
    /// <param name="property">Id of an <see cref="ExplorerProperty"/>.</param>
    public static string? Of(string property, string value) => value.Length == 0 ? null : new ExplorerAddress
    {
        Range = TimeRange.Read("30d", from: null, to: null),
        Filter = new ConditionGroup(IsAny: false, IsNegated: false, [new ConditionTest(property, ConditionOperator.Is, [value])]),
    }.Write();
}
