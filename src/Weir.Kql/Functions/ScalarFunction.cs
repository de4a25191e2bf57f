using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions;

/// <summary>A function of the values of one row.</summary>
/// <param name="signature">See <see cref="Functions.Signature"/>.</param>
/// <param name="sql">Its SQL. A string result must never be NULL.</param>
internal sealed class ScalarFunction(string signature, Func<EmittedCall, string> sql)
{
    public Signature Signature { get; } = new(signature);

    public string Name => Signature.Names[0];

    public Func<EmittedCall, string> Sql { get; } = sql;

    public ResultNaming Naming { get; init; }

    /// <summary>Looks at other rows: <c>prev</c>, <c>row_number</c>.</summary>
    public bool IsWindow { get; init; }

    /// <summary>The result type from the argument types, where the signature cannot say it.</summary>
    public Func<IReadOnlyList<Contracts.KqlType>, Contracts.KqlType>? Result { get; init; }

    /// <summary>What is wrong with the arguments beyond their types; null when nothing.</summary>
    public Func<IReadOnlyList<Plan.Scalar>, string?>? Check { get; init; }
}

/// <summary>How a column is called that holds the function's result and is given no name.</summary>
internal enum ResultNaming
{
    /// <summary>Column1, Column2, …</summary>
    None,

    /// <summary>As the first argument.</summary>
    FirstArgument,

    /// <summary>strlen_Subject.</summary>
    NameAndFirstArgument,

    /// <summary>As the only argument, when there is only one.</summary>
    OnlyArgument,
}

/// <summary>Some functions of one subject. Found by convention.</summary>
internal interface IFunctionFamily
{
    IEnumerable<ScalarFunction> Functions { get; }
}
