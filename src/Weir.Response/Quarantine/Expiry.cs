using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>Deletes what was held long enough, ends deletions that were cut short, and forgets rows that say nothing to anybody any more.</summary>
internal sealed partial class Expiry(IDbContextFactory<WeirDbContext> databases, Deletions deletions, TimeProvider time, ILogger<Expiry> logger) : BackgroundService
{
    public const string By = "Expiry";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>As long as automation may come back to a message that was released.</summary>
    private static readonly TimeSpan RememberFor = TimeSpan.FromDays(400);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotExpired, time, stoppingToken);

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (QuestionException exception)
            {
                // The event store is being rebuilt: the next look ends it.
                NotExpired(exception);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            await database.Set<HeldRow>().Where(row => row.State == HeldState.Held && row.ExpiresAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, HeldState.Expired).SetProperty(row => row.IsUnsaid, true).SetProperty(row => row.DecidedBy, By).SetProperty(row => row.DecidedAt, now), cancellationToken);
            var old = now - RememberFor;
            await database.Set<HeldRow>().Where(row => row.HeldAt < old && !row.IsUnsaid && row.State != HeldState.Held && row.State != HeldState.Releasing && row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
            await database.Set<UsedLinkRow>().Where(row => row.Until < now).ExecuteDeleteAsync(cancellationToken);
        }

        await deletions.EndAsync(cancellationToken);
    }

    [LoggerMessage(8051, LogLevel.Error, "Mail in quarantine that expired cannot be deleted; it is tried again")]
    private partial void NotExpired(Exception exception);
}
