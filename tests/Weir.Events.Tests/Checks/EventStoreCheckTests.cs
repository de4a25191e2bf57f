using Weir.Events.Checks;
using Weir.Events.Tests.Support;
using Weir.Kernel;

namespace Weir.Events.Tests.Checks;

public sealed class EventStoreCheckTests
{
    [Fact]
    public async Task It_says_how_many_facts_there_are_and_that_all_are_shown()
    {
        using var directory = new TemporaryDirectory();
        await using var store = await TestStore.OpenAsync(directory);
        await store.AppendAsync(Some.Seen(1), Some.Seen(2));

        Assert.Equal((CheckState.Ok, "The event store has all 2 facts of the log"), await LookAsync(store, directory));
    }

    [Fact]
    public async Task A_file_that_was_set_aside_is_named_until_it_is_deleted()
    {
        using var directory = new TemporaryDirectory();
        await using var store = await TestStore.OpenAsync(directory);
        await File.WriteAllTextAsync(directory.Data.EventStore + ".damaged", "", TestContext.Current.CancellationToken);

        var (state, text) = await LookAsync(store, directory);

        Assert.Equal(CheckState.Warning, state);
        Assert.Contains(directory.Data.EventStore + ".damaged", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_is_made_anew_it_says_how_much_is_missing()
    {
        using var directory = new TemporaryDirectory();
        await using (var first = await TestStore.OpenAsync(directory))
        {
            await first.AppendAsync(Some.Seen(1));
        }

        await File.WriteAllTextAsync(directory.Data.EventStore, new string('x', 20_000), TestContext.Current.CancellationToken);
        await using var store = TestStore.Unread(directory);

        var (state, text) = await LookAsync(store, directory);

        Assert.Equal(CheckState.Failed, state);
        Assert.Contains("1 of 1 facts to go", text, StringComparison.Ordinal);
    }

    private static async Task<(CheckState State, string Text)> LookAsync(TestStore store, TemporaryDirectory directory)
    {
        var result = Assert.Single(await new EventStoreCheck(store.Log, store.Store, directory.Data).RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(result.State == CheckState.Ok, result.Advice.Length == 0);
        return (result.State, result.Text);
    }
}
