using Weir.Gateway.Rejudging;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Tests.Rejudging;

public sealed class EntryChangeTests
{
    private static readonly KnownEntry Block = new(IsAllow: false, EntryKind.SenderDomain, "a.example") { Id = 3 };
    private static readonly KnownEntry Allow = Block with { IsAllow = true, Id = 4 };
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_change_of_a_thing_is_acted_on_and_what_was_begun_of_others_goes_on()
    {
        var other = new EntryChange(IsNew: true, Block with { Value = "b.example" });

        Assert.Equal(["removed entry: block domain a.example", "new entry: block domain b.example"], Of([Block], [], new EntryChange(IsNew: true, Block), other));
        Assert.Equal(["new entry: block domain a.example"], Of([], [Block], new EntryChange(IsNew: false, Block)));
        Assert.Equal(["new entry: block domain b.example"], Of([], [], other));
    }

    [Fact]
    public void Of_an_allow_and_a_block_of_one_thing_the_block_is_the_cause()
    {
        Assert.Equal(["new entry: block domain a.example"], Of([], [Allow, Block]));
        Assert.Equal(["new entry: block domain a.example"], Of([Allow], [Allow, Block], new EntryChange(IsNew: true, Allow)));
        Assert.Equal(["new entry: allow domain a.example"], Of([], [Allow]));
    }

    [Fact]
    public void An_entry_that_ran_out_is_no_change() => Assert.Empty(Of([Block with { Expires = Now }], []));

    [Fact]
    public void A_change_is_read_as_it_was_written_and_lines_of_before_entries_had_numbers_can_be_read()
    {
        var change = new EntryChange(IsNew: false, Block with { Expires = Now });

        Assert.Equal((change, 3L, (DateTimeOffset?)Now), (EntryChange.Parse(change.Line), EntryChange.Parse(change.Line)!.Entry.Id, EntryChange.Parse(change.Line)!.Entry.Expires));
        Assert.Equal((Block, 0L), (KnownEntry.Parse("block\tSenderDomain\ta.example\t0"), KnownEntry.Parse("block\tSenderDomain\ta.example\t0")!.Id));
        Assert.Null(EntryChange.Parse("?"));
    }

    private static IEnumerable<string> Of(KnownEntry[] known, KnownEntry[] current, params EntryChange[] open) =>
        EntryChange.Of(known.ToHashSet(), current.ToHashSet(), open, Now).Select(change => change.ToString());
}
