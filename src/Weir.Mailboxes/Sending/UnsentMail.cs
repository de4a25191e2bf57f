using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Mailboxes.Sending;

/// <summary>At start and from time to time: mail whose job was never added, or was given up, gets one again. Mail that ended long ago is forgotten.</summary>
internal sealed partial class UnsentMail(IDbContextFactory<WeirDbContext> databases, IJobs jobs, TimeProvider time, ILogger<UnsentMail> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RememberFor = TimeSpan.FromDays(90);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.EveryAsync(LookEvery, ResumeAsync, NotResumed, time, stoppingToken);

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var old = time.GetUtcNow() - RememberFor;
        await database.Set<OutgoingRow>().Where(row => row.EndedAt != null && row.EndedAt < old).ExecuteDeleteAsync(cancellationToken);
        var waiting = await database.Set<OutgoingRow>().Where(row => row.State == OutgoingState.Waiting).Select(row => row.Key).ToListAsync(cancellationToken);
        await jobs.AddAsync([.. waiting.Select(key => SendingJob.For(key) with { IsAgain = true })], cancellationToken);
    }

    [LoggerMessage(8110, LogLevel.Error, "Mail that waits to be sent cannot be taken up; it is tried again")]
    private partial void NotResumed(Exception exception);
}
