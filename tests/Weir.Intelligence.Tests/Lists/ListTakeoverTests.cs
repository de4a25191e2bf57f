using Weir.Intelligence.Contracts;
using Weir.Intelligence.Tests.Support;

namespace Weir.Intelligence.Tests.Lists;

public sealed class ListTakeoverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_an_earlier_version_is_taken_over_once_and_renamed()
    {
        var folder = TestRun.NewFolder("test");
        var file = Path.Combine(folder, "allow-block.txt");
        await File.WriteAllTextAsync(file, "block domain *.evil.example # known\nnonsense here\nallow domain partner.example\nallow sender a@b.example expires 2027-06-01\nblock domain evil.example\n", Token);
        await using var host = await World.StartAsync(folder);

        var page = await host.Get<IAllowBlockEntries>().ListAsync(World.Reader, new EntryQuery { Order = EntryOrder.Value, IsDescending = false }, Token);

        Assert.Equal(["a@b.example", "evil.example", "partner.example"], page.Entries.Select(entry => entry.Entry.Value));
        // The day itself is in it.
        Assert.Equal([new DateTimeOffset(2027, 6, 2, 0, 0, 0, TimeSpan.Zero), null, host.Clock.GetUtcNow().AddDays(45)], page.Entries.Select(entry => entry.Expires));
        Assert.Equal(("known", "allow-block.txt", "Weir"), (page.Entries[1].Entry.Note, page.Entries[1].Source, page.Entries[1].CreatedBy));
        Assert.False(File.Exists(file));
        Assert.True(File.Exists(file + ".taken-over"));
        Assert.Single(host.Find(new MailTraits { Author = "x@evil.example" }));
    }

    [Fact]
    public async Task A_file_that_comes_later_is_taken_over_at_the_next_start_beside_what_is_there()
    {
        var folder = TestRun.NewFolder("test");
        var file = Path.Combine(folder, "allow-block.txt");
        await File.WriteAllTextAsync(file + ".taken-over", "", Token);
        await File.WriteAllTextAsync(file, "block domain evil.example\n", Token);
        await using var host = await World.StartAsync(folder);

        await host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "worse.example", IsAllow: false));

        Assert.Equal(2, host.Get<IAllowBlockList>().Current(host.Clock.GetUtcNow()).Count);
        Assert.True(File.Exists(file + ".taken-over.2"));
    }
}
