using Microsoft.Extensions.DependencyInjection;
using Weir.Intelligence.Contracts;
using Weir.Intelligence.Lists;
using Weir.Intelligence.Tests.Support;

namespace Weir.Intelligence.Tests.Lists;

public sealed class KeptListTests : IAsyncLifetime
{
    private static readonly MailTraits FromEvil = new() { Author = "mallory@evil.example" };

    private TestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IAllowBlockEntries Door => _host.Get<IAllowBlockEntries>();

    public async ValueTask InitializeAsync() => _host = await World.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_saved_entry_is_in_force_when_saving_returns()
    {
        Assert.Empty(_host.Find(FromEvil));
        var before = _host.Get<IAllowBlockList>().ContentAt(_host.Clock.GetUtcNow());

        var saved = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "Evil.Example", IsAllow: false));

        Assert.Equal(("evil.example", saved.Entry.Id), (Assert.Single(_host.Find(FromEvil)).Value, _host.Find(FromEvil)[0].Id));
        Assert.NotEqual(before, _host.Get<IAllowBlockList>().ContentAt(_host.Clock.GetUtcNow()));
        await Door.RemoveAsync(World.Chief, [saved.Entry.Id], Token);
        Assert.Empty(_host.Find(FromEvil));
        Assert.Equal(before, _host.Get<IAllowBlockList>().ContentAt(_host.Clock.GetUtcNow()));
        Assert.Equal(1, await Door.RestoreAsync(World.Chief, [saved.Entry.Id], Token));
        Assert.Single(_host.Find(FromEvil));
    }

    [Fact]
    public async Task What_is_kept_is_there_after_a_restart()
    {
        await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false, EntryExpiry.Never, "sent invoices"));
        var gone = await _host.SavedAsync(new EntryDraft(EntryKind.Sender, "mallory@evil.example", IsAllow: false));
        await Door.RemoveAsync(World.Chief, [gone.Entry.Id], Token);
        await using var services = Again();

        var list = services.GetRequiredService<KeptList>();

        Assert.Equal((list.Version, "sent invoices"), (_host.Get<IAllowBlockList>().Version, Assert.Single(list.Find(FromEvil, _host.Clock.GetUtcNow())).Note));
        Assert.Equal(_host.Get<IAllowBlockList>().ContentAt(_host.Clock.GetUtcNow()), list.ContentAt(_host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_clock_that_jumps_over_an_expiry_and_back_brings_the_entry_back()
    {
        var now = _host.Clock.GetUtcNow();
        await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false, EntryExpiry.After(7)));
        var list = _host.Get<IAllowBlockList>();

        Assert.Single(_host.Find(FromEvil, now.AddDays(7).AddTicks(-1)));
        Assert.Empty(_host.Find(FromEvil, now.AddDays(7)));
        Assert.Empty(_host.Find(FromEvil, now.AddYears(10)));
        Assert.Single(_host.Find(FromEvil, now));
        Assert.NotEqual(list.ContentAt(now), list.ContentAt(now.AddDays(7)));
        Assert.Equal(list.ContentAt(now), list.ContentAt(now.AddDays(6)));
    }

    [Fact]
    public async Task An_allow_lives_as_long_as_it_is_used()
    {
        var now = _host.Clock.GetUtcNow();
        var saved = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: true));
        Assert.Equal((45, now.AddDays(45)), (saved.UnusedDays, saved.Expires));

        _host.Get<KeptList>().Now.ById[saved.Entry.Id].Used(now.AddDays(10));

        Assert.Single(_host.Find(FromEvil, now.AddDays(54)));
        Assert.Empty(_host.Find(FromEvil, now.AddDays(55)));
        Assert.Equal(now.AddDays(10), (await Door.FindAsync(World.Reader, saved.Entry.Id, Token))!.LastUsed);
    }

    [Fact]
    public async Task Readers_learn_what_came_and_what_went_since_a_version()
    {
        var first = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false));
        var list = _host.Get<IAllowBlockList>();
        var version = list.Version;
        await _host.SavedAsync(new EntryDraft(EntryKind.IpAddress, "192.0.2.0/24", IsAllow: false));
        await Door.RemoveAsync(World.Chief, [first.Entry.Id], Token);

        var changes = list.ChangesSince(version);

        Assert.Equal((list.Version, "192.0.2.0/24", "evil.example"), (changes.Version, Assert.Single(changes.Entries).Value, Assert.Single(changes.Removed).Value));
        Assert.Empty(list.ChangesSince(changes.Version).Entries);
    }

    [Fact]
    public async Task Neither_the_number_nor_the_version_of_what_was_taken_out_long_ago_is_given_again()
    {
        var first = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false));
        var last = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "worse.example", IsAllow: false));
        await Door.RemoveAsync(World.Chief, [last.Entry.Id], Token);
        await Door.RemoveAsync(World.Chief, [first.Entry.Id], Token);
        var version = _host.Get<IAllowBlockList>().Version;
        _host.Clock.Advance(KeptList.RemovedKept + TimeSpan.FromDays(1));
        await using var services = Again();
        var list = services.GetRequiredService<KeptList>();

        var check = await services.GetRequiredService<IAllowBlockEntries>().SaveAsync(World.Chief, null, new EntryDraft(EntryKind.SenderDomain, "new.example", IsAllow: false), isConfirmed: true, Token);

        Assert.Equal(last.Entry.Id + 1, check.Saved!.Entry.Id);
        Assert.Equal("new.example", Assert.Single(list.ChangesSince(version).Entries).Value);
        Assert.Equal("new.example", Assert.Single(list.Current(_host.Clock.GetUtcNow())).Value);
    }

    /// <summary>Another process on the same directory, as after a restart.</summary>
    private ServiceProvider Again()
    {
        var services = new ServiceCollection();
        services.AddSingleton(_host.Directory).AddSingleton<TimeProvider>(_host.Clock).AddLogging();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        Storage.StorageModule.AddStorage(services);
        Access.AccessModule.AddAccess(services);
        Events.EventsModule.AddEvents(services);
        return services.AddIntelligence().BuildServiceProvider();
    }
}
