using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Intelligence.Lists;
using Weir.Intelligence.Tests.Support;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Intelligence.Tests.Lists;

public sealed class UseReaderTests : IAsyncLifetime
{
    private TestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await World.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_record_of_judgements_says_when_an_entry_was_last_used_and_many_messages_are_one_write()
    {
        var saved = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: true));
        using var reader = Reader();
        for (var i = 1; i <= 1_000; i++)
        {
            reader.Read(new LoggedFact(i, Judged(saved.Entry.Id, _host.Clock.GetUtcNow().AddSeconds(-i))));
        }

        Assert.Equal(_host.Clock.GetUtcNow().AddSeconds(-1), await LastUsedAsync(saved.Entry.Id));
        await reader.KeepAsync(Token);

        await using var database = await _host.Get<IDbContextFactory<WeirDbContext>>().CreateDbContextAsync(Token);
        Assert.Equal(_host.Clock.GetUtcNow().AddSeconds(-1), (await database.Set<ListRow>().SingleAsync(Token)).LastUsed);
        Assert.Equal(1_000, (await database.Set<ListReaderRow>().SingleAsync(Token)).Cursor);
    }

    [Fact]
    public async Task Mail_dated_into_the_future_and_unknown_entries_move_nothing()
    {
        var saved = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: true));
        using var reader = Reader();

        reader.Read(new LoggedFact(1, Judged(saved.Entry.Id, _host.Clock.GetUtcNow().AddYears(1))));
        reader.Read(new LoggedFact(2, Judged(77, _host.Clock.GetUtcNow())));

        Assert.Equal(_host.Clock.GetUtcNow(), await LastUsedAsync(saved.Entry.Id));
    }

    private UseReader Reader() => new(_host.Get<KeptList>(), _host.Get<IEventLog>(), _host.Clock, NullLogger<UseReader>.Instance);

    private async Task<DateTimeOffset?> LastUsedAsync(long id) => (await _host.Get<IAllowBlockEntries>().FindAsync(World.Reader, id, Token))!.LastUsed;

    private static MessageJudged Judged(long entry, DateTimeOffset receivedAt) => new()
    {
        At = receivedAt,
        ReceivedAt = receivedAt,
        Id = NetworkMessageId.New(receivedAt),
        Verdict = "Clean",
        Signals = [new RecordedSignal { Name = "allowed-domain", Technology = "Domain reputation", Evidence = "", ListEntry = entry.ToString(System.Globalization.CultureInfo.InvariantCulture) }],
    };
}
