namespace Weir.Kql.Syntax;

internal sealed partial class Parser
{
    private static readonly HashSet<string> Unsupported = new(StringComparer.Ordinal)
    {
        "consume", "facet", "find", "fork", "reduce", "scan", "make-graph", "graph-match", "graph-shortest-paths", "graph-to-table",
        "graph-mark-components", "macro-expand", "project-by-names", "project-smart", "assert-schema", "execute_and_cache",
        "partition", "externaldata",
    };

    /// <summary>A source with its operators, or just an expression when no operator follows.</summary>
    private Expression ParsePipeline()
    {
        var start = Current.Span;
        if (!Enter())
        {
            Leave();
            return new LiteralExpression(start, Contracts.KqlType.Unknown, null);
        }

        var operators = new List<Operator>();
        Expression? source = null;
        if (ParseSource() is { } maker)
        {
            operators.Add(maker);
        }
        else
        {
            source = ParseExpression();
        }

        while (Accept("|"))
        {
            operators.Add(ParseOperator());
        }

        Leave();
        return source is not null && operators.Count == 0
            ? source
            : new PipelineExpression(Span.Cover(start, _tokens[Math.Max(_at - 1, 0)].Span), source, operators);
    }

    /// <summary>An operator that makes rows out of nothing; null when the text is an expression.</summary>
    private Operator? ParseSource()
    {
        if (Current.Kind != TokenKind.Name)
        {
            return null;
        }

        var next = Ahead();
        switch (Current.Text)
        {
            case "print" when next.Kind is not (TokenKind.End or TokenKind.Mark or TokenKind.Bad) || next.Is("(") || next.Is("-") || next.Is("["):
                return ParsePrint();
            case "range" when next.Kind == TokenKind.Name:
                return ParseRange();
            case "datatable" when next.Is("("):
                return ParseDatatable();
            case "union" when next.Kind == TokenKind.Name || next.Is("(") || next.Is("*") || next.Is("["):
                return ParseUnion();
            case "search" when next.Kind is TokenKind.String or TokenKind.Name || next.Is("*") || next.Is("("):
                return ParseSearch();
            case "find" or "externaldata" or "evaluate" when next.Kind == TokenKind.Name || next.Is("("):
                Fail(Current.Text == "externaldata"
                    ? "'externaldata' is not supported: Weir reads nothing from the network."
                    : $"'{Current.Text}' is not supported as the start of a query.");
                return null;
            default:
                return null;
        }
    }

    private Operator ParseOperator()
    {
        var token = Current;
        switch (token.Text)
        {
            case "where" or "filter": return ParseWhere();
            case "project": return ParseProject();
            case "extend": return ParseExtend();
            case "summarize": return ParseSummarize();
            case "sort" or "order": return ParseSort();
            case "take" or "limit": return ParseTake();
            case "top": return ParseTop();
            case "distinct": return ParseDistinct();
            case "count": return ParseCount();
            case "join": return ParseJoin();
            case "lookup": return ParseLookup();
            case "union": return ParseUnion();
            case "render": return ParseRender();
            case "project-away": return ParseProjectAway();
            case "project-keep": return ParseProjectKeep();
            case "project-rename": return ParseProjectRename();
            case "project-reorder": return ParseProjectReorder();
            case "mv-expand" or "mvexpand": return ParseMvExpand();
            case "mv-apply" or "mvapply": return ParseMvApply();
            case "getschema": return ParseGetSchema();
            case "sample": return ParseSample();
            case "sample-distinct": return ParseSampleDistinct();
            case "as": return ParseAs();
            case "make-series": return ParseMakeSeries();
            case "parse" or "parse-where": return ParseParse();
            case "parse-kv": return ParseParseKv();
            case "search": return ParseSearch();
            case "evaluate": return ParseEvaluate();
            case "serialize": return ParseSerialize();
            case "invoke": return ParseInvoke();
            case "top-hitters": return ParseTopHitters();
            case "top-nested": return ParseTopNested();
        }

        Fail(Unsupported.Contains(token.Text)
            ? $"The operator '{token.Text}' is not supported."
            : token.Kind == TokenKind.Name && Words.Nearest(token.Text, OperatorNames) is { } near
                ? $"'{token.Text}' is not an operator; did you mean '{near}'?"
                : $"An operator is expected after '|'{Found()}.");
        return new Broken(token.Span);
    }

    internal static readonly string[] OperatorNames =
    [
        "where", "project", "extend", "summarize", "sort", "order", "take", "limit", "top", "distinct", "count", "join", "lookup", "union", "render",
        "project-away", "project-keep", "project-rename", "project-reorder", "mv-expand", "mv-apply", "getschema", "sample", "sample-distinct", "as",
        "make-series", "parse", "parse-where", "parse-kv", "search", "evaluate", "serialize", "invoke", "top-hitters", "top-nested",
    ];

    /// <summary><c>name=value</c> parameters after an operator's word, such as <c>kind=inner</c> and <c>hint.strategy=shuffle</c>.</summary>
    private Dictionary<string, string> ParseParameters(params ReadOnlySpan<string> known)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Current.Kind == TokenKind.Name)
        {
            var isHint = Current.IsName("hint") && Ahead().Is(".");
            if (!isHint && !(known.Contains(Current.Text) && Ahead().Is("=")))
            {
                break;
            }

            var name = Next().Text;
            while (Accept("."))
            {
                name += "." + Next().Text;
            }

            Expect("=");
            if (Accept("("))
            {
                // hint.shufflekey=(a, b)
                while (Current.Kind != TokenKind.End && !Accept(")"))
                {
                    Next();
                }
            }
            else
            {
                var value = Next();
                parameters[name] = value.Value as string ?? value.Text;
            }
        }

        return parameters;
    }

    private string ParseColumnOrWildcard()
    {
        if (!Current.Is("*") && !Ahead().Is("*"))
        {
            return ParseColumnName();
        }

        // Name parts and stars that touch: Sender*, *1, *Id*.
        var pattern = "";
        var end = Current.Span.Start;
        while ((Current.Is("*") || Current.Kind is TokenKind.Name or TokenKind.Long) && Current.Span.Start == end)
        {
            end = Current.Span.End;
            pattern += Next().Text;
        }

        return pattern;
    }
}

/// <summary>Stands where an operator could not be read; there is a complaint about it.</summary>
internal sealed record Broken(Span Span) : Operator(Span);
