using Weir.Kql.Contracts;

namespace Weir.Kql.Syntax;

internal abstract record Statement(Span Span);

internal sealed record LetStatement(Span Span, string Name, Expression Value) : Statement(Span);

internal sealed record FunctionStatement(Span Span, string Name, IReadOnlyList<FunctionParameter> Parameters, Script Body) : Statement(Span)
{
    /// <summary>Written with <c>view</c>: a union names it as a table.</summary>
    public bool IsView { get; init; }
}

internal sealed record ExpressionStatement(Span Span, Expression Value) : Statement(Span);

/// <summary>A parameter of a function. Type null: a table, of which <see cref="Columns"/> must be there.</summary>
internal sealed record FunctionParameter(string Name, KqlType? Type, IReadOnlyList<ColumnDeclaration> Columns, Expression? Default);

/// <summary>A query or the body of a function.</summary>
internal sealed record Script(IReadOnlyList<Statement> Statements);
