using Weir.Gateway.Contracts;

namespace Weir.Server.Local;

/// <summary>What is asked of sending limits.</summary>
/// <param name="Account">Empty for everybody.</param>
/// <param name="Limits">What to set; nothing takes an exception away.</param>
internal sealed record RestrictedRequest(RestrictedDeed Deed, string Account = "", string Reason = "", SendingLimits? Limits = null);

/// <summary>What <c>weir restricted</c> can do.</summary>
internal enum RestrictedDeed { List, Release, ShowLimits, SetLimits }

/// <summary>What is wrong with it, empty when it was done, and what holds now.</summary>
internal sealed record RestrictedAnswer(string Problem, IReadOnlyList<RestrictedAccount> Accounts, IReadOnlyList<AccountLimits> Limits);
