using Weir.Events;
using Weir.Events.Contracts;
using Weir.Portal.OtherFilter;

namespace Weir.Portal.Tests.OtherFilter;

public sealed class OtherFilterQuestionsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddScratchStore().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Each_question_can_be_asked()
    {
        var store = _services.GetRequiredService<IScratchStore>();

        Assert.Empty(OtherFilterQuestions.Counts(await store.AskAsync(OtherFilterQuestions.Counts("7d"), Now, TestContext.Current.CancellationToken)));
        Assert.Empty(OtherFilterQuestions.Verdicts(await store.AskAsync(OtherFilterQuestions.Verdicts("30d"), Now, TestContext.Current.CancellationToken)));
        foreach (var agreement in OtherFilterQuestions.Agreements)
        {
            Assert.Empty(OtherFilterQuestions.Messages(await store.AskAsync(OtherFilterQuestions.Messages("1d", agreement), Now, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public void Numbers_of_two_filters_are_added_and_a_message_has_both_verdicts()
    {
        var counts = OtherFilterQuestions.Counts(new Answer([], [["rspamd", "Only Weir", 2L], ["SpamAssassin", "Only Weir", 3L], ["rspamd", "Both good", 7L]]) { At = Now });
        var message = Assert.Single(OtherFilterQuestions.Messages(new Answer([], [[Now.UtcDateTime, "id", "Phish", "spoof-dmarc", "rspamd", "Good", "no action", 1.5, 15.0, "BAYES_HAM", "a@out.example", "b@in.example", "Hello"]]) { At = Now }));

        Assert.Equal((5L, 7L), (counts["Only Weir"], counts["Both good"]));
        Assert.Equal(("Phish", "Good: no action (1.5 of 15.0)", Now), (message.Verdict, message.FilterSays, message.At));
    }
}
