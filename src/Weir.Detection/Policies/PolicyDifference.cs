using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;

namespace Weir.Detection.Policies;

/// <summary>What was changed, one audit entry for each thing.</summary>
internal static class PolicyDifference
{
    private const int LongestDetail = 2_000;

    public static IReadOnlyList<AuditEntry> Of(PolicySet before, PolicySet after)
    {
        var entries = new List<AuditEntry>();
        if (before.Mode != after.Mode)
        {
            entries.Add(Entry("PolicyModeChanged", "Mode", $"{PolicyNames.Of(before.Mode)} → {PolicyNames.Of(after.Mode)}"));
        }

        Add(entries, "PresetChanged", "Standard", Text(before.Standard), Text(after.Standard));
        Add(entries, "PresetChanged", "Strict", Text(before.Strict), Text(after.Strict));
        Add(entries, "AdvancedDeliveryChanged", "Advanced delivery", Text(before.AdvancedDelivery), Text(after.AdvancedDelivery));
        var old = before.Policies.Concat(before.Defaults).ToDictionary(policy => policy.Id);
        var now = after.Policies.Concat(after.Defaults).ToDictionary(policy => policy.Id);
        foreach (var policy in now.Values)
        {
            var name = $"{PolicyNames.Of(policy.Type)}: {policy.Name}";
            if (old.TryGetValue(policy.Id, out var was))
            {
                Add(entries, "PolicyChanged", name, Text(was), Text(policy));
            }
            else
            {
                entries.Add(Entry("PolicyCreated", name, Text(policy)));
            }
        }

        entries.AddRange(old.Values.Where(policy => !now.ContainsKey(policy.Id)).Select(policy => Entry("PolicyDeleted", $"{PolicyNames.Of(policy.Type)}: {policy.Name}", Text(policy))));
        return entries;
    }

    /// <summary>The lines that differ, those of before with a minus.</summary>
    private static void Add(List<AuditEntry> entries, string operation, string target, string before, string after)
    {
        if (before == after)
        {
            return;
        }

        var (old, now) = (before.Split('\n'), after.Split('\n'));
        entries.Add(Entry(operation, target, string.Join("; ", old.Except(now, StringComparer.Ordinal).Select(line => $"- {line.Trim().TrimEnd(',')}")
            .Concat(now.Except(old, StringComparer.Ordinal).Select(line => $"+ {line.Trim().TrimEnd(',')}")))));
    }

    private static AuditEntry Entry(string operation, string target, string detail) =>
        new(operation, target, "Success", detail.Length <= LongestDetail ? detail : detail[..LongestDetail] + "…");

    private static string Text(Policy policy) => JsonSerializer.Serialize(policy, PolicyJson.Readable.Policy);

    private static string Text(Preset preset) => JsonSerializer.Serialize(preset, PolicyJson.Readable.Preset);

    private static string Text(AdvancedDelivery delivery) => JsonSerializer.Serialize(delivery, PolicyJson.Readable.AdvancedDelivery);
}
