using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Outbound;

/// <summary>Who is stopped and what everybody may: stored, and known at once to the milter. A change is on disk before it holds, and its fact follows even after a kill.</summary>
internal sealed class Restrictions(IDbContextFactory<WeirDbContext> databases, IEventLog log, TimeProvider time) : IDisposable
{
    public const string Refusal = "550 5.1.8 Sending is stopped for this account; ask your administrator";

    private readonly SemaphoreSlim _turn = new(1);
    private bool _isLoaded;
    private readonly ConcurrentDictionary<string, (AccountRestricted Cause, bool IsRestricted, DateTimeOffset ReleasedAt)> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AccountLimits> _limits = new(StringComparer.Ordinal);

    public IReadOnlyList<RestrictedAccount> Restricted =>
        [.. _accounts.Where(pair => pair.Value.IsRestricted).Select(pair => new RestrictedAccount(pair.Key, pair.Value.Cause)).OrderByDescending(one => one.Cause.At)];

    public IReadOnlyList<AccountLimits> Limits =>
        [_limits.GetValueOrDefault("") ?? new AccountLimits("", new SendingLimits(), "", null), .. _limits.Values.Where(one => one.Account.Length > 0).OrderBy(one => one.Account, StringComparer.Ordinal)];

    /// <summary>Names differ in case only between programs.</summary>
    public static string Key(string account) => account.Trim().ToLowerInvariant();

    /// <summary>Must it be refused at submission?</summary>
    public bool IsRefused(string account) => account.Length > 0 && _accounts.TryGetValue(Key(account), out var known) && known is { IsRestricted: true, Cause.IsWatchOnly: false };

    public bool IsKnown(string account, bool isWatchOnly) => _accounts.TryGetValue(account, out var known) && known.IsRestricted && (isWatchOnly || !known.Cause.IsWatchOnly);

    public SendingLimits LimitsOf(string account) => (_limits.GetValueOrDefault(account) ?? _limits.GetValueOrDefault(""))?.Limits ?? new SendingLimits();

    /// <summary>When it was released last; what it sent before is not counted.</summary>
    public DateTimeOffset CountsSince(string account) => _accounts.TryGetValue(account, out var known) ? known.ReleasedAt : DateTimeOffset.MinValue;

    /// <summary>Reads what is stored, once, and says what was not said.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isLoaded))
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_isLoaded)
            {
                await LoadOnceAsync(cancellationToken);
                Volatile.Write(ref _isLoaded, true);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task LoadOnceAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var row in await database.Set<LimitsRow>().AsNoTracking().ToListAsync(cancellationToken))
        {
            _limits[row.Account] = new AccountLimits(row.Account, JsonSerializer.Deserialize(row.Limits, OutboundJson.Default.SendingLimits)!, row.By, row.At);
        }

        foreach (var row in await database.Set<RestrictionRow>().ToListAsync(cancellationToken))
        {
            Remember(row);
            if (!row.IsSaid)
            {
                await SayAsync(database, row, cancellationToken);
            }
        }
    }

    public Task RestrictAsync(AccountRestricted cause, CancellationToken cancellationToken) => ChangeAsync(
        cause.Account,
        row =>
        {
            row.Cause = JsonSerializer.Serialize(cause, OutboundJson.Default.AccountRestricted);
            row.IsRestricted = true;
            return true;
        },
        cancellationToken);

    /// <returns>False when it is not restricted.</returns>
    public Task<bool> ReleaseAsync(string account, string by, string reason, CancellationToken cancellationToken) => ChangeAsync(
        Key(account),
        row =>
        {
            if (!row.IsRestricted)
            {
                return false;
            }

            (row.IsRestricted, row.ReleasedAt, row.ReleasedBy, row.ReleaseReason) = (false, time.GetUtcNow(), by, reason);
            return true;
        },
        cancellationToken);

    /// <param name="limits">Nothing takes the exception away.</param>
    public async Task SetAsync(string account, SendingLimits? limits, string by, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var row = await database.Set<LimitsRow>().FirstOrDefaultAsync(row => row.Account == account, cancellationToken);
            if (limits is null)
            {
                if (row is not null)
                {
                    database.Remove(row);
                    await database.SaveChangesAsync(cancellationToken);
                }

                _limits.TryRemove(account, out _);
                return;
            }

            // One statement: a kill leaves the limits of before or the new ones, never none.
            if (row is null)
            {
                database.Add(row = new LimitsRow { Account = account, Limits = "", By = "" });
            }

            (row.Limits, row.By, row.At) = (JsonSerializer.Serialize(limits, OutboundJson.Default.SendingLimits), by, time.GetUtcNow());
            await database.SaveChangesAsync(cancellationToken);
            _limits[account] = new AccountLimits(account, limits, by, row.At);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> ChangeAsync(string account, Func<RestrictionRow, bool> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var row = await database.Set<RestrictionRow>().FirstOrDefaultAsync(row => row.Account == account, cancellationToken);
            if (row is null)
            {
                database.Add(row = new RestrictionRow { Account = account, Cause = "" });
            }

            if (!change(row))
            {
                return false;
            }

            row.IsSaid = false;
            await database.SaveChangesAsync(cancellationToken);
            Remember(row);
            await SayAsync(database, row, cancellationToken);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Remember(RestrictionRow row) =>
        _accounts[row.Account] = (JsonSerializer.Deserialize(row.Cause, OutboundJson.Default.AccountRestricted)!, row.IsRestricted, row.ReleasedAt);

    private async Task SayAsync(WeirDbContext database, RestrictionRow row, CancellationToken cancellationToken)
    {
        Fact fact = row.IsRestricted
            ? JsonSerializer.Deserialize(row.Cause, OutboundJson.Default.AccountRestricted)!
            : new AccountReleased { At = row.ReleasedAt, Account = row.Account, By = row.ReleasedBy, Reason = row.ReleaseReason };
        await log.AppendAsync([fact], cancellationToken);
        row.IsSaid = true;
        await database.SaveChangesAsync(cancellationToken);
    }
}
