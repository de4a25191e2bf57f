using Weir.Access.Contracts;

namespace Weir.Access.Tests.Preferences;

public sealed class StoredPreferencesTests
{
    private static readonly Caller Anna = new("a", "Anna", new HashSet<Permission>());
    private static readonly Caller Bob = new("b", "Bob", new HashSet<Permission>());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_has_their_own_and_the_last_choice_counts()
    {
        await using var host = await TestHost.StartAsync(services => services.AddAccess());
        var preferences = host.Get<IPreferences>();

        await preferences.SetAsync(Anna, "columns", "date", Token);
        await preferences.SetAsync(Anna, "columns", "date,subject", Token);
        await preferences.SetAsync(Anna, "other", "x", Token);

        Assert.Equal("date,subject", await preferences.FindAsync(Anna, "columns", Token));
        Assert.Null(await preferences.FindAsync(Bob, "columns", Token));
    }

    [Fact]
    public async Task Nothing_forgets_a_choice()
    {
        await using var host = await TestHost.StartAsync(services => services.AddAccess());
        var preferences = host.Get<IPreferences>();
        await preferences.SetAsync(Anna, "columns", "date", Token);

        await preferences.SetAsync(Anna, "columns", null, Token);

        Assert.Null(await preferences.FindAsync(Anna, "columns", Token));
    }

    [Fact]
    public async Task Two_pages_that_choose_at_once_both_succeed()
    {
        await using var host = await TestHost.StartAsync(services => services.AddAccess());
        var preferences = host.Get<IPreferences>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => preferences.SetAsync(Anna, "columns", $"{number}", Token).AsTask()));

        Assert.InRange(int.Parse((await preferences.FindAsync(Anna, "columns", Token))!, System.Globalization.CultureInfo.InvariantCulture), 0, 7);
    }

    [Fact]
    public async Task A_text_without_end_is_refused()
    {
        await using var host = await TestHost.StartAsync(services => services.AddAccess());

        await Assert.ThrowsAsync<ArgumentException>(async () => await host.Get<IPreferences>().SetAsync(Anna, "columns", new string('x', IPreferences.Longest + 1), Token));
    }
}
