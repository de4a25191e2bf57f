using Weir.Access;
using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Events.Tests.Saved;

public sealed class SavedQueriesTests : IAsyncLifetime
{
    private static readonly Caller Anna = Hunter("anna", Permission.EmailMetadataRead);
    private static readonly Caller Bob = Hunter("bob", Permission.EmailMetadataRead);
    private static readonly Caller Chief = Hunter("chief", Permission.EmailMetadataRead, Permission.SecuritySettingsManage, Permission.AuditRead);

    private TestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISavedQueries Queries => _host.Get<ISavedQueries>();

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(services => services.AddAccess().AddEvents());

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_somebody_keeps_is_theirs_alone()
    {
        Assert.Empty(await Queries.SaveAsync(Anna, null, Query("Big mail"), Token));

        var own = Assert.Single(await Queries.ListAsync(Anna, Token));
        Assert.Equal((true, true, "anna", Query("Big mail")), (own.IsOwn, own.MayChange, own.Author, own.Text));
        Assert.Empty(await Queries.ListAsync(Bob, Token));
        Assert.Equal(["This query is not there any more."], await Queries.SaveAsync(Bob, own.Id, Query("Mine now"), Token));
        await Queries.DeleteAsync(Bob, own.Id, Token);
        Assert.Single(await Queries.ListAsync(Anna, Token));
    }

    [Fact]
    public async Task A_shared_query_is_everybodys_to_read_and_audited()
    {
        await Queries.SaveAsync(Chief, null, Query("For all") with { IsShared = true }, Token);

        var shared = Assert.Single(await Queries.ListAsync(Anna, Token));
        Assert.Equal((false, false, "chief"), (shared.IsOwn, shared.MayChange, shared.Author));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Queries.SaveAsync(Anna, shared.Id, shared.Text with { Kql = "x" }, Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Queries.DeleteAsync(Anna, shared.Id, Token));
        await Queries.DeleteAsync(Chief, shared.Id, Token);
        Assert.Empty(await Queries.ListAsync(Anna, Token));
        Assert.Equal(["DeleteSharedQuery", "ShareQuery"], (await _host.Get<IAuditTrail>().ReadAsync(Chief, 10, null, Token)).Select(record => record.Entry.Operation));
    }

    [Fact]
    public async Task Sharing_needs_its_permission() =>
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Queries.SaveAsync(Anna, null, Query("Mine") with { IsShared = true }, Token));

    [Fact]
    public async Task A_query_is_renamed_in_its_place_and_a_name_is_used_once()
    {
        await Queries.SaveAsync(Anna, null, Query("One"), Token);
        await Queries.SaveAsync(Anna, null, Query("Two"), Token);
        var one = (await Queries.ListAsync(Anna, Token))[0];

        Assert.Equal(["There is a query named “Two” already."], await Queries.SaveAsync(Anna, one.Id, one.Text with { Name = " Two " }, Token));
        Assert.Empty(await Queries.SaveAsync(Anna, one.Id, one.Text with { Name = "Uno" }, Token));

        Assert.Equal(["Two", "Uno"], (await Queries.ListAsync(Anna, Token)).Select(query => query.Text.Name));
        Assert.Empty(await Queries.SaveAsync(Bob, null, Query("Two"), Token));
    }

    [Theory]
    [InlineData("", "EmailEvents", "Give the query a name.")]
    [InlineData("  ", "EmailEvents", "Give the query a name.")]
    [InlineData("Name", " ", "There is no query to save.")]
    public async Task What_lacks_something_is_not_kept(string name, string kql, string problem) =>
        Assert.Equal([problem], await Queries.SaveAsync(Anna, null, new SavedQueryText(name, "", kql, IsShared: false), Token));

    [Fact]
    public async Task Who_may_not_ask_sees_none() =>
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Queries.ListAsync(Hunter("nobody"), Token));

    private static SavedQueryText Query(string name) => new(name, "Why", "EmailEvents | take 1", IsShared: false);

    private static Caller Hunter(string name, params Permission[] permissions) => new(name, name, new HashSet<Permission>(permissions));
}
