using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Access.Audit;

/// <summary>Appends audit entries one after the other, each bound to the one before by its hash.</summary>
internal sealed class AuditTrail(IDbContextFactory<WeirDbContext> databases, TimeProvider clock) : IAuditTrail, IDisposable
{
    /// <summary>Of a name, a reason or a target is kept at most so much, in UTF-16 units: strangers choose them when they sign in.</summary>
    public const int LongestName = 400;

    /// <summary>The same for the detail.</summary>
    public const int LongestDetail = 4_000;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async ValueTask RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken)
    {
        caller = caller with { Name = Short(caller.Name, LongestName) ?? "", Reason = Short(caller.Reason, LongestDetail) };
        entry = entry with { Target = Short(entry.Target, LongestName), Detail = Short(entry.Detail, LongestDetail) };
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var last = await database.Set<AuditRow>().OrderByDescending(row => row.Id).Select(row => new { row.Id, row.Hash }).FirstOrDefaultAsync(cancellationToken);
            var id = (last?.Id ?? 0) + 1;
            var at = clock.GetUtcNow();
            database.Add(new AuditRow
            {
                Id = id,
                At = at,
                CallerId = caller.Id,
                CallerName = caller.Name,
                Reason = caller.Reason,
                Address = caller.Address,
                Operation = entry.Operation,
                Target = entry.Target,
                Result = entry.Result,
                Detail = entry.Detail,
                Hash = Chain(last?.Hash ?? "", id, at, caller, entry),
            });
            await database.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(Caller caller, int limit, long? before, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AuditRead);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<AuditRow>().AsNoTracking()
            .Where(row => before == null || row.Id < before)
            .OrderByDescending(row => row.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(RecordOf)];
    }

    public async ValueTask<long?> VerifyAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AuditRead);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var previous = "";
        var expected = 1L;
        await foreach (var row in database.Set<AuditRow>().AsNoTracking().OrderBy(row => row.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var record = RecordOf(row);
            var caller1 = new Caller(record.CallerId, record.CallerName, new HashSet<Permission>()) { Reason = record.Reason, Address = record.Address };
            if (row.Id != expected || row.Hash != Chain(previous, row.Id, row.At, caller1, record.Entry))
            {
                return row.Id;
            }

            previous = row.Hash;
            expected++;
        }

        return null;
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Without NUL, at which SQLite may end a text when it is read again: the row would no longer be what its hash says.</summary>
    private static string? Short(string? text, int longest) =>
        (text?.Length > longest ? $"{text.AsSpan(0, longest)}…" : text)?.Replace('\0', '\ufffd');

    private static AuditRecord RecordOf(AuditRow row) =>
        new(row.Id, row.At, row.CallerId, row.CallerName, row.Reason, row.Address, new AuditEntry(row.Operation, row.Target, row.Result, row.Detail));

    /// <summary>SHA-256 over the previous hash and every field, each preceded by its length so that no two rows read the same.</summary>
    private static string Chain(string previous, long id, DateTimeOffset at, Caller caller, AuditEntry entry)
    {
        var text = new StringBuilder();
        foreach (var field in (string?[])[previous, id.ToString(CultureInfo.InvariantCulture), at.UtcTicks.ToString(CultureInfo.InvariantCulture),
            caller.Id, caller.Name, caller.Reason, caller.Address, entry.Operation, entry.Target, entry.Result, entry.Detail])
        {
            text.Append(field is null ? "-" : field.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(field).Append(';');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
