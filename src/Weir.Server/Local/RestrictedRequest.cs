using Weir.Gateway.Contracts;

namespace Weir.Server.Local;

/// <summary>What is asked of sending limits.</summary>
/// <param name="Account">Empty for everybody.</param>
/// <param name="Change">What is to be otherwise; nothing takes away what was set.</param>
internal sealed record RestrictedRequest(RestrictedDeed Deed, string Account = "", string Reason = "", LimitsChange? Change = null);

/// <summary>Numbers that are to be otherwise; those that are not given stay as they are for the account.</summary>
internal sealed record LimitsChange(int? MessagesPerHour, int? MessagesPerDay, int? RecipientsPerHour, int? RecipientsPerDay, int? BadShare, int? BadOf, bool IsExcepted)
{
    public SendingLimits Of(SendingLimits now) => new()
    {
        MessagesPerHour = MessagesPerHour ?? now.MessagesPerHour,
        MessagesPerDay = MessagesPerDay ?? now.MessagesPerDay,
        RecipientsPerHour = RecipientsPerHour ?? now.RecipientsPerHour,
        RecipientsPerDay = RecipientsPerDay ?? now.RecipientsPerDay,
        BadShare = BadShare ?? now.BadShare,
        BadOf = BadOf ?? now.BadOf,
        IsExcepted = IsExcepted,
    };
}

/// <summary>What <c>weir restricted</c> can do.</summary>
internal enum RestrictedDeed { List, Release, ShowLimits, SetLimits }

/// <summary>What is wrong with it, empty when it was done, and what holds now.</summary>
internal sealed record RestrictedAnswer(string Problem, IReadOnlyList<RestrictedAccount> Accounts, IReadOnlyList<AccountLimits> Limits);
