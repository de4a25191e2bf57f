using Weir.Kql.Functions;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    /// <summary>The name that an expression gives its column; null when it has none.</summary>
    private static string? AutoName(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case NameExpression name:
                return name.Name;
            case MemberExpression { Target: NameExpression { Name: "$left" or "$right" } } side:
                return side.Name;
            case MemberExpression member:
                return AutoName(member.Target, scope) is { } target ? $"{target}_{member.Name}" : null;
            case IndexExpression { Index: LiteralExpression { Value: string or long } literal } index:
                return AutoName(index.Target, scope) is { } array ? $"{array}_{literal.Value}" : null;
            case IndexExpression { Index: SignExpression { IsMinus: true, Operand: LiteralExpression { Value: long number } } } last:
                return AutoName(last.Target, scope) is { } from ? $"{from}_{number}" : null;
            case CallExpression call:
                return CallName(call, scope);
            default:
                return null;
        }
    }

    private static string? CallName(CallExpression call, Scope scope)
    {
        if (scope.Names.TryFind(call.Name, out _))
        {
            return null;
        }

        var first = call.Arguments.Count > 0 ? call.Arguments[0] : null;
        if (Conversions.ContainsKey(call.Name) || call.Name is "todynamic" or "parse_json" or "parsejson" or "toobject")
        {
            return first is null ? null : AutoName(first, scope);
        }

        if (call.Name is "column_ifexists" or "columnifexists")
        {
            return first is LiteralExpression { Value: string column } && scope.Find(column) is not null ? column : null;
        }

        if (call.Name == "ingestion_time")
        {
            return "$IngestionTime";
        }

        var naming = FunctionTable.Scalars.TryGetValue(call.Name, out var function) ? function.Naming : ResultNaming.None;
        return naming switch
        {
            ResultNaming.FirstArgument when first is not null => AutoName(first, scope),
            ResultNaming.OnlyArgument when call.Arguments.Count == 1 => AutoName(first!, scope),
            ResultNaming.NameAndFirstArgument when first is not null => $"{call.Name}_{AutoName(first, scope)}",
            _ => null,
        };
    }

    /// <summary>A name that is not taken yet: x, x1, x2, …</summary>
    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var i = 1; !taken.Add(free); i++)
        {
            free = $"{name}{i}";
        }

        return free;
    }

    /// <summary>Column1, Column2, …</summary>
    private static string Unnamed(HashSet<string> taken)
    {
        for (var i = 1; ; i++)
        {
            if (taken.Add($"Column{i}"))
            {
                return $"Column{i}";
            }
        }
    }
}
