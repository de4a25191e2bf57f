using Weir.Access;
using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Events.Tests.Saved;

public sealed class KeptTextsTests : IAsyncLifetime
{
    private static readonly Caller Reader = new("reader", "Rea Der", new HashSet<Permission> { Permission.EmailMetadataRead });

    private TestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IKeptTexts Texts => _host.Get<IKeptTexts>();

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(services => services.AddAccess().AddEvents());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_same_text_has_the_same_name_whoever_keeps_it()
    {
        var name = await Texts.KeepAsync(Reader, "a@x.example\nb@x.example", Token);

        Assert.Equal(name, await Texts.KeepAsync(Reader with { Id = "other" }, "a@x.example\nb@x.example", Token));
        Assert.Equal("a@x.example\nb@x.example", await Texts.FindAsync(Reader, name, Token));
        Assert.Null(await Texts.FindAsync(Reader, "unknown", Token));
    }

    [Fact]
    public async Task A_text_that_nobody_asks_for_in_a_year_is_forgotten_and_one_that_is_asked_for_stays()
    {
        var (old, used) = (await Texts.KeepAsync(Reader, "old", Token), await Texts.KeepAsync(Reader, "used", Token));
        _host.Clock.Advance(TimeSpan.FromDays(300));
        await Texts.FindAsync(Reader, used, Token);
        _host.Clock.Advance(TimeSpan.FromDays(100));
        await Texts.KeepAsync(Reader, "new", Token);

        Assert.Null(await Texts.FindAsync(Reader, old, Token));
        Assert.Equal("used", await Texts.FindAsync(Reader, used, Token));
    }

    [Fact]
    public async Task Whoever_may_not_read_mail_may_not_keep_or_read_texts_and_a_text_is_bounded()
    {
        var nobody = Reader with { Permissions = new HashSet<Permission>() };

        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Texts.KeepAsync(nobody, "x", Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Texts.FindAsync(nobody, "x", Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Texts.KeepAsync(Reader, new string('x', IKeptTexts.Longest + 1), Token));
    }
}
