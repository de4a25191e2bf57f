namespace Weir.Portal.Explorer;

/// <summary>A condition while it is edited.</summary>
internal sealed class ConditionDraft
{
    private static readonly HashSet<string> WithCommas = new(StringComparer.Ordinal) { "subject", "senderName", "url", "fileName", "urlDomainAndPath", "urlPath", "tags", "overrideSource", "policy", "malwareFamily" };

    private readonly HashSet<string> _chosen = new(StringComparer.Ordinal);

    private ConditionDraft(ExplorerProperty property) => Property = property;

    public ExplorerProperty Property { get; private set; }

    /// <summary>The condition that is being changed.</summary>
    public ConditionTest? Existing { get; private init; }

    /// <summary>The group that a new condition goes into.</summary>
    public ConditionGroup? Into { get; private init; }

    public ConditionOperator Operator { get; set; }
    public string Text { get; set; } = "";
    public string PropertyId => Property.Id;
    public IReadOnlyList<ConditionOperator> Operators => Property.Operators;
    public IReadOnlyList<(string Name, string Value)> Choices => [.. Property.Choices.Select(choice => (choice.Name, choice.Value))];
    public bool SplitsOnCommas => !WithCommas.Contains(Property.Id);

    public static ConditionDraft New(ConditionGroup into, ExplorerProperty first) => new(first) { Into = into };

    public static ConditionDraft Of(ConditionTest test)
    {
        var draft = new ConditionDraft(ExplorerProperties.Find(test.Property) ?? ExplorerProperties.All[0])
        {
            Existing = test,
            Operator = test.Operator,
            Text = string.Join('\n', test.Values),
        };
        draft._chosen.UnionWith(test.Values);
        return draft;
    }

    public static string Words(ConditionOperator comparison) => comparison switch
    {
        ConditionOperator.Is => "Equal any of",
        ConditionOperator.IsNot => "Equal none of",
        ConditionOperator.Contains => "Contains any of",
        ConditionOperator.DoesNotContain => "Contains none of",
        ConditionOperator.StartsWith => "Starts with any of",
        ConditionOperator.Greater => "Greater than",
        ConditionOperator.Less => "Less than",
        _ => comparison.ToString(),
    };

    /// <summary>As a chip says it.</summary>
    public static string ShortWords(ConditionOperator comparison, bool isOne) => comparison switch
    {
        ConditionOperator.Is => isOne ? "is" : "is any of",
        ConditionOperator.IsNot => isOne ? "is not" : "is none of",
        ConditionOperator.Contains => "contains",
        ConditionOperator.DoesNotContain => "does not contain",
        ConditionOperator.StartsWith => "starts with",
        ConditionOperator.Greater => ">",
        ConditionOperator.Less => "<",
        _ => comparison.ToString(),
    };

    public void Choose(string? id)
    {
        Property = ExplorerProperties.Find(id ?? "") ?? Property;
        Operator = Property.Operators.Contains(Operator) && Property.Id != "subject" ? Operator : Property.Operators[0];
        _chosen.Clear();
    }

    public bool Has(string value) => _chosen.Contains(value);

    public void Toggle(string value)
    {
        if (!_chosen.Remove(value))
        {
            _chosen.Add(value);
        }
    }

    public (ConditionTest Test, string? Problem) Build()
    {
        char[] separators = SplitsOnCommas ? ['\n', '\r', ','] : ['\n', '\r'];
        IReadOnlyList<string> values = Property.Kind == PropertyKind.Choice
            ? [.. Property.Choices.Select(choice => choice.Value).Where(_chosen.Contains)]
            : [.. Text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        var test = new ConditionTest(Property.Id, Operator, values);
        var problem = ConditionText.TooMany(test) ?? (values.Any(value => value.Length > ConditionText.MaxLength) ? $"a value has at most {ConditionText.MaxLength:N0} characters."
            : Property.Problem(test));
        return (test, problem is null ? null : char.ToUpperInvariant(problem[0]) + problem[1..]);
    }
}
