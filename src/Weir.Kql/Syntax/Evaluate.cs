namespace Weir.Kql.Syntax;

/// <summary>A plugin call; <see cref="Schema"/> is the declared output, when there is one.</summary>
internal sealed record Evaluate(Span Span, CallExpression Call, IReadOnlyList<ColumnDeclaration>? Schema) : Operator(Span);

internal sealed partial class Parser
{
    private Evaluate ParseEvaluate()
    {
        var start = Next().Span;
        ParseParameters();
        var call = ParsePrimary();
        if (call is not CallExpression plugin)
        {
            Fail("A plugin call is expected after 'evaluate'.", call.Span);
            return new Evaluate(start, new CallExpression(call.Span, "", []), null);
        }

        IReadOnlyList<ColumnDeclaration>? schema = null;
        if (Accept(":"))
        {
            Expect("(");
            schema = ParseList(")", () => Accept("*") ? new ColumnDeclaration(start, "*", Contracts.KqlType.Unknown) : ParseColumnDeclaration());
        }

        return new Evaluate(start, plugin, schema);
    }
}
