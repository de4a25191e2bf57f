using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Portal.Explorer;

/// <summary>Where a property lives and how a comparison with it is written.</summary>
internal abstract record Target
{
    /// <summary>A predicate over EmailEvents that is true when the property fits any of the values.</summary>
    public abstract string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window);

    /// <summary>The positive form of an operator, and whether the result is to be denied.</summary>
    protected static (ConditionOperator Positive, bool Deny) Split(ConditionOperator comparison) => comparison switch
    {
        ConditionOperator.IsNot => (ConditionOperator.Is, true),
        ConditionOperator.DoesNotContain => (ConditionOperator.Contains, true),
        _ => (comparison, false),
    };

    protected static string Any(IEnumerable<string> predicates)
    {
        var all = predicates.ToList();
        return all.Count == 1 ? all[0] : $"({string.Join(" or ", all)})";
    }

    /// <summary>A text expression compared without regard to case.</summary>
    protected static string TextPredicate(string expression, ConditionOperator comparison, IReadOnlyList<string> values) => comparison switch
    {
        ConditionOperator.Is => $"{expression} in~ {KqlText.List(values)}",
        ConditionOperator.Contains => Any(values.Select(value => $"{expression} contains {KqlText.Literal(value)}")),
        ConditionOperator.StartsWith => Any(values.Select(value => $"{expression} startswith {KqlText.Literal(value)}")),
        ConditionOperator.Greater => Any(values.Select(value => $"{expression} > {Number(value)}")),
        ConditionOperator.Less => Any(values.Select(value => $"{expression} < {Number(value)}")),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "Not a positive comparison."),
    };

    protected static string NumberPredicate(string expression, ConditionOperator comparison, IReadOnlyList<string> values) =>
        comparison == ConditionOperator.Is
            ? $"{expression} in ({string.Join(", ", values.Select(Number))})"
            : TextPredicate(expression, comparison, values);

    // Values of numbers were checked before; parsing again keeps anything else out of the query.
    private static string Number(string value) => long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}

/// <summary>A column or expression of EmailEvents; several mean any of them.</summary>
internal sealed record ColumnTarget(bool IsNumber, params string[] Expressions) : Target
{
    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window)
    {
        var (positive, deny) = Split(comparison);
        if (deny && positive == ConditionOperator.Is && Expressions.Length == 1 && !IsNumber)
        {
            return $"{Expressions[0]} !in~ {KqlText.List(values)}";
        }

        var predicate = Any(Expressions.Select(expression =>
            IsNumber ? NumberPredicate(expression, positive, values) : TextPredicate(expression, positive, values)));
        return deny ? $"not({predicate})" : predicate;
    }
}

/// <summary>A column that holds several values as text, such as <c>Phish, Spam</c> or JSON: a value fits when its text with the given quotes occurs.</summary>
internal sealed record WithinTarget(string Expression, string Quote) : Target
{
    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window)
    {
        var (positive, deny) = Split(comparison);
        var quote = positive == ConditionOperator.Is ? Quote : "";
        var predicate = Any(values.Select(value => $"{Expression} contains {KqlText.Literal($"{quote}{value}{quote}")}"));
        return deny ? $"not({predicate})" : predicate;
    }
}

/// <summary>Each choice has a predicate of its own: the values are these predicates' names.</summary>
internal sealed record ChoiceTarget(IReadOnlyDictionary<string, string> Predicates) : Target
{
    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window)
    {
        var predicate = Any(values.Where(Predicates.ContainsKey).Select(value => Predicates[value]));
        return Split(comparison).Deny ? $"not({predicate})" : predicate;
    }
}

/// <summary>A table with rows of its own per message: true when any row of the message fits.</summary>
/// <param name="IsLater">Its rows may be later than the message (clicks, actions).</param>
internal sealed record ChildTarget(string Table, bool IsNumber, bool IsLater, string Expression) : Target
{
    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window)
    {
        var (positive, deny) = Split(comparison);
        var predicate = Row(positive, values);
        var until = IsLater ? "" : $" and Timestamp < {KqlText.Literal(window.To)}";
        return $"NetworkMessageId {(deny ? "!in" : "in")} ({Table} | where Timestamp >= {KqlText.Literal(window.From)}{until} | where {predicate} | project NetworkMessageId)";
    }

    /// <summary>A predicate over the rows of <see cref="Table"/> themselves.</summary>
    public string Direct(ConditionOperator comparison, IReadOnlyList<string> values)
    {
        var (positive, deny) = Split(comparison);
        return deny ? $"not({Row(positive, values)})" : Row(positive, values);
    }

    private string Row(ConditionOperator positive, IReadOnlyList<string> values) =>
        IsNumber ? NumberPredicate(Expression, positive, values) : TextPredicate(Expression, positive, values);
}

/// <summary>A child's column with several names in it, parted by a comma and a space: a whole name is one between them.</summary>
internal sealed record NamesTarget(ChildTarget Child) : Target
{
    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window)
    {
        var (positive, deny) = Split(comparison);
        return positive == ConditionOperator.Is
            ? (Child with { Expression = $"strcat(', ', {Child.Expression}, ',')" }).Predicate(deny ? ConditionOperator.DoesNotContain : ConditionOperator.Contains, [.. values.Select(value => $", {value},")], window)
            : Child.Predicate(comparison, values, window);
    }
}

/// <summary>Links of a message by their whole text: http when no scheme is given; a slash at the end makes no difference.</summary>
internal sealed record UrlTarget(ChildTarget Links) : Target
{
    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window) =>
        Links.Predicate(comparison, Split(comparison).Positive == ConditionOperator.Is ? [.. values.SelectMany(Spellings).Distinct(StringComparer.Ordinal)] : values, window);

    private static IEnumerable<string> Spellings(string value)
    {
        var whole = (value.Contains(':', StringComparison.Ordinal) ? value : $"http://{value}").TrimEnd('/');
        return [whole, whole + '/'];
    }
}

/// <summary>A part of links without outer slashes: those of a value make no difference.</summary>
internal sealed record UrlPartTarget(ChildTarget Links) : Target
{
    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window) =>
        Links.Predicate(comparison, [.. values.Select(value => value.Trim('/'))], window);
}

/// <summary>One name of a column of flat JSON as Weir writes it: a value fits when the pair occurs. Reading the JSON of a million rows would take seconds.</summary>
internal sealed record PairTarget(string Column, string Name) : Target
{
    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window)
    {
        var predicate = Any(values.Select(value => $"{Column} contains {KqlText.Literal($"\"{Name}\":\"{value}\"")}"));
        return Split(comparison).Deny ? $"not({predicate})" : predicate;
    }
}

/// <summary>A list of strings inside a column of JSON. The text is looked through first, so that only few rows are read as JSON.</summary>
internal sealed record ListTarget(string Column, string Name) : Target
{
    // As the store writes it.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string Predicate(ConditionOperator comparison, IReadOnlyList<string> values, TimeWindow window)
    {
        // A whole element has its quotes around it.
        var (positive, deny) = Split(comparison);
        var written = values.Select(value => JsonSerializer.Serialize(value, Plain)).Select(value => KqlText.Literal(positive == ConditionOperator.Is ? value : value[1..^1]));
        var predicate = Any(written.Select(value => $"({Column} contains {value} and tostring(parse_json({Column}).{Name}) contains {value})"));
        return deny ? $"not({predicate})" : predicate;
    }
}
