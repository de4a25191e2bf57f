using System.Globalization;

namespace Weir.Portal.Explorer;

/// <summary>Something that Explorer can filter by.</summary>
internal sealed record ExplorerProperty(string Id, string Name, string Group, PropertyKind Kind, Target Target)
{
    public IReadOnlyList<PropertyChoice> Choices { get; init; } = [];

    /// <summary>The operator that a new condition starts with is the first.</summary>
    public IReadOnlyList<ConditionOperator> Operators { get; init; } = Kind switch
    {
        PropertyKind.Number => [ConditionOperator.Is, ConditionOperator.Greater, ConditionOperator.Less],
        PropertyKind.Choice => [ConditionOperator.Is, ConditionOperator.IsNot],
        _ => [ConditionOperator.Is, ConditionOperator.IsNot, ConditionOperator.Contains, ConditionOperator.DoesNotContain, ConditionOperator.StartsWith],
    };

    /// <summary>Why a test of this property cannot be asked; nothing when it can.</summary>
    public string? Problem(ConditionTest test) => test switch
    {
        { Values.Count: 0 } => "give at least one value.",
        _ when !Operators.Contains(test.Operator) => "that comparison does not exist for this property.",
        _ when Kind == PropertyKind.Choice && test.Values.FirstOrDefault(value => Choices.All(choice => choice.Value != value)) is { } unknown =>
            $"\"{unknown}\" is none of its values.",
        _ when Kind == PropertyKind.Number && test.Values.FirstOrDefault(value => !IsNumber(value)) is { } wrong => $"\"{wrong}\" is not a whole number.",
        _ => null,
    };

    /// <summary>A value as pages show it.</summary>
    public string Show(string value) => Choices.FirstOrDefault(choice => choice.Value == value)?.Name ?? value;

    private static bool IsNumber(string value) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}

/// <summary>What kind of value a property has.</summary>
internal enum PropertyKind { Text, Choice, Number }

/// <summary>One value of a property with a fixed set: as pages call it and as the record spells it.</summary>
internal sealed record PropertyChoice(string Name, string Value);
