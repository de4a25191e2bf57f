using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Storage.Contracts;

namespace Weir.Storage.Tests.Jobs;

public sealed class JobRunnerTests
{
    [Fact]
    public async Task A_job_runs_and_keeps_its_result()
    {
        var handler = new Recording("greet", job => $"hello {job.Payload}");
        await using var host = await StartAsync(handler);

        await host.Get<IJobs>().AddAsync([new NewJob("greet", "1", "world")], TestContext.Current.CancellationToken);
        var done = await EventuallyAsync(host, "greet", "1", JobState.Done);

        Assert.Equal("hello world", done.Result);
        Assert.Equal(1, done.Progress);
    }

    [Fact]
    public async Task The_same_key_runs_once_however_often_it_is_added()
    {
        var handler = new Recording("greet", job => job.Payload);
        await using var host = await StartAsync(handler);

        await host.Get<IJobs>().AddAsync([new NewJob("greet", "1", "first"), new NewJob("greet", "1", "again")], TestContext.Current.CancellationToken);
        await EventuallyAsync(host, "greet", "1", JobState.Done);
        await host.Get<IJobs>().AddAsync([new NewJob("greet", "1", "later"), new NewJob("greet", "2", "other")], TestContext.Current.CancellationToken);
        await EventuallyAsync(host, "greet", "2", JobState.Done);

        Assert.Equal(["first", "other"], handler.Payloads);
    }

    [Fact]
    public async Task A_failing_job_is_tried_again_after_a_pause_and_its_error_is_kept()
    {
        var handler = new Recording("flaky", job => job.Attempt < 2 ? throw new InvalidOperationException("not yet") : "at last");
        await using var host = await StartAsync(handler);

        await host.Get<IJobs>().AddAsync([new NewJob("flaky", "1", "x")], TestContext.Current.CancellationToken);
        var waiting = await EventuallyAsync(host, "flaky", "1", status => status is { State: JobState.Waiting, Error: not null });
        Assert.Equal("not yet", waiting.Error);

        var done = await EventuallyAsync(host, "flaky", "1", JobState.Done);
        Assert.Equal("at last", done.Result);
        Assert.Equal(2, done.Attempts);
    }

    [Fact]
    public async Task A_job_that_was_running_when_the_process_died_runs_again_when_its_lease_is_over()
    {
        await using var host = await StartAsync();
        var table = host.Get<Storage.Jobs.JobTable>();
        await table.AddAsync([new NewJob("greet", "1", "x")], TestContext.Current.CancellationToken);
        var row = Assert.Single(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken));
        Assert.NotNull(await table.TryLeaseAsync(row, TestContext.Current.CancellationToken));

