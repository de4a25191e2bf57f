namespace Weir.Gateway.Outbound;

/// <summary>What accounts sent. Of too many accounts those that were silent longest are forgotten.</summary>
internal sealed class SendingCounts
{
    public const int MostAccounts = 20_000;

    private readonly Dictionary<string, (AccountSending Sending, DateTimeOffset Since)> _accounts = new(StringComparer.Ordinal);

    /// <param name="since">What was sent before is not counted: the account was released then.</param>
    public AccountSending? Of(string account, DateTimeOffset at, DateTimeOffset since)
    {
        if (at <= since)
        {
            return null;
        }

        if (_accounts.TryGetValue(account, out var known) && known.Since == since)
        {
            return known.Sending;
        }

        MakeRoom();
        var sending = new AccountSending();
        _accounts[account] = (sending, since);
        return sending;
    }

    private void MakeRoom()
    {
        if (_accounts.Count < MostAccounts)
        {
            return;
        }

        foreach (var silent in _accounts.OrderBy(pair => pair.Value.Sending.Last).Take(MostAccounts / 10).Select(pair => pair.Key).ToList())
        {
            _accounts.Remove(silent);
        }
    }
}
