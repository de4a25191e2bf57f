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

    public static string Tried(PolicyTrialResult result)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{result.Changed:N0} of {result.Messages:N0} messages from {result.From:yyyy-MM-dd HH:mm} to {result.To:yyyy-MM-dd HH:mm} UTC would have been treated differently.");
        foreach (var shift in result.Shifts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {shift.Count,8:N0}  {Names.Of(shift.Verdict)}: {PolicyNames.Of(shift.From)} → {PolicyNames.Of(shift.To)}");
            foreach (var example in shift.Examples)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"            {example.At:yyyy-MM-dd HH:mm} {example.Id} {Line(example.Recipient)} “{Line(example.Subject)}”");
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>What a stranger wrote must not move the cursor of a terminal.</summary>
    private static string Line(string text) => string.Concat(text.Take(80).Where(character => !char.IsControl(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format));

    private static string Actions(Policy policy) =>
        policy.Actions.Values.All(action => action == PolicyAction.NoAction) ? PolicyNames.Of(PolicyAction.NoAction) :
        string.Join("; ", PolicyNames.CausesOf(policy.Type).Where(cause => policy.ActionFor(cause) != PolicyAction.NoAction).GroupBy(policy.ActionFor).Select(group => $"{PolicyNames.Of(group.Key)}: {string.Join(", ", group.Select(PolicyNames.Of))}"));

    private static string For(PolicyScope scope)
    {
        var named = scope.IsEverybody ? "everybody" : scope.IsNobody ? "nobody" : string.Join(", ", scope.Users.Concat(scope.Groups).Concat(scope.Domains));
        return scope.HasExceptions ? $"{named} except {string.Join(", ", scope.ExceptUsers.Concat(scope.ExceptGroups).Concat(scope.ExceptDomains))}" : named;
    }
}
