using Weir.Detection.Contracts;

namespace Weir.Portal.Policies;

/// <summary>Policies in the words of pages.</summary>
internal static class PolicyText
{
    public static string Type(PolicyType type) => type switch
    {
        PolicyType.AntiSpam => "Anti-spam (hosted content filter)",
        _ => PolicyNames.Of(type),
    };

    public static string For(PolicyScope scope)
    {
        var all = scope.Users.Concat(scope.Groups).Concat(scope.Domains).ToList();
        var named = scope.IsEverybody ? "Everybody" : all.Count switch
        {
            0 => "Nobody",
            <= 3 => string.Join(", ", all),
            var count => $"{string.Join(", ", all.Take(2))} and {count - 2:N0} more",
        };
        var excepted = scope.ExceptUsers.Count + scope.ExceptGroups.Count + scope.ExceptDomains.Count;
        return excepted == 0 ? named : $"{named}, except {(excepted == 1 ? scope.ExceptUsers.Concat(scope.ExceptGroups).Concat(scope.ExceptDomains).First() : $"{excepted:N0}")}";
    }

    /// <summary>What it does, the severest first.</summary>
    public static string Does(Policy policy)
    {
        var parts = PolicyNames.CausesOf(policy.Type).Where(cause => policy.ActionFor(cause) != PolicyAction.NoAction)
            .GroupBy(policy.ActionFor).OrderByDescending(group => group.Key).Select(group => $"{Short(group.Key)}: {string.Join(", ", group.Select(cause => PolicyNames.Of(cause)))}").ToList();
        return parts.Count == 0 ? PolicyNames.Of(PolicyAction.NoAction) : string.Join(" · ", parts);
    }

    public static string Short(PolicyAction action) => action switch
    {
        PolicyAction.Delete => "Delete",
        PolicyAction.Quarantine => "Quarantine",
        PolicyAction.MoveToJunk => "Junk",
        PolicyAction.AddXHeader => "X-header",
        _ => "No action",
    };

    /// <summary>For a pill.</summary>
    public static string Pill(Verdict verdict) => verdict switch
    {
        Verdict.Malware => "malware|Malware",
        Verdict.HighConfidencePhish => "hcphish|High confidence phish",
        Verdict.Phish => "phish|Phish",
        Verdict.Spam => "spam|Spam",
        Verdict.Bulk => "info|Bulk",
        _ => "clean|Clean",
    };

    public static string Pill(string verdict) => Enum.GetValues<Verdict>().FirstOrDefault(known => Names.Of(known) == verdict) is var found && Names.Of(found) == verdict ? Pill(found) : $"none|{verdict}";
}
