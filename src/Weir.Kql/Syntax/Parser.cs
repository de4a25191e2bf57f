using Weir.Kql.Contracts;

namespace Weir.Kql.Syntax;

/// <summary>Tokens to a tree. Never throws: at the first thing it cannot read it complains and goes to the end of the text.</summary>
internal sealed partial class Parser
{
    /// <summary>Nesting of brackets and calls; against stack exhaustion by hostile queries.</summary>
    private const int MaxDepth = 150;

    /// <summary>Operators in one chain such as <c>a or b or …</c>, which nest to the left.</summary>
    private const int MaxChain = 700;

    /// <summary>Words that are no names unless quoted.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "and", "or", "has", "contains", "startswith", "endswith", "in", "between", "by", "of", "to", "asc", "desc", "first", "last", "where", "project",
        "union", "search", "print", "datatable", "set", "as", "invoke", "sample", "find", "has_any", "has_all", "hasprefix", "hassuffix",
        "has_cs", "contains_cs", "startswith_cs", "endswith_cs", "hasprefix_cs", "hassuffix_cs",
    };

    private readonly IReadOnlyList<Token> _tokens;
    private readonly List<Complaint> _complaints;
    private int _at;
    private int _depth;

    /// <summary>Inside the brackets of a datatable, where alone the smallest long may be written as a number.</summary>
    private bool _isCell;

    private Parser(IReadOnlyList<Token> tokens, List<Complaint> complaints) => (_tokens, _complaints) = (tokens, complaints);

    public static Script Parse(string text, List<Complaint> complaints)
    {
        var tokens = new Lexer(text, complaints).Read();
        return new Parser(tokens, complaints).ParseScript(isBody: false);
    }

    private Token Current => _tokens[_at];

    private Token Ahead(int count = 1) => _tokens[Math.Min(_at + count, _tokens.Count - 1)];

    private Token Next()
    {
        var token = Current;
        _at = Math.Min(_at + 1, _tokens.Count - 1);
        return token;
    }

    private bool Accept(string mark)
    {
        if (!Current.Is(mark))
        {
            return false;
        }

        Next();
        return true;
    }

    private bool AcceptName(string name)
    {
        if (!Current.IsName(name))
        {
            return false;
        }

        Next();
        return true;
    }

    private void Expect(string mark)
    {
        if (!Accept(mark))
        {
            Fail($"'{mark}' is expected here{Found()}.");
        }
    }

    private void ExpectName(string name)
    {
        if (!AcceptName(name))
        {
            Fail($"'{name}' is expected here{Found()}.");
        }
    }

    private string Found() => Current.Kind == TokenKind.End ? ", but the query ends" : $", not '{Current.Text}'";

    private void Fail(string message) => Fail(message, Current.Span);

    private void Fail(string message, Span span)
    {
        if (_at < _tokens.Count - 1 || _complaints.Count == 0)
        {
            _complaints.Add(new Complaint(message, span));
        }

        _at = _tokens.Count - 1;
    }

    private bool Enter()
    {
        if (++_depth <= MaxDepth)
        {
            return true;
        }

        Fail("The query is nested too deeply.");
        return false;
    }

    private void Leave() => _depth--;

    private Script ParseScript(bool isBody)
    {
        var statements = new List<Statement>();
        while (Current.Kind != TokenKind.End && !(isBody && Current.Is("}")))
        {
            if (Accept(";"))
            {
                continue;
            }

            if (ParseStatement() is { } statement)
            {
                statements.Add(statement);
            }

            if (Current.Kind != TokenKind.End && !Current.Is(";") && !(isBody && Current.Is("}")))
            {
                Fail($"The statement should end here{Found()}.");
            }
        }

        return new Script(statements);
    }

    private Statement? ParseStatement()
    {
        var start = Current.Span;
        if (Current.IsName("let") && (Ahead(2).Is("=") || Ahead().Is("[")))
        {
            return ParseLet();
        }

        if (Current.IsName("set") && Ahead().Kind == TokenKind.Name)
        {
            // Request properties say how the original service runs a query, not what it means.
            while (Current.Kind != TokenKind.End && !Current.Is(";"))
            {
                Next();
            }

            return null;
        }

        if (Current.Kind == TokenKind.Name && Current.Text is "declare" or "alias" or "restrict" or "pattern" && Ahead().Kind == TokenKind.Name)
        {
            Fail($"The statement '{Current.Text}' is not supported.");
            return null;
        }

        var value = ParsePipeline();
        return new ExpressionStatement(Span.Cover(start, value.Span), value);
    }

    private Statement ParseLet()
    {
        var start = Next().Span;
        var name = ParseColumnName();
        Expect("=");
        if (Current.Is("(") && LooksLikeFunction())
        {
            return ParseFunction(start, name);
        }

        if (Current.IsName("view") && Ahead().Is("("))
        {
            Next();
            return ParseFunction(start, name) with { IsView = true };
        }

        var value = ParsePipeline();
        return new LetStatement(Span.Cover(start, value.Span), name, value);
    }

    /// <summary>A list of parameters in brackets and then a body in braces.</summary>
    private bool LooksLikeFunction()
    {
        var depth = 0;
        for (var ahead = 0; _at + ahead < _tokens.Count - 1; ahead++)
        {
            var token = Ahead(ahead);
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            if (depth == 0)
            {
                return Ahead(ahead + 1).Is("{");
            }
        }

        return false;
    }

    private FunctionStatement ParseFunction(Span start, string name)
    {
        Expect("(");
        var parameters = ParseList(")", ParseFunctionParameter);
        Expect("{");
        var body = Enter() ? ParseScript(isBody: true) : new Script([]);
        Leave();
        var end = Current.Span;
        Expect("}");
        return new FunctionStatement(Span.Cover(start, end), name, parameters, body);
    }

    private FunctionParameter ParseFunctionParameter()
    {
        var name = ParseColumnName();
        Expect(":");
        if (Accept("("))
        {
            if (Accept("*"))
            {
                Expect(")");
                return new FunctionParameter(name, null, [], null);
            }

            return new FunctionParameter(name, null, ParseList(")", ParseColumnDeclaration), null);
        }

        var type = ParseType();
        return new FunctionParameter(name, type, [], Accept("=") ? ParseExpression() : null);
    }

    private KqlType ParseType()
    {
        var token = Next();
        if (token.Kind == TokenKind.Name && KqlTypes.Parse(token.Text) is { } type)
        {
            return type;
        }

        Fail($"'{token.Text}' is not a type.", token.Span);
        return KqlType.Unknown;
    }

    private ColumnDeclaration ParseColumnDeclaration()
    {
        var start = Current.Span;
        var name = ParseColumnName();
        Expect(":");
        return new ColumnDeclaration(start, name, ParseType());
    }

    /// <summary>Items up to the closing mark; a comma may trail.</summary>
    private List<T> ParseList<T>(string close, Func<T> item)
    {
        var items = new List<T>();
        while (Current.Kind != TokenKind.End && !Current.Is(close))
        {
            items.Add(item());
            if (!Accept(","))
            {
                break;
            }
        }

        Expect(close);
        return items;
    }

    /// <summary>Items between commas, at least one.</summary>
    private List<T> ParseCommas<T>(Func<T> item)
    {
        var items = new List<T> { item() };
        while (Accept(","))
        {
            items.Add(item());
        }

        return items;
    }

    /// <summary>A name: plain, <c>['quoted']</c>, or a keyword used as a name.</summary>
    private string ParseColumnName()
    {
        if (Current.Is("[") && Ahead().Kind == TokenKind.String && Ahead(2).Is("]"))
        {
            Next();
            var quoted = (string)Next().Value!;
            Next();
            return quoted;
        }

        if (Current.Kind == TokenKind.Name && !Reserved.Contains(Current.Text))
        {
            return Next().Text;
        }

        Fail(Reserved.Contains(Current.Text) ? $"'{Current.Text}' is a word of the language; as a name it is written ['{Current.Text}']." : $"A name is expected here{Found()}.");
        return "";
    }
}
