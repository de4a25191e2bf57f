using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions;

/// <summary>A function of the rows of a group.</summary>
/// <param name="signature">See <see cref="Functions.Signature"/>.</param>
/// <param name="sql">Its SQL; a condition, when the function has one, is applied through <see cref="EmittedCall.Filter"/>.</param>
internal sealed class AggregateFunction(string signature, Func<EmittedCall, string> sql)
{
    public Signature Signature { get; } = new(signature);

    public string Name => Signature.Names[0];

    public Func<EmittedCall, string> Sql { get; } = sql;

    /// <summary>Before the underscore of an unnamed result: <c>sum</c> gives sum_Size. Null: the name of the first argument alone.</summary>
    public string? Prefix { get; init; }

    /// <summary>The SQL is a struct with fields f0, f1, … : one per column (<c>arg_max</c>).</summary>
    public bool ReturnsRow { get; init; }

    /// <summary>Which argument is the condition (<c>sumif</c>); -1 when there is none.</summary>
    public int Condition { get; init; } = -1;

    /// <summary>The result type from the argument types, where the signature cannot say it.</summary>
    public Func<IReadOnlyList<Contracts.KqlType>, Contracts.KqlType>? Result { get; init; }

    /// <summary>What is wrong with the arguments beyond their types; null when nothing.</summary>
    public Func<IReadOnlyList<Plan.Scalar>, string?>? Check { get; init; }
}

/// <summary>Some aggregates of one subject. Found by convention.</summary>
internal interface IAggregateFamily
{
    IEnumerable<AggregateFunction> Aggregates { get; }
}
