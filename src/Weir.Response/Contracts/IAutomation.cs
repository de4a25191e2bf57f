using Weir.Access.Contracts;

namespace Weir.Response.Contracts;

/// <summary>Whether Weir takes mail back by itself. Stopping it stops what is under way within a second; that then waits for a person.</summary>
public interface IAutomation
{
    /// <summary>Requires <see cref="Permission.SecurityDataRead"/>.</summary>
    ValueTask<AutomationState> StateAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Requires <see cref="Permission.ResponseManage"/>. Audited, with the caller's reason.</summary>
    ValueTask SetAsync(Caller caller, bool isOn, CancellationToken cancellationToken);
}

/// <summary>The state of automation.</summary>
/// <param name="By">Who set it so; empty when nobody did.</param>
/// <param name="Limit">Messages that one automatic action may take without a person: the larger of 200 and 2 % of a day's mail.</param>
public sealed record AutomationState(bool IsOn, string By, DateTimeOffset? At, long Limit);
