using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Response.Alerts;
using Weir.Response.Tests.Support;

namespace Weir.Response.Tests.Alerts;

public sealed class ListAlertsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_that_expires_soon_and_an_allow_that_let_bad_mail_in_are_said_once()
    {
        await using var world = await World.MakeAsync();
        var list = new FakeList();
        list.Entries.Add(Entry(1, EntryState.Expiring, isAllow: false));
        list.Entries.Add(Entry(2, EntryState.InForce, isAllow: true));
        list.Let[2] = new LetIn(3, World.Noon, "");
        using var alerts = new ListAlerts(list, list, world.Alerts, new FakeTimeProvider(World.Noon), NullLogger<ListAlerts>.Instance);

        await alerts.LookAsync(Token);
        await alerts.LookAsync(Token);

        var facts = world.Log.Facts.OfType<AlertRaised>().ToList();
        Assert.Equal(["TABL entry is about to expire", "A TABL entry has been found malicious"], facts.Select(fact => fact.Title));
        Assert.All(facts, fact => Assert.Equal("Informational", fact.Severity));
        Assert.Contains("Block domain d1.example expires on 2026-03-05", facts[0].Description, StringComparison.Ordinal);
        Assert.Contains("let in 3 messages", facts[1].Description, StringComparison.Ordinal);
        Assert.Equal("Allow domain d2.example", Assert.Single(facts[1].Evidence).Name);
    }

    [Fact]
    public async Task Many_that_expire_together_are_not_a_flood_of_alerts()
    {
        await using var world = await World.MakeAsync();
        var list = new FakeList();
        list.Entries.AddRange(Enumerable.Range(1, 500).Select(i => Entry(i, EntryState.Expiring, isAllow: false)));
        using var alerts = new ListAlerts(list, list, world.Alerts, new FakeTimeProvider(World.Noon), NullLogger<ListAlerts>.Instance);

        await alerts.LookAsync(Token);

        Assert.Equal(21, world.Log.Facts.OfType<AlertRaised>().Count());
        Assert.Contains("480 more entries", world.Log.Facts.OfType<AlertRaised>().Last().Description, StringComparison.Ordinal);
    }

    private static ListedEntry Entry(long id, EntryState state, bool isAllow) => new()
    {
        Entry = new AllowBlockEntry(EntryKind.SenderDomain, $"d{id}.example", isAllow, null, "") { Id = id },
        State = state,
        Expires = World.Noon.AddDays(3),
        Source = "", CreatedBy = "", CreatedAt = World.Noon, ModifiedBy = "", ModifiedAt = World.Noon,
    };
}
