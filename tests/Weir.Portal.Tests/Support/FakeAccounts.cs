using System.Collections.Concurrent;
using Weir.Access.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Three accounts whose password is "correct horse"; roles can be changed while pages are open.</summary>
internal sealed class FakeAccounts : IAccounts, IAuditTrail
{
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal)
    {
        ["reader"] = new("reader", "reader", "Rea Der", [Roles.SecurityReader], Disabled: false),
        ["investigator"] = new("investigator", "investigator", "Ina Vest", [Roles.DataInvestigator], Disabled: false),
        ["admin"] = new("admin", "admin", "Ada Min", [Roles.GlobalAdministrator], Disabled: false),
    };

    private readonly ConcurrentQueue<AuditRecord> _records = new();
    private readonly ConcurrentDictionary<string, string> _sessions = new(StringComparer.Ordinal);
    private int _started;
    private int _wrong;

    public bool NeedsAdministrator { get; set; }

    public IReadOnlyList<AuditRecord> Records => [.. _records];

    public int Reads { get; private set; }

    public void SetRoles(string id, params string[] roles) => _accounts[id] = _accounts[id] with { Roles = roles };

    public bool HasAccounts { get; set; } = true;

    public ValueTask<bool> HasAnyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(HasAccounts);

    public ValueTask<bool> NeedsFirstAdministratorAsync(CancellationToken cancellationToken) => ValueTask.FromResult(NeedsAdministrator);

    public ValueTask<IReadOnlyList<string>> CreateFirstAdministratorAsync(string secret, string userName, string password, CancellationToken cancellationToken)
    {
        if (secret != "one-time")
        {
            return ValueTask.FromResult<IReadOnlyList<string>>(["The secret is wrong."]);
        }

        NeedsAdministrator = false;
        return ValueTask.FromResult<IReadOnlyList<string>>([]);
    }

    public ValueTask<IReadOnlyList<string>> CreateAsync(Caller caller, string userName, string displayName, string password, IReadOnlyList<string> roles, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> SetRolesAsync(Caller caller, string accountId, IReadOnlyList<string> roles, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> SetPasswordAsync(Caller caller, string accountId, string password, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> SetDisabledAsync(Caller caller, string accountId, bool isDisabled, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Account>> ListAsync(Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<(SignInOutcome Outcome, Account? Account)> CheckPasswordAsync(string userName, string password, string? address, CancellationToken cancellationToken)
    {
        if (password == "correct horse" && _accounts.TryGetValue(userName, out var account))
        {
            var session = $"session {Interlocked.Increment(ref _started)}";
            _sessions[session] = account.Id;
            return ValueTask.FromResult<(SignInOutcome, Account?)>((SignInOutcome.Success, account with { Session = session }));
        }

        return ValueTask.FromResult<(SignInOutcome, Account?)>((++_wrong >= 5 ? SignInOutcome.LockedOut : SignInOutcome.WrongNameOrPassword, null));
    }

    public ValueTask<Caller?> CallerOfAsync(string accountId, string session, CancellationToken cancellationToken)
    {
        Reads++;
        return ValueTask.FromResult(_accounts.TryGetValue(accountId, out var account) && !account.Disabled && _sessions.TryGetValue(session, out var owner) && owner == accountId
            ? new Caller(account.Id, account.DisplayName, Roles.PermissionsOf(account.Roles))
            : null);
    }

    public ValueTask EndSessionAsync(Caller caller, string session, CancellationToken cancellationToken)
    {
        _sessions.TryRemove(new KeyValuePair<string, string>(session, caller.Id));
        return ValueTask.CompletedTask;
    }

    public ValueTask RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken)
    {
        _records.Enqueue(new AuditRecord(_records.Count + 1, new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero).AddSeconds(_records.Count), caller.Id, caller.Name, caller.Reason, caller.Address, entry));
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(Caller caller, int limit, long? before, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AuditRead);
        return ValueTask.FromResult<IReadOnlyList<AuditRecord>>([.. _records.Reverse().Where(record => before is null || record.Id < before).Take(limit)]);
    }

    public ValueTask<long?> VerifyAsync(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult<long?>(null);
}
