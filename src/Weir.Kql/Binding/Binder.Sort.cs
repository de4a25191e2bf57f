using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Plan.Sort BindSort(IReadOnlyList<OrderKey> keys, Rows input, Names names)
    {
        var scope = new Scope(input, names);
        return new Plan.Sort(input, [.. keys.Select(key =>
        {
            var value = BindScalar(key.Value is NamedExpression named ? named.Value : key.Value, scope);
            return value.Type == Contracts.KqlType.Dynamic
                ? throw new Refusal("Sorting by a dynamic value is not possible; convert it first, for example with tostring().", key.Value.Span)
                : new SortKey(value, key.IsAscending, key.NullsFirst);
        })]);
    }
}
