using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Intelligence.Lists;

namespace Weir.Intelligence.Tests.Lists;

public sealed class AllowBlockFileTests : IDisposable
{
    private readonly string _path = Path.Combine(TestRun.NewFolder(), "list.txt");
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => File.Delete(_path);

    private AllowBlockFile List() => new(_path, _clock, NullLogger<AllowBlockFile>.Instance);

    [Fact]
    public void A_changed_file_is_in_force_a_second_later()
    {
        File.WriteAllText(_path, "block domain evil.example\n");
        var list = List();
        Assert.Single(list.Current(_clock.GetUtcNow()));

        File.WriteAllText(_path, "block domain evil.example\nblock domain worse.example\nnonsense\n");
        Assert.Single(list.Current(_clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, list.Current(_clock.GetUtcNow()).Count);
        Assert.Equal(3, Assert.Single(list.Errors).Line);
    }

    [Fact]
    public void An_expired_entry_is_not_in_force()
    {
        File.WriteAllText(_path, "block domain evil.example expires 2026-12-01\n");

        Assert.Single(List().Current(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero)));
        Assert.Empty(List().Current(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_missing_file_is_an_empty_list()
    {
        File.Delete(_path);

        Assert.Empty(List().Current(_clock.GetUtcNow()));
    }
}