        Assert.Empty(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken));
        host.Clock.Advance(Storage.Jobs.JobTable.Lease + TimeSpan.FromSeconds(1));
        var again = Assert.Single(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken));

        Assert.Null(await table.TryLeaseAsync(row, TestContext.Current.CancellationToken));
        Assert.Equal(2, (await table.TryLeaseAsync(again, TestContext.Current.CancellationToken))!.Attempt);
    }

    [Theory]
    [InlineData(30, 20)]
    [InlineData(1_200, 1)]
    public async Task A_handler_that_takes_longer_than_its_lease_is_not_run_beside_itself(int seconds, int times)
    {
        var handler = new Slow();
        await using var host = await StartAsync(handler);
        await host.Get<IJobs>().AddAsync([new NewJob("slow", "1", "x"), new NewJob("slow", "2", "x")], TestContext.Current.CancellationToken);
        await handler.Begun.WaitAsync(TestContext.Current.CancellationToken);
        await handler.Begun.WaitAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < times; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        handler.Go.SetResult();
        await EventuallyAsync(host, "slow", "1", JobState.Done);
        await EventuallyAsync(host, "slow", "2", JobState.Done);

        Assert.Equal([1, 1], handler.Attempts);
    }

    [Fact]
    public async Task While_a_handler_runs_its_lease_is_renewed()
    {
        var handler = new Slow();
        await using var host = await StartAsync(handler);
        var table = host.Get<Storage.Jobs.JobTable>();
        await table.AddAsync([new NewJob("slow", "1", "x")], TestContext.Current.CancellationToken);
        await handler.Begun.WaitAsync(TestContext.Current.CancellationToken);

        // Long after the first lease, a second look at the table still finds it leased.
        var end = host.Clock.GetUtcNow() + (3 * Storage.Jobs.JobTable.Lease);
        while (host.Clock.GetUtcNow() < end)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var due = await table.DueAsync(["slow"], 10, TestContext.Current.CancellationToken);
        handler.Go.SetResult();

        Assert.Empty(due);
    }

    [Fact]
    public async Task Who_lost_the_lease_says_nothing_about_the_job_any_more()
    {
        await using var host = await StartAsync();
        var table = host.Get<Storage.Jobs.JobTable>();
        await table.AddAsync([new NewJob("greet", "1", "x")], TestContext.Current.CancellationToken);
        var first = await table.TryLeaseAsync(Assert.Single(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
        host.Clock.Advance(Storage.Jobs.JobTable.Lease + TimeSpan.FromSeconds(1));
        var second = await table.TryLeaseAsync(Assert.Single(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);

        await table.FailAsync(first!, "too late", TestContext.Current.CancellationToken);
        var running = await table.FindAsync("greet", "1", TestContext.Current.CancellationToken);
        await table.CompleteAsync(second!, "done", TestContext.Current.CancellationToken);
        await table.FailAsync(first!, "too late", TestContext.Current.CancellationToken);
        var done = await table.FindAsync("greet", "1", TestContext.Current.CancellationToken);

        Assert.Equal((JobState.Running, null, JobState.Done, "done"), (running!.State, running.Error, done!.State, done.Result));
    }

    [Fact]
    public async Task A_job_that_is_wanted_again_is_begun_anew_when_it_ended_and_left_alone_while_it_waits_or_runs()
    {
        await using var host = await StartAsync();
        var table = host.Get<Storage.Jobs.JobTable>();
        var again = new NewJob("greet", "1", "second") { Owner = "ana", IsAgain = true };
        await table.AddAsync([again with { Payload = "first", Owner = "", IsAgain = false }], TestContext.Current.CancellationToken);

        await table.AddAsync([again], TestContext.Current.CancellationToken);
        var waiting = Assert.Single(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken));
        var leased = await table.TryLeaseAsync(waiting, TestContext.Current.CancellationToken);
        await table.AddAsync([again], TestContext.Current.CancellationToken);
        Assert.Empty(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken));
        await table.CompleteAsync(leased!, "done", TestContext.Current.CancellationToken);
        await table.AddAsync([again with { IsAgain = false }], TestContext.Current.CancellationToken);
        Assert.Empty(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken));
        await table.AddAsync([again], TestContext.Current.CancellationToken);
        var anew = Assert.Single(await table.DueAsync(["greet"], 10, TestContext.Current.CancellationToken));

        Assert.Equal(("first", ""), (waiting.Payload, waiting.Owner));
        Assert.Equal((waiting.Id, "second", "ana", 0, null), (anew.Id, anew.Payload, anew.Owner, anew.Attempts, anew.Result));
    }

    private static async Task<TestHost> StartAsync(params IJobHandler[] handlers)
    {
        var host = await TestHost.StartAsync(services =>
        {
            foreach (var handler in handlers)
            {
                services.AddSingleton(handler);
            }
        });
        foreach (var hosted in host.Services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(TestContext.Current.CancellationToken);
        }

        return host;
    }

    private static Task<JobStatus> EventuallyAsync(TestHost host, string kind, string key, JobState state) =>
        EventuallyAsync(host, kind, key, status => status.State == state);

    private static async Task<JobStatus> EventuallyAsync(TestHost host, string kind, string key, Func<JobStatus, bool> wanted)
    {
        for (var i = 0; i < 1_000; i++)
        {
            if (await host.Get<IJobs>().FindAsync(kind, key, TestContext.Current.CancellationToken) is { } status && wanted(status))
            {
                return status;
            }

            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{kind} {key} never came to the wanted state.");
    }

    /// <summary>Waits for a server that does not answer, until it may go.</summary>
    private sealed class Slow : IJobHandler
    {
        public string Kind => "slow";
        public SemaphoreSlim Begun { get; } = new(0);
        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public List<int> Attempts { get; } = [];

        public async ValueTask<string?> HandleAsync(LeasedJob job, CancellationToken cancellationToken)
        {
            lock (Attempts)
            {
                Attempts.Add(job.Attempt);
            }

            Begun.Release();
            await Go.Task.WaitAsync(cancellationToken);
            return "";
        }
    }

    private sealed class Recording(string kind, Func<LeasedJob, string> act) : IJobHandler
    {
        public string Kind => kind;
        public List<string> Payloads { get; } = [];

        public ValueTask<string?> HandleAsync(LeasedJob job, CancellationToken cancellationToken)
        {
            lock (Payloads)
            {
                Payloads.Add(job.Payload);
            }

            return ValueTask.FromResult<string?>(act(job));
        }
    }
}
