using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;

namespace Weir.Response.Alerts;

/// <summary>Raises what the allow/block list has to say (inventory §10.4): an entry that expires within seven days, an allow that let bad mail in.</summary>
internal sealed partial class ListAlerts(IAllowBlockEntries entries, IEntryEffects effects, IRaiseAlert alerts, TimeProvider time, ILogger<ListAlerts> logger) : BackgroundService
{
    public const string Expires = "TABL entry is about to expire";
    public const string Malicious = "A TABL entry has been found malicious";

    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>More entries of one look are named in one alert.</summary>
    private const int MostAlerts = 20;

    private static readonly Caller Self = Caller.System("allow/block list", Permission.SecuritySettingsRead, Permission.EmailMetadataRead, Permission.AlertsManage);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotRaised, time, stoppingToken);

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(LookEvery, time, stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (QuestionException exception)
            {
                // The event store is being rebuilt, or it took too long: the next look asks again.
                NotRaised(exception);
            }
        }
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var expiring = await entries.ListAsync(Self, new EntryQuery { State = EntryState.Expiring, Order = EntryOrder.Expires, IsDescending = false, Take = int.MaxValue }, cancellationToken);
        foreach (var entry in expiring.Entries.Take(MostAlerts))
        {
            await alerts.RaiseAsync(Self, ExpiryOf(entry), cancellationToken);
        }

        if (expiring.Entries.Skip(MostAlerts).ToList() is { Count: > 0 } others)
        {
            await alerts.RaiseAsync(Self, ExpiryOf(others), cancellationToken);
        }

        foreach (var (id, letIn) in await effects.LetInAsync(Self, cancellationToken))
        {
            if (await entries.FindAsync(Self, id, cancellationToken) is { } entry)
            {
                await alerts.RaiseAsync(Self, MaliciousOf(entry, letIn), cancellationToken);
            }
        }
    }

    private static NewAlert ExpiryOf(ListedEntry entry) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"list/{entry.Entry.Id}/expires/{entry.Expires?.UtcDateTime:yyyy-MM-dd}"),
        Title = Expires,
        Description = $"{Words(entry)} expires on {Day(entry)}{(entry.UnusedDays is { } days ? $", {days} days after it was last used" : "")}. Give it another day, or let it go.",
        Severity = AlertSeverity.Informational,
        Evidence = [AlertedEntity.Thing(Words(entry))],
    };

    private static NewAlert ExpiryOf(List<ListedEntry> entries) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"list/many/expires/{entries[0].Expires?.UtcDateTime:yyyy-MM-dd}"),
        Title = Expires,
        Description = $"{entries.Count:N0} more entries of the allow/block list expire within seven days, the first on {Day(entries[0])}.",
        Severity = AlertSeverity.Informational,
        Evidence = [.. entries.Take(NewAlert.MostEvidence).Select(entry => AlertedEntity.Thing(Words(entry)))],
    };

    /// <summary>Once for an entry as it is; an entry that was changed is watched anew.</summary>
    private static NewAlert MaliciousOf(ListedEntry entry, LetIn letIn) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"list/{entry.Entry.Id}/malicious/{entry.ModifiedAt.UtcTicks}"),
        Title = Malicious,
        Description = $"{Words(entry)} let in {letIn.Messages:N0} message{(letIn.Messages == 1 ? "" : "s")} that Weir would have called malware or phish. Look at them on the page of the allow/block list, and take the entry out if they are bad.",
        Severity = AlertSeverity.Informational,
        Evidence = [AlertedEntity.Thing(Words(entry))],
    };

    private static string Words(ListedEntry entry) => $"{(entry.Entry.IsAllow ? "Allow" : "Block")} {EntryLines.Word(entry.Entry.Kind)} {entry.Entry.Value}";

    private static string Day(ListedEntry entry) => entry.Expires?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    [LoggerMessage(6040, LogLevel.Error, "Alerts of the allow/block list cannot be raised; it is tried again.")]
    private partial void NotRaised(Exception exception);
}
