using Weir.Access.Contracts;
using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;

namespace Weir.EndToEnd.Tests.Outbound;

/// <summary>An account in other hands, on a real Postfix whose users sign in through Dovecot.</summary>
public sealed class RestrictedTests(Lab lab)
{
    private const string Anna = "anna@corp.example";

    private static readonly Caller Boss = Caller.System("boss", Permission.SecurityDataRead, Permission.ResponseManage, Permission.SecuritySettingsManage);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_compromised_account_is_stopped_at_submission_and_released()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);
        var door = weir.Get<IOutboundLimits>();
        await door.SetAsync(Boss, Anna, new SendingLimits { MessagesPerHour = 4 }, "test", Token);
        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("queued as", await SendAsync(Anna), StringComparison.Ordinal);
        }

        await weir.FactsAsync(facts => facts.OfType<AccountRestricted>().Any());
        var refused = await SendAsync(Anna);

        Assert.Contains("550 5.1.8", refused, StringComparison.Ordinal);
        // At the sender: no recipient was given, no data sent.
        Assert.DoesNotContain("RCPT TO", refused, StringComparison.Ordinal);
        Assert.Contains("queued as", await SendAsync("ben@corp.example"), StringComparison.Ordinal);
        var one = Assert.Single(await door.RestrictedAsync(Boss, Token));
        Assert.Equal((Anna, "MessagesPerHour", 5L, 4L), (one.Account, one.Cause.Limit, one.Cause.Number, one.Cause.Allowed));

        await door.ReleaseAsync(Boss, Anna, "password changed", Token);
        Assert.Contains("queued as", await SendAsync(Anna), StringComparison.Ordinal);
        await weir.FactsAsync(facts => facts.OfType<AccountReleased>().Any());
        Assert.Empty(await door.RestrictedAsync(Boss, Token));
    }

    private Task<string> SendAsync(string account) => Sender.SwaksAsync(
        lab.SignedIn, "--auth", "PLAIN", "--auth-user", account, "--auth-password", lab.Password, "--from", account, "--to", "customer@outside.example", "--header", "Subject: Offer");
}
