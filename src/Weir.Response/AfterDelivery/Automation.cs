using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Response.AfterDelivery;

/// <summary>The switch of automation: stored, and known at once to everything that acts.</summary>
internal sealed class Automation(IDbContextFactory<WeirDbContext> databases, Brake brake, IAuditTrail audit, TimeProvider time) : IAutomation
{
    private const string Name = "automation";
    private const string Off = "off";

    private volatile SettingRow? _known;

    public async ValueTask<AutomationState> StateAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecurityDataRead);
        var row = await RowAsync(cancellationToken);
        return new AutomationState(row.Value != Off, row.By, row.By.Length > 0 ? row.At : null, await brake.LimitAsync(cancellationToken));
    }

    public async ValueTask SetAsync(Caller caller, bool isOn, CancellationToken cancellationToken)
    {
        var operation = isOn ? "StartAutomation" : "StopAutomation";
        if (!caller.Has(Permission.ResponseManage))
        {
            await audit.RecordAsync(caller, new AuditEntry(operation, Name, "Denied", $"lacks {Permission.ResponseManage}"), cancellationToken);
            caller.Require(Permission.ResponseManage);
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Set<SettingRow>().FirstOrDefaultAsync(row => row.Name == Name, cancellationToken);
        if (row is null)
        {
            database.Add(row = new SettingRow { Name = Name, Value = "" });
        }

        (row.Value, row.By, row.At) = (isOn ? "on" : Off, caller.Name, time.GetUtcNow());
        await database.SaveChangesAsync(cancellationToken);
        _known = row;
        await audit.RecordAsync(caller, new AuditEntry(operation, Name, "Success"), cancellationToken);
    }

    /// <summary>May Weir act by itself now?</summary>
    public async ValueTask<bool> IsOnAsync(CancellationToken cancellationToken) => (await RowAsync(cancellationToken)).Value != Off;

    private async ValueTask<SettingRow> RowAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known)
        {
            return known;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return _known = await database.Set<SettingRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Name == Name, cancellationToken) ?? new SettingRow { Name = Name, Value = "" };
    }
}
