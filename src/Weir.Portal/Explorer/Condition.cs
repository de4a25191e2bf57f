namespace Weir.Portal.Explorer;

/// <summary>A part of a query: a test, or a group of parts.</summary>
public abstract record Condition;

/// <summary>Parts joined by AND or OR, possibly denied.</summary>
/// <param name="IsAny">OR instead of AND.</param>
/// <param name="IsNegated">NOT in front of the whole group.</param>
public sealed record ConditionGroup(bool IsAny, bool IsNegated, IReadOnlyList<Condition> Parts) : Condition
{
    /// <summary>No conditions: every message matches.</summary>
    public static ConditionGroup Everything { get; } = new(IsAny: false, IsNegated: false, []);

    /// <summary>All tests below this group.</summary>
    public IEnumerable<ConditionTest> Tests => Parts.SelectMany(part => part switch
    {
        ConditionTest test => [test],
        ConditionGroup group => group.Tests,
        _ => [],
    });

    /// <summary>The same tree with one part (found by reference) replaced, or removed when there is no replacement. Groups left empty go too.</summary>
    public ConditionGroup Replace(Condition part, Condition? with)
    {
        var parts = new List<Condition>();
        foreach (var each in Parts)
        {
            if (ReferenceEquals(each, part))
            {
                if (with is not null)
                {
                    parts.Add(with);
                }
            }
            else if (each is not ConditionGroup group)
            {
                parts.Add(each);
            }
            else if (group.Replace(part, with) is { Parts.Count: > 0 } kept)
            {
                parts.Add(kept);
            }
        }

        return this with { Parts = parts };
    }

    /// <summary>The same tree with a part added to one of its groups.</summary>
    public ConditionGroup Add(ConditionGroup to, Condition part) =>
        ReferenceEquals(this, to)
            ? this with { Parts = [.. Parts, part] }
            : this with { Parts = [.. Parts.Select(each => each is ConditionGroup group ? group.Add(to, part) : each)] };
}

/// <summary>One property, one operator, one or more values (joined by OR).</summary>
public sealed record ConditionTest(string Property, ConditionOperator Operator, IReadOnlyList<string> Values) : Condition
{
    /// <summary>Name of the kept text with the values, one a line, where there are too many for an address; nothing where they stand in it.</summary>
    public string? List { get; init; }
}

/// <summary>How a property is compared.</summary>
public enum ConditionOperator
{
    /// <summary>Equal any of.</summary>
    Is,

    /// <summary>Equal none of.</summary>
    IsNot,
    Contains,
    DoesNotContain,
    StartsWith,
    Greater,
    Less,
}
