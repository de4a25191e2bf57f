using Microsoft.Extensions.Time.Testing;

namespace Weir.Kernel.Tests;

public sealed class PerseveranceTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly List<string> _said = [];

    [Fact]
    public async Task Work_goes_on_after_a_full_disk_and_the_same_trouble_is_said_once()
    {
        var tries = 0;
        var running = Perseverance.RunAsync(
            _ => ++tries < 4 ? throw new InvalidOperationException("The row could not be saved.", new IOException("No space left on device")) : Task.CompletedTask,
            trouble => _said.Add(trouble.Message),
            _time,
            TestContext.Current.CancellationToken);

        foreach (var seconds in new[] { 1, 2, 4 })
        {
            Assert.False(running.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        await running;
        Assert.Equal(4, tries);
        Assert.Equal(["The row could not be saved."], _said);
    }

    [Fact]
    public async Task Another_error_ends_it()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Perseverance.RunAsync(_ => throw new InvalidOperationException("a fault of ours"), trouble => _said.Add(trouble.Message), _time, TestContext.Current.CancellationToken));
        Assert.Empty(_said);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        var running = Perseverance.RunAsync(_ => throw new IOException("gone"), trouble => _said.Add(trouble.Message), _time, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["gone"], _said);
    }
}
