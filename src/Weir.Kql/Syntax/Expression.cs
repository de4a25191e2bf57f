using Weir.Kql.Contracts;

namespace Weir.Kql.Syntax;

/// <summary>A node of the tree; it knows its place in the text.</summary>
internal abstract record Expression(Span Span);

/// <summary>A value. Datetimes and timespans are ticks (long); null is the null of its type.</summary>
internal sealed record LiteralExpression(Span Span, KqlType Type, object? Value) : Expression(Span);

/// <summary><c>dynamic(…)</c> as JSON text.</summary>
internal sealed record DynamicExpression(Span Span, string Json) : Expression(Span);

internal sealed record NameExpression(Span Span, string Name) : Expression(Span);

/// <summary>A name with <c>*</c> in it, or <c>*</c> alone.</summary>
internal sealed record WildcardExpression(Span Span, string Pattern) : Expression(Span);

internal sealed record MemberExpression(Span Span, Expression Target, string Name) : Expression(Span);

internal sealed record IndexExpression(Span Span, Expression Target, Expression Index) : Expression(Span);

internal sealed record CallExpression(Span Span, string Name, IReadOnlyList<Expression> Arguments) : Expression(Span);

internal sealed record BinaryExpression(Span Span, string Operator, Span OperatorSpan, Expression Left, Expression Right) : Expression(Span);

internal sealed record SignExpression(Span Span, bool IsMinus, Expression Operand) : Expression(Span);

/// <summary><c>(a, b, c)</c> on the right of <c>in</c> and <c>has_any</c>.</summary>
internal sealed record ListExpression(Span Span, IReadOnlyList<Expression> Items) : Expression(Span);

internal sealed record BetweenExpression(Span Span, Expression Value, Expression Low, Expression High, bool IsNegated) : Expression(Span);

/// <summary><c>name = value</c> or <c>(a, b) = value</c>.</summary>
internal sealed record NamedExpression(Span Span, IReadOnlyList<string> Names, Expression Value) : Expression(Span);

/// <summary><c>typeof(long)</c>.</summary>
internal sealed record TypeOfExpression(Span Span, KqlType Type) : Expression(Span);

/// <summary>A tabular expression: a source and operators. Without source the first operator makes the rows.</summary>
internal sealed record PipelineExpression(Span Span, Expression? Source, IReadOnlyList<Operator> Operators) : Expression(Span);

/// <summary>One step of a pipeline.</summary>
internal abstract record Operator(Span Span);

/// <summary>A column declaration: name and type.</summary>
internal sealed record ColumnDeclaration(Span Span, string Name, KqlType Type);

/// <summary>A sort key.</summary>
internal sealed record OrderKey(Expression Value, bool IsAscending, bool NullsFirst);
