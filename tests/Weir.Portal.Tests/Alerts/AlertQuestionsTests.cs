using Weir.Events;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Portal.Alerts;

namespace Weir.Portal.Tests.Alerts;

public sealed class AlertQuestionsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddScratchStore().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("High", "it's \\ \" | x")]
    public async Task The_list_and_one_alert_can_be_asked(string severity, string words)
    {
        var store = _services.GetRequiredService<IScratchStore>();

        Assert.Empty(AlertQuestions.Alerts(await store.AskAsync(AlertQuestions.List("7d", severity, words), Now, TestContext.Current.CancellationToken)));
        Assert.Empty(AlertQuestions.Alerts(await store.AskAsync(AlertQuestions.One("x' or 1"), Now, TestContext.Current.CancellationToken)));
        Assert.Empty(AlertQuestions.Things(await store.AskAsync(AlertQuestions.Evidence("x"), Now, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_thing_is_called_by_what_it_is()
    {
        var id = new NetworkMessageId(Guid.Parse("01900001-0000-7000-8000-000000000001"));
        var answer = new Answer(
            [],
            [
                ["MailMessage", "Impacted", id.ToString(), "Invoice", "ann@corp.example", "", "", "", "", "", Now.UtcDateTime],
                ["MailMessage", "Impacted", "", "", "ann@corp.example", "", "", "", "", "", null],
                ["User", "Impacted", "", "", "ann@corp.example", "", "", "", "", "", null],
                ["File", "Related", "", "", "", "", "", "", "ab12", "", null],
                ["GenericEntity", "Related", "", "", "", "", "", "", "", "block domain evil.example", null],
            ]) { At = Now };

        var things = AlertQuestions.Things(answer);

        Assert.Equal(["Invoice", "(no subject)", "ann@corp.example", "ab12", "block domain evil.example"], things.Select(thing => thing.Name));
        Assert.Equal(["ann@corp.example", "ann@corp.example", "", "", ""], things.Select(thing => thing.Account));
        Assert.Equal((id, Now), (things[0].MessageId, things[0].ReceivedAt));
        Assert.Null(things[1].MessageId);
    }
}
