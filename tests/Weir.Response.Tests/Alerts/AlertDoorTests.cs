using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Tests.Support;

namespace Weir.Response.Tests.Alerts;

public sealed class AlertDoorTests
{
    private static readonly Caller Part = Caller.System("part", Permission.AlertsManage);

    private static readonly NewAlert Expiring = new()
    {
        Key = "expiring/1",
        Title = "TABL entry is about to expire",
        Severity = AlertSeverity.Informational,
        Evidence = [AlertedEntity.Thing("block domain evil.example")],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_is_a_fact_with_what_it_speaks_of()
    {
        await using var world = await World.MakeAsync();

        var id = await world.Alerts.RaiseAsync(Part, Expiring, Token);

        var fact = Assert.IsType<AlertRaised>(Assert.Single(world.Log.Facts));
        Assert.Equal((id, "TABL entry is about to expire", "Informational", "ThreatManagement"), (fact.AlertId, fact.Title, fact.Severity, fact.Category));
        Assert.Equal("block domain evil.example", Assert.Single(fact.Evidence).Name);
    }

    [Fact]
    public async Task The_same_key_is_raised_once_also_by_many_at_a_time()
    {
        await using var world = await World.MakeAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Alerts.RaiseAsync(Part, Expiring, Token).AsTask()));

        Assert.Single(ids.Distinct());
        Assert.Single(world.Log.Facts);
    }

    [Fact]
    public async Task Killed_at_any_step_an_alert_is_raised_once_or_not_at_all()
    {
        var step = 0;
        for (var wasKilled = true; wasKilled;)
        {
            await using var world = await World.MakeAsync();
            world.Steps.KillAt = world.Steps.Count + ++step;
            try
            {
                await world.Alerts.RaiseAsync(Part, Expiring, Token);
                wasKilled = false;
            }
            catch (Exception killed) when (killed is KilledException || killed.InnerException is KilledException)
            {
                await world.RestartAsync();
            }

            await world.Alerts.RaiseAsync(Part, Expiring, Token);
            Assert.True(world.Log.Facts.Count == 1, $"{world.Log.Facts.Count} facts when killed at step {step}");
        }

        Assert.InRange(step, 4, 20);
    }

    [Fact]
    public async Task An_alert_without_evidence_or_right_is_refused()
    {
        await using var world = await World.MakeAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => world.Alerts.RaiseAsync(Part, Expiring with { Evidence = [] }, Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Alerts.RaiseAsync(World.Person("eve", Permission.SecurityDataRead), Expiring, Token).AsTask());
        Assert.Empty(world.Log.Facts);
    }
}
