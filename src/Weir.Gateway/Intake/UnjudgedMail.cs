using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Gateway.Intake;

/// <summary>Judges what was received and not judged: at start, and again every minute while something waits.</summary>
internal sealed partial class UnjudgedMail(
    KnownMailSource source,
    StoredMail stored,
    IEventLog log,
    TimeProvider time,
    ILogger<UnjudgedMail> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Part of the start: a last day that cannot be read stops it, with the reason, before any mail is taken in.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await source.LoadDayAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.EveryAsync(Pause, JudgeAllAsync, NotRead, time, stoppingToken);

    private async Task JudgeAllAsync(CancellationToken cancellationToken)
    {
        foreach (var received in source.Known.Unjudged)
        {
            try
            {
                await JudgeAsync(received, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // It stays in the list and is tried again; the others must not wait for it.
                StillUnjudged(exception, received.Id.ToString());
            }
        }
    }

    private async Task JudgeAsync(MessageReceived received, CancellationToken cancellationToken)
    {
        // It has been delivered: whatever is decided now is for the mailboxes, not for the mail server.
        if (await stored.JudgeAsync(received, cancellationToken) is not { } judged)
        {
            Erased(received.Id.ToString());
            return;
        }

        Fact[] facts = [judged];
        var sequence = await log.AppendAsync(facts, cancellationToken);
        await source.AppendedAsync(facts, sequence, cancellationToken);
    }

    [LoggerMessage(7022, LogLevel.Error, "What was received and not judged cannot be looked up; it is tried again.")]
    private partial void NotRead(Exception exception);

    [LoggerMessage(7020, LogLevel.Error, "The message {Id} is received and still not judged.")]
    private partial void StillUnjudged(Exception exception, string id);

    [LoggerMessage(7021, LogLevel.Warning, "The message {Id} was erased before it was judged.")]
    private partial void Erased(string id);
}
