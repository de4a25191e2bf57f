using Weir.Detection.Contracts;

namespace Weir.Detection.Policies;

/// <summary>Says which policies an address gets, and why not others.</summary>
internal static class WhoGets
{
    public static IReadOnlyList<PolicyFor> What(PolicyTable table, string address)
    {
        var who = Addressee.Of(address, table.Organisation);
        return [.. PolicyNames.Types.Select(type => Of(table, type, who))];
    }

    private static PolicyFor Of(PolicyTable table, PolicyType type, Addressee who)
    {
        var passed = new List<string>();
        PolicyFor? found = null;
        foreach (var (policy, scope) in table.Of(type))
        {
            var named = scope.WhyNamed(who);
            if (found is not null)
            {
                if (named is not null && policy.Origin != PolicyOrigin.Default)
                {
                    passed.Add($"“{policy.Name}” would apply too ({named}), but comes later.");
                }
            }
            else if (named is null)
            {
                passed.Add($"“{policy.Name}” comes before, but does not name this address.");
            }
            else if (scope.WhyExcepted(who) is { } excepted)
            {
                passed.Add($"“{policy.Name}” comes before ({named}), but makes an exception: {excepted}.");
            }
            else
            {
                found = new PolicyFor(type, policy, policy.Origin == PolicyOrigin.Default ? "No other policy of this type applies." : $"It is the first that applies: {named}.", passed);
            }
        }

        return found!;
    }
}
