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
