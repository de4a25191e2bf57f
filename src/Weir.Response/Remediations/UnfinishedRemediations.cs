using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Kernel;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Response.Remediations;

/// <summary>At start and from time to time: actions whose jobs were never added, or were given up, get them again.</summary>
internal sealed partial class UnfinishedRemediations(RemediationStore store, IJobs jobs, IOptions<ResponseOptions> options, TimeProvider time, ILogger<UnfinishedRemediations> logger) : BackgroundService
{
    /// <summary>Mailboxes that could not be reached may be by now.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.EveryAsync(LookEvery, ResumeAsync, NotResumed, time, stoppingToken);

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var approvalId in await store.UnfinishedAsync(cancellationToken))
        {
            var remediation = await store.FindAsync(approvalId, cancellationToken);
            var entries = await store.CountAsync(approvalId, cancellationToken);
            await jobs.AddAsync(BatchPayload.JobsFor(approvalId, entries, options.Value.BatchSize, remediation!.DecidedById, isAgain: true), cancellationToken); // listed a line above; nothing deletes actions
            await store.AdvanceAsync(approvalId, RemediationStatus.Queued, cancellationToken);
        }
    }

    [LoggerMessage(8011, LogLevel.Error, "Unfinished actions cannot be taken up; it is tried again")]
    private partial void NotResumed(Exception exception);
}
