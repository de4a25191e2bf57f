using Microsoft.Extensions.Time.Testing;
using Weir.Kernel;
using Weir.Server.Doctor;

namespace Weir.Server.Tests.Doctor;

public sealed class ExaminationTests
{
    [Fact]
    public async Task A_check_that_breaks_has_failed_and_the_others_go_on()
    {
        var seen = await Examination.RunAsync([new Said("b", _ => throw new InvalidOperationException("torn")), new Said("a", _ => Task.CompletedTask)], TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b"], seen.Select(examined => examined.Check));
        Assert.Equal(CheckState.Ok, seen[0].Results[0].State);
        Assert.Equal((CheckState.Failed, "InvalidOperationException: torn"), (seen[1].Results[0].State, seen[1].Results[0].Text));
        Assert.NotEmpty(seen[1].Results[0].Advice);
    }

    [Fact]
    public async Task A_check_that_hangs_has_failed_after_fifteen_seconds()
    {
        var clock = new FakeTimeProvider();
        var running = Examination.RunAsync([new Said("slow", token => Task.Delay(Timeout.InfiniteTimeSpan, clock, token))], clock, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(15));

        var result = Assert.Single(Assert.Single(await running).Results);

        Assert.Equal((CheckState.Failed, "No answer within 15 s"), (result.State, result.Text));
        Assert.Contains("firewall", result.Advice, StringComparison.Ordinal);
    }

    private sealed class Said(string name, Func<CancellationToken, Task> look) : ICheck
    {
        public string Name => name;

        public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
        {
            await look(cancellationToken);
            return CheckResult.Ok("fine");
        }
    }
}
