using System.Globalization;
using System.Text;
using Weir.Detection.Contracts;

namespace Weir.Server.Local;

/// <summary>Policies for a terminal.</summary>
internal static class PolicyText
{
    public static string Mode(PolicySet policies) => policies.Mode == PolicyMode.Watch
        ? "watch: Weir judges and records, and touches nothing. 'weir policy mode on' lets the policies decide."
        : "on: the policies decide about delivery. 'weir policy mode watch' only judges and records.";

    /// <summary>Every policy that there is, presets too, in the order in which they are asked.</summary>
    public static IReadOnlyList<Policy> All(PolicySet policies) => [.. PolicyNames.Types.SelectMany(type => PolicyNames.InOrder(policies, type, withOff: true))];

    public static string List(PolicySet policies, IReadOnlyList<PolicyRemark> remarks)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"Mode: {Mode(policies)}");
        foreach (var type in PolicyNames.Types)
        {
            text.AppendLine().AppendLine(PolicyNames.Of(type));
            foreach (var policy in PolicyNames.InOrder(policies, type, withOff: true))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {(policy.IsOn ? "on " : "off")} {policy.Name}: {For(policy.Scope)}; {Actions(policy)}");
            }
        }

        foreach (var address in policies.AdvancedDelivery.SecOpsMailboxes)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"SecOps mailbox: {address}");
        }

        foreach (var simulation in policies.AdvancedDelivery.Simulations)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"Simulation {simulation.Name}: {string.Join(", ", simulation.Domains)} from {string.Join(", ", simulation.Addresses)}");
        }

        foreach (var remark in remarks)
        {
            text.AppendLine().Append(remark.IsSerious ? "Attention: " : "Note: ").Append(remark.Text);
        }

        return text.ToString().TrimEnd();
    }

    public static string Show(Policy policy)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{policy.Name}")
            .AppendLine(CultureInfo.InvariantCulture, $"  type      {PolicyNames.Of(policy.Type)}{(policy.Origin == PolicyOrigin.Custom ? "" : $" ({policy.Origin.ToString().ToLowerInvariant()})")}")
            .AppendLine(CultureInfo.InvariantCulture, $"  id        {policy.Id}")
            .AppendLine(CultureInfo.InvariantCulture, $"  state     {(policy.IsOn ? "on" : "off")}")
            .AppendLine(CultureInfo.InvariantCulture, $"  for       {For(policy.Scope)}");
        foreach (var cause in PolicyNames.CausesOf(policy.Type))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {PolicyNames.Of(cause)}: {PolicyNames.Of(policy.ActionFor(cause))}");
        }

        void Line(string name, IEnumerable<string> values)
        {
            var all = string.Join(", ", values);
            if (all.Length > 0)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {name}: {all}");
            }
        }

        Line("bulk level", policy.Type == PolicyType.AntiSpam ? [$"{policy.BulkLevel}"] : []);
        Line("blocked file types", policy.FileTypes);
        Line("unwanted languages", policy.Languages);
        Line("protected users", policy.ProtectedUsers.Select(user => user.Name.Length > 0 ? $"{user.Name} <{user.Address}>" : user.Address));
        Line("protected domains", policy.ProtectedDomains);
        Line("trusted senders", policy.TrustedSenders);
        Line("header", policy.Actions.Values.Contains(PolicyAction.AddXHeader) ? [policy.Header] : []);
        return text.ToString().TrimEnd();
    }

    public static string Check(PolicySet policies, string address, IReadOnlyList<PolicyFor> gets)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{address} gets:");
        foreach (var one in gets)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {PolicyNames.Of(one.Type)}: {one.Policy.Name}. {one.Why}");
            foreach (var passed in one.PassedOver)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      {passed}");
            }
        }

        if (policies.AdvancedDelivery.SecOpsMailboxes.Contains(address, StringComparer.OrdinalIgnoreCase))
        {
            text.AppendLine("  It is a SecOps mailbox: everything is delivered as it came.");
        }

        if (policies.Mode == PolicyMode.Watch)
        {
            text.AppendLine("  Weir watches only: nothing is done.");
        }

        return text.ToString().TrimEnd();
    }

    private static string Actions(Policy policy) =>
        policy.Actions.Values.All(action => action == PolicyAction.NoAction) ? PolicyNames.Of(PolicyAction.NoAction) :
        string.Join("; ", PolicyNames.CausesOf(policy.Type).Where(cause => policy.ActionFor(cause) != PolicyAction.NoAction).GroupBy(policy.ActionFor).Select(group => $"{PolicyNames.Of(group.Key)}: {string.Join(", ", group.Select(PolicyNames.Of))}"));

    private static string For(PolicyScope scope)
    {
        var named = scope.IsEverybody ? "everybody" : scope.IsNobody ? "nobody" : string.Join(", ", scope.Users.Concat(scope.Groups).Concat(scope.Domains));
        return scope.HasExceptions ? $"{named} except {string.Join(", ", scope.ExceptUsers.Concat(scope.ExceptGroups).Concat(scope.ExceptDomains))}" : named;
    }
}
