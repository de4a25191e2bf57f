using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response.Alerts;

/// <summary>Writes down that an alert is raised, appends the fact, and crosses it off: whatever is stopped in between is gone on with at the next start.</summary>
internal sealed class AlertDoor(IDbContextFactory<WeirDbContext> databases, IEventLog log, IQuestions questions, TimeProvider time) : IRaiseAlert, IDisposable
{
    /// <summary>What is being raised must not be taken for what was left unsaid.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>How long a key is known. Facts of alerts are kept as long.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    private static readonly Caller Self = Caller.System("alerts", Permission.EmailMetadataRead);

    public async ValueTask<string> RaiseAsync(Caller caller, NewAlert alert, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AlertsManage);
        ArgumentException.ThrowIfNullOrWhiteSpace(alert.Key);
        ArgumentException.ThrowIfNullOrWhiteSpace(alert.Title);
        if (alert.Evidence.Count == 0)
        {
            throw new ArgumentException("An alert says what it is about.", nameof(alert));
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await RaiseAsync(alert, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<string> RaiseAsync(NewAlert alert, CancellationToken cancellationToken)
    {
        var fact = FactOf(alert, time.GetUtcNow());
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await EarlierAsync(database, alert.Key, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var row = new AlertRow { Key = alert.Key, AlertId = fact.AlertId, At = fact.At, Unsaid = JsonSerializer.Serialize(fact, ResponseJson.Default.AlertRaised) };
        database.Add(row);
        await database.SaveChangesAsync(cancellationToken);
        await log.AppendAsync([fact], CancellationToken.None);
        row.Unsaid = null;
        await database.SaveChangesAsync(CancellationToken.None);
        return fact.AlertId;
    }

    /// <summary>Says what was written down and perhaps not said, and forgets keys that are old.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await SayAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var old = time.GetUtcNow() - Memory;
        await database.Set<AlertRow>().Where(row => row.At < old && row.Unsaid == null).ExecuteDeleteAsync(cancellationToken);
        foreach (var row in await database.Set<AlertRow>().Where(row => row.Unsaid != null).OrderBy(row => row.At).ToListAsync(cancellationToken))
        {
            if (!await IsSaidAsync(row, cancellationToken))
            {
                await log.AppendAsync([JsonSerializer.Deserialize(row.Unsaid!, ResponseJson.Default.AlertRaised)!], cancellationToken); // selected as not null, and written by us
            }

            row.Unsaid = null;
            await database.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Stopped after the log had it and before that was written down.</summary>
    private async Task<bool> IsSaidAsync(AlertRow row, CancellationToken cancellationToken)
    {
        await log.WaitUntilShownAsync(log.Last, cancellationToken);
        var answer = await questions.AskAsync(
            Self,
            new Question("AlertInfo | where AlertId == id | count") { Parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = row.AlertId } },
            cancellationToken);
        return answer.Rows[0][0] is > 0L;
    }

    private static Task<string?> EarlierAsync(WeirDbContext database, string key, CancellationToken cancellationToken) =>
        database.Set<AlertRow>().Where(row => row.Key == key).Select(row => row.AlertId).FirstOrDefaultAsync(cancellationToken);

    private static AlertRaised FactOf(NewAlert alert, DateTimeOffset now) => new()
    {
        At = now,
        AlertId = Guid.CreateVersion7(now).ToString("D"),
        Title = alert.Title,
        Description = alert.Description,
        Severity = alert.Severity.ToString(),
        Category = alert.Category,
        AttackTechniques = alert.AttackTechniques,
        Evidence = [.. alert.Evidence.Take(NewAlert.MostEvidence).Select(Recorded)],
    };

    private static RecordedAlertEntity Recorded(AlertedEntity entity) => new()
    {
        EntityType = entity.Type,
        EvidenceRole = entity.IsImpacted ? "Impacted" : "Related",
        NetworkMessageId = entity.MessageId?.ToString() ?? "",
        ReceivedAt = entity.ReceivedAt,
        EmailSubject = entity.Subject,
        AccountUpn = entity.Account,
        Url = entity.Url,
        IpAddress = entity.IpAddress,
        FileName = entity.FileName,
        Sha256 = entity.Sha256,
        Name = entity.Name,
    };
}
