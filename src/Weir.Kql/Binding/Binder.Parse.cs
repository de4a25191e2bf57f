using System.Text;
using System.Text.RegularExpressions;
using Weir.Kql.Contracts;
using Weir.Kql.Plan;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    /// <summary>Each column beyond nine brings the whole pattern once more.</summary>
    private const int MaxParsed = 200;

    /// <summary>The pattern becomes one regular expression; each column is one of its groups.</summary>
    private Plan.Project BindParse(Syntax.Parse parse, Rows input, Names names)
    {
        var scope = new Scope(input, names);
        var value = Convert(BindScalar(parse.Value, scope), KqlType.String);
        var isRegex = parse.Kind == "regex";
        var isStrict = parse.Kind is "simple" or "regex";
        var pattern = new StringBuilder(isRegex ? parse.Flags.Length > 0 ? $"(?{parse.Flags})" : "" : "(?s)");
        var parts = parse.Parts;
        Check(parse, isRegex);
        if (parts.Count > 0 && (parts[0].Text ?? parts[0].Column) is not null)
        {
            pattern.Append('^');
        }

        var columns = new List<(string Name, KqlType Type)>();
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            var isLast = i == parts.Count - 1;
            if (part.Text is { } text)
            {
                pattern.Append(isRegex ? $"(?:{Silent(Functions.Scalar.RegexClasses.Unicode(text))})" : Regex.Escape(text).Replace("\\ ", " ", StringComparison.Ordinal).Replace("\\#", "#", StringComparison.Ordinal));
            }
            else if (part.Column is { } column)
            {
                columns.Add((column, part.Type));
                pattern.Append(Group(part.Type, isStrict, isRegex, isLast));
            }
            else
            {
                pattern.Append(isLast ? ".*" : ".*?");
            }
        }

        pattern.Append(parts.Count > 0 && parts[^1].Text is null ? "$" : isRegex ? "" : "$");
        var match = NewColumn("$match", KqlType.Dynamic);
        var matched = Call("parse groups", parse.Span, value, new Literal(KqlType.String, pattern.ToString()), new Literal(KqlType.Long, (long)columns.Count));
        Rows rows = new Plan.Project(input, [.. Keep(input.Columns), new Computed(match, matched)]);
        if (isStrict)
        {
            // A text that is not of its column's type is no match at all.
            var texts = columns.Select((column, i) => (column.Type, Text: Call("element", parse.Span, new ColumnValue(match), new Literal(KqlType.Long, (long)i))))
                .Where(column => column.Type is KqlType.DateTime or KqlType.TimeSpan or KqlType.Bool or KqlType.Guid)
                .Select(column => (Plan.Scalar)Call("isnotnull", parse.Span, Convert(Convert(column.Text, KqlType.String), column.Type))).ToList();
            if (texts.Count > 0)
            {
                var checkedMatch = NewColumn("$match", KqlType.Dynamic);
                var isWhole = texts.Aggregate((a, b) => Call("and", parse.Span, a, b));
                rows = new Plan.Project(rows, [.. Keep(input.Columns), new Computed(checkedMatch, Call("iff", parse.Span, isWhole, new ColumnValue(match), new Literal(KqlType.Dynamic, null)))]);
                match = checkedMatch;
            }
        }

        if (parse.IsFilter)
        {
            rows = new Plan.Where(rows, Call("isnotnull", parse.Span, new ColumnValue(match)));
        }

        var items = Keep(input.Visible).ToList();
        for (var i = 0; i < columns.Count; i++)
        {
            var (name, type) = columns[i];
            var text = Call("element", parse.Span, new ColumnValue(match), new Literal(KqlType.Long, (long)i));
            var computed = new Computed(NewColumn(name, type), Convert(Convert(text, KqlType.String), type));
            var at = items.FindIndex(item => item.Column.Name == name);
            if (at < 0)
            {
                items.Add(computed);
            }
            else
            {
                items[at] = computed;
            }
        }

        return Projected(rows, items);
    }

    private static void Check(Syntax.Parse parse, bool isRegex)
    {
        if (parse.Parts.Count(part => part.Column is not null) > MaxParsed)
        {
            throw new Refusal($"'parse' makes at most {MaxParsed} columns.", parse.Span);
        }

        if (isRegex && parse.Flags.Any(flag => !"imsU".Contains(flag, StringComparison.Ordinal)))
        {
            throw new Refusal($"The flags '{parse.Flags}' are not known.", parse.Span);
        }
    }

    /// <summary>The pattern with its groups not captured: only columns are.</summary>
    private static string Silent(string pattern)
    {
        var silent = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            silent.Append(pattern[i]);
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length: silent.Append(pattern[++i]); break;
                case '[': inClass = true; break;
                case ']': inClass = false; break;
                case '(' when !inClass && (i + 1 == pattern.Length || pattern[i + 1] != '?'): silent.Append("?:"); break;
            }
        }

        return silent.ToString();
    }

    private static string Group(KqlType type, bool isStrict, bool isRegex, bool isLast) => type switch
    {
        KqlType.Int or KqlType.Long when isStrict => @"\s*([+-]?\d+)",
        KqlType.Real or KqlType.Decimal when isStrict => @"\s*([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)",
        _ => isLast || isRegex ? "(.*)" : "(.*?)",
    };

    private Plan.Project BindParseKv(Syntax.ParseKv parse, Rows input, Names names)
    {
        var value = Convert(BindScalar(parse.Value, new Scope(input, names)), KqlType.String);
        if (parse.Options.GetValueOrDefault("regex") is not null)
        {
            throw new Refusal("'parse-kv' with a regular expression is not supported.", parse.Span);
        }

        var quotes = parse.Options.GetValueOrDefault("quote", "");
        if (parse.Options.GetValueOrDefault("escape") is not null || quotes.Length > 1 || !parse.Options.ContainsKey("pair_delimiter") || !parse.Options.ContainsKey("kv_delimiter"))
        {
            throw new Refusal("'parse-kv' needs pair_delimiter and kv_delimiter; escape and pairs of quotes are not supported.", parse.Span);
        }

        Scalar Option(string name, string fallback) => new Literal(KqlType.String, parse.Options.GetValueOrDefault(name, fallback));
        var items = Keep(input.Visible).ToList();
        foreach (var column in parse.Columns)
        {
            var text = Call("parse kv", parse.Span, value, new Literal(KqlType.String, column.Name), Option("pair_delimiter", " "), Option("kv_delimiter", "="), Option("quote", ""), Option("greedy", "false"));
            var computed = new Computed(NewColumn(column.Name, column.Type), Convert(text, column.Type));
            var at = items.FindIndex(item => item.Column.Name == column.Name);
            if (at < 0)
            {
                items.Add(computed);
            }
            else
            {
                items[at] = computed;
            }
        }

        return Projected(input, items);
    }
}
