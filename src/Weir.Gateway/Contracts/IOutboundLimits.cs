using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Gateway.Contracts;

/// <summary>How much each account may send, and which are stopped.</summary>
public interface IOutboundLimits
{
    /// <summary>Accounts that are stopped, or would be if Weir did not only watch; the newest first. Requires <see cref="Permission.SecurityDataRead"/>.</summary>
    ValueTask<IReadOnlyList<RestrictedAccount>> RestrictedAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Lets an account send again, from now on counted anew. Requires <see cref="Permission.ResponseManage"/>; audited.</summary>
    /// <exception cref="ArgumentException">There is no such restricted account, or no reason.</exception>
    ValueTask ReleaseAsync(Caller caller, string account, string reason, CancellationToken cancellationToken);

    /// <summary>The limits of everybody (with an empty account) and the exceptions. Requires <see cref="Permission.SecurityDataRead"/>.</summary>
    ValueTask<IReadOnlyList<AccountLimits>> LimitsAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Sets the limits of an account, or of everybody (empty); nothing takes the exception away. In force at once. Requires <see cref="Permission.SecuritySettingsManage"/>; audited.</summary>
    /// <exception cref="ArgumentException">A limit makes no sense.</exception>
    ValueTask SetAsync(Caller caller, string account, SendingLimits? limits, string reason, CancellationToken cancellationToken);
}

/// <summary>What an account may send.</summary>
public sealed record SendingLimits
{
    public int MessagesPerHour { get; init; } = 200;
    public int MessagesPerDay { get; init; } = 1_000;
    public int RecipientsPerHour { get; init; } = 500;
    public int RecipientsPerDay { get; init; } = 1_500;

    /// <summary>Per cent of the last messages that may be bad (spam and worse).</summary>
    public int BadShare { get; init; } = 50;

    /// <summary>So many of the last messages are looked at; fewer do not count.</summary>
    public int BadOf { get; init; } = 10;

    /// <summary>Never stopped: a shared account, a machine that relays.</summary>
    public bool IsExcepted { get; init; }

    /// <summary>What is wrong with them; nothing when they can be used.</summary>
    public string? Problem() =>
        MessagesPerHour < 1 || MessagesPerDay < 1 || RecipientsPerHour < 1 || RecipientsPerDay < 1 ? "Each number must be 1 at least."
        : MessagesPerHour > MessagesPerDay || RecipientsPerHour > RecipientsPerDay ? "More in an hour than in a day: the limit of the hour would never count."
        : BadShare is < 1 or > 100 ? "The share of bad messages is per cent, 1 to 100."
        : BadOf is < 5 or > 64 ? "Of the last 5 to 64 messages the share of bad ones can be taken."
        : null;
}

/// <summary>Limits as set.</summary>
/// <param name="Account">Empty for everybody.</param>
/// <param name="By">Who set them; empty for those that Weir comes with.</param>
public sealed record AccountLimits(string Account, SendingLimits Limits, string By, DateTimeOffset? At);

/// <summary>An account over a limit.</summary>
/// <param name="Cause">The numbers that did it.</param>
public sealed record RestrictedAccount(string Account, AccountRestricted Cause);
