using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Detection.Policies;

/// <summary>Policies in the operational database, each version a row; the newest is in force.</summary>
internal sealed partial class StoredPolicies(
    IDbContextFactory<WeirDbContext> databases,
    PoliciesInForce inForce,
    IDirectory directory,
    IEventLog log,
    IAuditTrail audit,
    IOptions<DetectionOptions> options,
    TimeProvider time,
    ILogger<StoredPolicies> logger) : IPolicySettings
{
    /// <summary>Older ones are forgotten; the audit trail keeps what was changed.</summary>
    private const int MostVersions = 500;

    /// <summary>Reads them, and makes the first ones where there are none.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Set<PolicySetRow>().AsNoTracking().OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken) is { } newest)
        {
            inForce.Use(Of(newest));
            if (options.Value.Mode is not null)
            {
                NotRead(PolicyNames.Of(inForce.Current.Mode));
            }

            return;
        }

        var first = BuiltInPolicies.Of(FirstMode()) with { Version = 1, ChangedAt = time.GetUtcNow(), ChangedBy = "Weir" };
        database.Add(RowOf(first));
        await database.SaveChangesAsync(cancellationToken);
        inForce.Use(first);
        if (options.Value.Mode is { } old)
        {
            TakenOver(old.ToString().ToLowerInvariant(), PolicyNames.Of(first.Mode));
        }
    }

    public PolicySet Read(Caller caller)
    {
        caller.Require(Permission.SecuritySettingsRead);
        return inForce.Current;
    }

    public async ValueTask<IReadOnlyList<string>> SaveAsync(Caller caller, PolicySet next, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsManage);
        var before = inForce.Current;
        next = PolicyTidying.Of(next);
        if (PolicyProblems.Of(next) is { Count: > 0 } problems)
        {
            return problems;
        }

        if (next.Version != before.Version)
        {
            return [Meanwhile(before)];
        }

        var changes = PolicyDifference.Of(before, next);
        if (changes.Count == 0)
        {
            return [];
        }

        next = next with { Version = before.Version + 1, ChangedAt = time.GetUtcNow(), ChangedBy = caller.Name };
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Add(RowOf(next));
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The version is the key: somebody else saved at the same moment.
            return [Meanwhile(inForce.Current)];
        }

        inForce.Use(next);
        await database.Set<PolicySetRow>().Where(row => row.Version <= next.Version - MostVersions).ExecuteDeleteAsync(CancellationToken.None);
        foreach (var change in changes)
        {
            await audit.RecordAsync(caller, change, CancellationToken.None);
        }

        return [];
    }

    public string Export(Caller caller) => PolicyJson.Write(Read(caller));

    public (PolicySet? Policies, IReadOnlyList<string> Problems) Parse(Caller caller, string json)
    {
        caller.Require(Permission.SecuritySettingsRead);
        try
        {
            // Whoever brings a file means what it says, whatever was in force: its version is that of another time or another Weir.
            var policies = PolicyTidying.Of(PolicyJson.Read(json) with { Version = inForce.Current.Version });
            return PolicyProblems.Of(policies) is { Count: > 0 } problems ? (null, problems) : (policies, []);
        }
        catch (JsonException mistake)
        {
            return (null, [$"This is no JSON of policies{(mistake.LineNumber is { } line ? $" (line {line + 1})" : "")}: {mistake.Message}"]);
        }
    }

    public async ValueTask<IReadOnlyList<string>> ImportAsync(Caller caller, string json, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsManage);
        var (policies, problems) = Parse(caller, json);
        return policies is null ? problems : await SaveAsync(caller, policies, cancellationToken);
    }

    public IReadOnlyList<PolicyRemark> Remarks(Caller caller, PolicySet policies)
    {
        caller.Require(Permission.SecuritySettingsRead);
        return PolicyRemarks.Of(new PolicyTable(policies, directory.Current));
    }

    public IReadOnlyList<PolicyFor> WhoGetsWhat(Caller caller, PolicySet policies, string address)
    {
        caller.Require(Permission.SecuritySettingsRead);
        return WhoGets.What(new PolicyTable(policies, directory.Current), address);
    }

    /// <summary>A new installation watches. One that protected people before there was a choice goes on; the old key in weir.json is taken over.</summary>
    private PolicyMode FirstMode() => options.Value.Mode switch
    {
        Mode.Watch => PolicyMode.Watch,
        Mode.Protect => PolicyMode.On,
        _ => log.Last > 0 ? PolicyMode.On : PolicyMode.Watch,
    };

    private static string Meanwhile(PolicySet now) => $"{now.ChangedBy} changed the policies meanwhile. Look at them again; nothing of yours was saved.";

    private static PolicySet Of(PolicySetRow row) => PolicyJson.Read(row.Text) with { Version = row.Version, ChangedAt = row.ChangedAt, ChangedBy = row.ChangedBy };

    private static PolicySetRow RowOf(PolicySet policies) => new() { Version = policies.Version, Text = PolicyJson.Write(policies), ChangedAt = policies.ChangedAt, ChangedBy = policies.ChangedBy };

    [LoggerMessage(2040, LogLevel.Warning, "detection.mode in weir.json ({Old}) was taken over: the mode is now {Mode}, and is changed by 'weir policy mode' or on the page Policies. Remove the key; it is not read again.")]
    private partial void TakenOver(string old, string mode);

    [LoggerMessage(2041, LogLevel.Warning, "detection.mode in weir.json is not read any more: the mode is {Mode}, and is changed by 'weir policy mode' or on the page Policies. Remove the key.")]
    private partial void NotRead(string mode);
}
