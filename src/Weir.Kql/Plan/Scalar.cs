using Weir.Kql.Contracts;
using Weir.Kql.Functions;

namespace Weir.Kql.Plan;

/// <summary>An expression with its type.</summary>
internal abstract record Scalar(KqlType Type);

/// <summary>A column of the plan; two columns of one name are two objects.</summary>
internal sealed class Column(int id, string name, KqlType type)
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public KqlType Type { get; } = type;

    /// <summary>Carried along without a name: the row number inside <c>mv-apply</c>, or a bag.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The bag of <c>bag_unpack</c> whose keys are not known yet.</summary>
    public bool IsBag { get; init; }
}

/// <summary>A value: string, bool, int, long (also ticks), double, Guid or JSON text; null is null.</summary>
internal sealed record Literal(KqlType Type, object? Value) : Scalar(Type);

internal sealed record ColumnValue(Column Column) : Scalar(Column.Type);

internal sealed record Call(ScalarFunction Function, IReadOnlyList<Scalar> Arguments, KqlType Type) : Scalar(Type);

/// <summary>The value as another type; null (or the empty string) where it is none.</summary>
internal sealed record ToType(Scalar Value, KqlType Type) : Scalar(Type);

/// <summary>Whether a value is among the rows of a table's column.</summary>
internal sealed record Membership(Scalar Value, Rows Table, Column Column, bool IsNegated, bool IgnoresCase) : Scalar(KqlType.Bool);

/// <summary>The first row's value of a table's column (<c>toscalar</c>).</summary>
internal sealed record TableScalar(Rows Table, Column Column) : Scalar(Column.Type);

/// <summary>All values of a table's column as an array.</summary>
internal sealed record TableArray(Rows Table, Column Column) : Scalar(KqlType.Dynamic);
