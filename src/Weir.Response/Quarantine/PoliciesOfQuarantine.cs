using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>Quarantine policies and digest settings in the operational database.</summary>
internal sealed class PoliciesOfQuarantine(IDbContextFactory<WeirDbContext> databases, IAuditTrail audit, TimeProvider time) : IQuarantinePolicies
{
    private const string DigestsName = "quarantine.digests";

    public async ValueTask<IReadOnlyList<QuarantinePolicy>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        return await AllAsync(cancellationToken);
    }

    /// <summary>All there are, for Weir's own parts.</summary>
    public async Task<IReadOnlyList<QuarantinePolicy>> AllAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = (await database.Set<QuarantinePolicyRow>().AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. QuarantinePolicy.Presets.Select(preset => rows.TryGetValue(preset.Name, out var changed) ? preset with { Days = changed.Days } : preset),
            .. rows.Values.Select(row => new QuarantinePolicy(row.Name, (QuarantineRights)row.Rights, row.Days, row.Notifies)).Where(policy => !policy.IsPreset).OrderBy(policy => policy.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    public async ValueTask<IReadOnlyList<string>> SaveAsync(Caller caller, QuarantinePolicy policy, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, policy.Name, cancellationToken);
        policy = policy with { Name = policy.Name.Trim() };
        var problems = ProblemsOf(policy).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = (await database.Set<QuarantinePolicyRow>().ToListAsync(cancellationToken)).Find(row => row.Name.Equals(policy.Name, StringComparison.OrdinalIgnoreCase));
        if (row is null)
        {
            row = new QuarantinePolicyRow { Name = policy.Name };
            database.Add(row);
        }

        var days = row.Days;
        (row.Rights, row.Days, row.Notifies, row.ChangedBy, row.ChangedAt) = ((int)policy.Rights, policy.Days, policy.Notifies, caller.Name, time.GetUtcNow());
        await database.SaveChangesAsync(cancellationToken);
        if (days != policy.Days)
        {
            await ExtendAsync(database, row.Name, policy.Days, cancellationToken);
        }

        await audit.RecordAsync(caller, new AuditEntry("QuarantinePolicySaved", row.Name, "Success", string.Create(CultureInfo.InvariantCulture, $"rights {(int)policy.Rights} ({policy.Rights}), {policy.Days} days, {(policy.Notifies ? "with" : "no")} digests")), cancellationToken);
        return [];
    }

    public async ValueTask<bool> RemoveAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, name, cancellationToken);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = (await database.Set<QuarantinePolicyRow>().ToListAsync(cancellationToken)).Find(row => row.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
        if (row is null || QuarantinePolicy.Presets.Any(preset => preset.Name.Equals(row.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        database.Remove(row);
        await database.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry("QuarantinePolicyRemoved", row.Name, "Success"), cancellationToken);
        return true;
    }

    public async ValueTask<DigestSettings> DigestsAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        return await DigestsAsync(cancellationToken);
    }

    public async Task<DigestSettings> DigestsAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Set<SettingRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Name == DigestsName, cancellationToken);
        return row is null ? new DigestSettings(DigestFrequency.Daily) : JsonSerializer.Deserialize(row.Value, QuarantineJson.Default.DigestSettings) ?? new DigestSettings(DigestFrequency.Daily);
    }

    public async ValueTask SetDigestsAsync(Caller caller, DigestSettings settings, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, "digests", cancellationToken);
        settings = settings with { Zone = settings.Zone.Trim(), CopyTo = settings.CopyTo.Trim().ToLowerInvariant() };
        if (settings.Hour is < 0 or > 23 || !Enum.IsDefined(settings.Frequency) || !TimeZoneInfo.TryFindSystemTimeZoneById(settings.Zone, out _))
        {
            throw new ArgumentException($"“{settings.Zone}” must be a time zone such as Europe/Berlin, and the hour 0 to 23.");
        }

        if (settings.CopyTo.Length > 0 && !AddressForm.IsAddress(settings.CopyTo))
        {
            throw new ArgumentException($"“{settings.CopyTo}” is no e-mail address.");
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Set<SettingRow>().FirstOrDefaultAsync(row => row.Name == DigestsName, cancellationToken);
        var value = JsonSerializer.Serialize(settings, QuarantineJson.Default.DigestSettings);
        if (row is null)
        {
            row = new SettingRow { Name = DigestsName, Value = value };
            database.Add(row);
        }

        (row.Value, row.By, row.At) = (value, caller.Name, time.GetUtcNow());
        await database.SaveChangesAsync(cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry("QuarantineDigestsSet", Target: null, "Success", value), cancellationToken);
    }

    /// <summary>What is held under a policy is held as long as it says now.</summary>
    private static async Task ExtendAsync(WeirDbContext database, string name, int days, CancellationToken cancellationToken)
    {
        foreach (var row in await database.Set<HeldRow>().Where(row => row.QuarantinePolicy == name && row.State == HeldState.Held).ToListAsync(cancellationToken))
        {
            row.ExpiresAt = row.HeldAt.AddDays(days);
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    private static IEnumerable<string> ProblemsOf(QuarantinePolicy policy)
    {
        if (policy.Name.Length is 0 or > QuarantinePolicy.LongestName || policy.Name.Any(char.IsControl))
        {
            yield return $"A name has 1 to {QuarantinePolicy.LongestName} characters.";
        }

        if (policy.Days is < 1 or > QuarantinePolicy.MostDays)
        {
            yield return $"Mail is held for 1 to {QuarantinePolicy.MostDays} days.";
        }

        if ((int)policy.Rights is < 0 or > 255)
        {
            yield return "Rights are a sum of 1 (delete), 2 (preview), 4 (release), 8 (request release), 16 (block sender), 32 (allow sender), 64 (download) and 128 (view header).";
        }

        if (policy.Rights.HasFlag(QuarantineRights.Release) && policy.Rights.HasFlag(QuarantineRights.RequestRelease))
        {
            yield return "Who may release need not request: choose one of the two.";
        }

        if (QuarantinePolicy.Presets.FirstOrDefault(preset => preset.Name.Equals(policy.Name, StringComparison.OrdinalIgnoreCase)) is { } preset && (preset.Rights != policy.Rights || preset.Notifies != policy.Notifies))
        {
            yield return $"{preset.Name} is a preset: only its days can be changed. Make a policy of another name.";
        }
    }

    private async ValueTask RequireAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (!caller.Has(Permission.SecuritySettingsManage))
        {
            await audit.RecordAsync(caller, new AuditEntry("QuarantinePolicySaved", target, "Denied", $"lacks {Permission.SecuritySettingsManage}"), cancellationToken);
            caller.Require(Permission.SecuritySettingsManage);
        }
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(DigestSettings))]
internal sealed partial class QuarantineJson : JsonSerializerContext;
