using System.CommandLine;
using System.Globalization;
using Weir.Gateway.Contracts;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir restricted</c>: accounts that are stopped from sending, and how much each may send.</summary>
internal sealed class RestrictedCommand : ICliCommand
{
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<string> _reason = new("--reason") { Description = "Why; kept in the audit trail." };
    private readonly Option<int?> _messagesHour = Number("--messages-per-hour");
    private readonly Option<int?> _messagesDay = Number("--messages-per-day");
    private readonly Option<int?> _recipientsHour = Number("--recipients-per-hour");
    private readonly Option<int?> _recipientsDay = Number("--recipients-per-day");
    private readonly Option<int?> _badShare = Number("--bad-share", "Per cent of its last messages that may be bad.");
    private readonly Option<int?> _badOf = Number("--bad-of", "So many of its last messages are looked at, 5 to 64.");
    private readonly Option<bool> _never = new("--never") { Description = "Never stops it: a shared account, a machine that relays." };
    private readonly Option<bool> _usual = new("--usual") { Description = "Takes what was set away." };

    public Command Build()
    {
        var account = new Argument<string>("ACCOUNT") { Description = "The name with which it signs in." };
        var some = new Argument<string?>("ACCOUNT") { Description = "The name with which it signs in; everybody without it.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Command("list", "Shows who is stopped and why.") { _data };
        list.SetAction((parsed, token) => DoAsync(parsed, new RestrictedRequest(RestrictedDeed.List), token));
        var release = new Command("release", "Lets an account send again, counted anew.") { account, _reason, _data };
        release.SetAction((parsed, token) => DoAsync(parsed, new RestrictedRequest(RestrictedDeed.Release, parsed.GetRequiredValue(account), parsed.GetValue(_reason) ?? ""), token));
        var limits = new Command("limits", "Shows what accounts may send, or sets it; what is not said stays. In force at once.") { some, _messagesHour, _messagesDay, _recipientsHour, _recipientsDay, _badShare, _badOf, _never, _usual, _reason, _data };
        limits.SetAction((parsed, token) => DoAsync(parsed, Limits(parsed, parsed.GetValue(some) ?? ""), token));
        return new Command("restricted", "Accounts that are stopped from sending, and how much each may send.") { list, release, limits };
    }

    private static Option<int?> Number(string name, string description = "") => new(name) { Description = description };

    private RestrictedRequest Limits(ParseResult parsed, string account)
    {
        var isSet = new[] { _messagesHour, _messagesDay, _recipientsHour, _recipientsDay, _badShare, _badOf }.Any(option => parsed.GetValue(option) is not null) || parsed.GetValue(_never);
        if (!isSet && !parsed.GetValue(_usual))
        {
            return new RestrictedRequest(RestrictedDeed.ShowLimits);
        }

        return new RestrictedRequest(RestrictedDeed.SetLimits, account, parsed.GetValue(_reason) ?? "", parsed.GetValue(_usual) ? null : new LimitsChange(
            parsed.GetValue(_messagesHour),
            parsed.GetValue(_messagesDay),
            parsed.GetValue(_recipientsHour),
            parsed.GetValue(_recipientsDay),
            parsed.GetValue(_badShare),
            parsed.GetValue(_badOf),
            parsed.GetValue(_never)));
    }

    private async Task<int> DoAsync(ParseResult parsed, RestrictedRequest request, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        return await HeldDirectory.TellAsync(
            directory,
            services => LocalRestricted.DoAsync(services, Environment.UserName, request, cancellationToken),
            () => LocalRestricted.AskAsync(directory, request, cancellationToken),
            async answer =>
            {
                if (answer.Problem.Length > 0)
                {
                    await Console.Error.WriteLineAsync(answer.Problem);
                    return 1;
                }

                foreach (var line in request.Deed is RestrictedDeed.ShowLimits or RestrictedDeed.SetLimits ? answer.Limits.Select(Line) : answer.Accounts.Select(Line))
                {
                    await Console.Out.WriteLineAsync(line);
                }

                if (answer.Accounts.Count == 0 && request.Deed is RestrictedDeed.List or RestrictedDeed.Release)
                {
                    await Console.Out.WriteLineAsync("No account is stopped.");
                }

                return 0;
            },
            cancellationToken);
    }

    private static string Line(RestrictedAccount one) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Account}  since {one.Cause.At:u}  {one.Cause.Description}{(one.Cause.IsWatchOnly ? "  (not refused: Weir only watches)" : "")}");

    private static string Line(AccountLimits one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(one.Account.Length > 0 ? one.Account : "everybody")}: {(one.Limits.IsExcepted ? "never stopped" : $"{one.Limits.MessagesPerHour} messages an hour, {one.Limits.MessagesPerDay} a day; {one.Limits.RecipientsPerHour} recipients an hour, {one.Limits.RecipientsPerDay} a day; {one.Limits.BadShare} % of the last {one.Limits.BadOf} bad")}{(one.By.Length > 0 ? $"  (set by {one.By}, {one.At:u})" : "")}");
}
