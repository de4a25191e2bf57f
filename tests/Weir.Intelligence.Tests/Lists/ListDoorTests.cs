using Weir.Access.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Intelligence.Lists;
using Weir.Intelligence.Tests.Support;

namespace Weir.Intelligence.Tests.Lists;

public sealed class ListDoorTests : IAsyncLifetime
{
    private TestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IAllowBlockEntries Door => _host.Get<IAllowBlockEntries>();

    public async ValueTask InitializeAsync() => _host = await World.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Looking_and_changing_need_their_permissions()
    {
        var nobody = Caller.System("nobody");
        var draft = new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false);

        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Door.ListAsync(nobody, new EntryQuery(), Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Door.ReadAsync(nobody, "", new EntryDefaults(false), Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Door.SaveAsync(World.Reader, null, draft, false, Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Door.AddAsync(World.Reader, [draft], false, Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Door.RemoveAsync(World.Reader, [1], Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Door.RestoreAsync(World.Reader, [1], Token));
    }

    [Fact]
    public async Task Every_change_is_audited()
    {
        var saved = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false));
        await Door.SaveAsync(World.Chief, saved.Entry.Id, new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false, EntryExpiry.Never, "worse than thought"), false, Token);
        await Door.RemoveAsync(World.Chief, [saved.Entry.Id], Token);
        await Door.RestoreAsync(World.Chief, [saved.Entry.Id], Token);
        await Door.AddAsync(World.Chief, [new EntryDraft(EntryKind.Sender, "a@b.example", IsAllow: false)], false, Token);

        var audit = await _host.Get<IAuditTrail>().ReadAsync(World.Chief, 10, null, Token);

        Assert.Equal(["ListEntriesAdded", "ListEntryRestored", "ListEntryRemoved", "ListEntryChanged", "ListEntryAdded"], audit.Select(record => record.Entry.Operation));
        Assert.All(audit.Skip(1), record => Assert.Equal(("block domain evil.example", "chief"), (record.Entry.Target, record.CallerName)));
        Assert.Contains("expires never # worse than thought", audit[3].Entry.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", "red \u001b[31m", "U+001B")]
    [InlineData("evil.example", "turned \u202egnp.exe", "U+202E")]
    [InlineData("ma\u202ello\u202cry@evil.example", "", "U+202E")]
    [InlineData("evil\u001b.example", "", "U+001B")]
    [InlineData("evil.example/\u2066login", "", "U+2066")]
    public async Task What_steers_a_terminal_or_turns_text_round_is_refused_and_named(string value, string note, string hidden)
    {
        var kind = value.Contains('@', StringComparison.Ordinal) ? EntryKind.Sender : value.Contains('/', StringComparison.Ordinal) ? EntryKind.Url : EntryKind.SenderDomain;

        var check = await Door.SaveAsync(World.Chief, null, new EntryDraft(kind, value, IsAllow: false, Note: note), isConfirmed: true, Token);
        var read = await Door.ReadAsync(World.Chief, $"block {EntryLines.Word(kind)} {value}{(note.Length > 0 ? $" # {note}" : "")}", new EntryDefaults(false), Token);

        Assert.Null(check.Saved);
        Assert.Contains(hidden, check.Problem, StringComparison.Ordinal);
        Assert.Contains(hidden, Assert.Single(read.Bad).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_of_several_lines_is_taken_and_written_on_one()
    {
        var saved = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false, EntryExpiry.Never, "first\r\nsecond\tthird"));

        Assert.Equal("block domain evil.example expires never # first second third", EntryLines.Write(saved));
    }

    [Fact]
    public void A_note_that_was_kept_before_notes_were_looked_at_is_written_without_what_steers_a_terminal()
    {
        var old = new ListedEntry
        {
            Entry = new AllowBlockEntry(EntryKind.SenderDomain, "evil.example", IsAllow: false, null, "a\u001b]0;title\u0007b\u202ec"),
            State = EntryState.InForce,
            Source = "",
            CreatedBy = "",
            CreatedAt = default,
            ModifiedBy = "",
            ModifiedAt = default,
        };

        Assert.Equal("block domain evil.example expires never # a ]0;title b c", EntryLines.Write(old));
    }

    [Fact]
    public async Task An_entry_knows_who_made_and_who_changed_it()
    {
        var saved = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false) { Source = "Command line" });
        _host.Clock.Advance(TimeSpan.FromDays(1));
        await Door.SaveAsync(World.Chief with { Name = "other" }, saved.Entry.Id, new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false, EntryExpiry.Never), false, Token);

        var entry = await Door.FindAsync(World.Reader, saved.Entry.Id, Token);

        Assert.Equal(("chief", "other", "Command line"), (entry!.CreatedBy, entry.ModifiedBy, entry.Source));
        Assert.Equal((TimeSpan.FromDays(1), null), (entry.ModifiedAt - entry.CreatedAt, entry.Expires));
    }

    [Theory]
    [InlineData(EntryKind.SenderDomain, false, 30)]
    [InlineData(EntryKind.FileHash, false, 30)]
    [InlineData(EntryKind.SenderDomain, true, 45)]
    [InlineData(EntryKind.IpAddress, false, null)]
    [InlineData(EntryKind.Spoof, true, null)]
    public async Task Without_a_choice_a_block_lasts_thirty_days_and_an_allow_until_it_was_unused_for_45(EntryKind kind, bool isAllow, int? days)
    {
        var value = kind switch { EntryKind.FileHash => new string('a', 64), EntryKind.IpAddress => "192.0.2.1", EntryKind.Spoof => "partner.example, mailer.example", _ => "evil.example" };

        var saved = await _host.SavedAsync(new EntryDraft(kind, value, isAllow));

        Assert.Equal(days is { } some ? _host.Clock.GetUtcNow().AddDays(some) : null, saved.Expires);
    }

    public static TheoryData<EntryKind, bool, EntryExpiry, string> WrongExpiries => new()
    {
        { EntryKind.SenderDomain, false, EntryExpiry.After(91), "90 days" },
        { EntryKind.SenderDomain, false, EntryExpiry.AfterUnused(), "Only an allow" },
        { EntryKind.SenderDomain, true, EntryExpiry.Never, "cannot stay for ever" },
        { EntryKind.SenderDomain, true, EntryExpiry.After(31), "30 days" },
        { EntryKind.SenderDomain, true, EntryExpiry.AfterUnused(400), "45 days" },
        { EntryKind.SenderDomain, false, EntryExpiry.On(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)), "passed already" },
        { EntryKind.IpAddress, false, EntryExpiry.After(10), "never expire" },
        { EntryKind.Spoof, true, EntryExpiry.After(10), "never expire" },
    };

    [Theory]
    [MemberData(nameof(WrongExpiries))]
    public async Task An_expiry_that_an_entry_cannot_have_is_refused_in_words(EntryKind kind, bool isAllow, EntryExpiry expiry, string words)
    {
        var value = kind switch { EntryKind.IpAddress => "192.0.2.1", EntryKind.Spoof => "partner.example, mailer.example", _ => "evil.example" };

        var check = await Door.SaveAsync(World.Chief, null, new EntryDraft(kind, value, isAllow, expiry), true, Token);

        Assert.Contains(words, check.Problem, StringComparison.Ordinal);
        Assert.Null(check.Saved);
    }

    [Theory]
    [InlineData(EntryKind.SenderDomain, "com", false, "public suffix")]
    [InlineData(EntryKind.SenderDomain, "co.uk", false, "public suffix")]
    [InlineData(EntryKind.SenderDomain, "*.com", true, "everybody")]
    [InlineData(EntryKind.IpAddress, "0.0.0.0/0", false, "every address")]
    [InlineData(EntryKind.IpAddress, "::/0", true, "every address")]
    [InlineData(EntryKind.IpAddress, "64.0.0.0/7", false, "wider than /8")]
    [InlineData(EntryKind.IpAddress, "2001::/16", false, "wider than /24")]
    [InlineData(EntryKind.FileHash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", false, "empty file")]
    [InlineData(EntryKind.Spoof, "weir.example, *", true, "anybody")]
    [InlineData(EntryKind.Spoof, "com, *", false, "public suffix")]
    [InlineData(EntryKind.Spoof, "com, mailer.example", true, "public suffix")]
    [InlineData(EntryKind.Spoof, "partner.example, *.com", true, "public suffix")]
    public async Task What_would_hit_everybody_is_refused_with_the_reason(EntryKind kind, string value, bool isAllow, string words)
    {
        var check = await Door.SaveAsync(World.Chief, null, new EntryDraft(kind, value, isAllow), isConfirmed: true, Token);

        Assert.Contains(words, check.Problem, StringComparison.Ordinal);
        Assert.Equal(0, _host.Get<KeptList>().Version);
    }

    [Theory]
    [InlineData(EntryKind.SenderDomain, "mail.weir.example", false, "your own organisation")]
    [InlineData(EntryKind.Sender, "chief@weir.example", false, "your own people")]
    [InlineData(EntryKind.SenderDomain, "weir.example", true, "taken over a mailbox")]
    [InlineData(EntryKind.UrlDomain, "weir.example", false, "your own site")]
    [InlineData(EntryKind.Url, "https://weir.example/", false, "your own site")]
    [InlineData(EntryKind.SenderDomain, "gmail.com", false, "anybody gets an address")]
    [InlineData(EntryKind.SenderDomain, "gmail.com", true, "attackers use it too")]
    [InlineData(EntryKind.SenderDomain, "*.zip", false, "every domain below zip")]
    [InlineData(EntryKind.IpAddress, "198.51.0.0/16", false, "65,536")]
    [InlineData(EntryKind.IpAddress, "10.1.2.3", false, "machines of your own")]
    [InlineData(EntryKind.Spoof, "*, 198.51.100.7", true, "as anybody, your own people too")]
    [InlineData(EntryKind.Spoof, "*, mailer.example", true, "as anybody, your own people too")]
    [InlineData(EntryKind.Spoof, "*.com, mailer.example", true, "everybody below com")]
    [InlineData(EntryKind.Spoof, "*.com, *", false, "not proven")]
    [InlineData(EntryKind.Spoof, "weir.example, *", false, "not proven")]
    [InlineData(EntryKind.Spoof, "weir.example, gmail.com", true, "whoever uses it could write as weir.example")]
    public async Task What_would_hit_many_is_asked_twice(EntryKind kind, string value, bool isAllow, string words)
    {
        var draft = new EntryDraft(kind, value, isAllow);

        var first = await Door.SaveAsync(World.Chief, null, draft, isConfirmed: false, Token);
        Assert.Contains(words, Assert.Single(first.Cautions), StringComparison.Ordinal);
        Assert.Equal((null, null), (first.Problem, first.Saved));

        Assert.NotNull((await Door.SaveAsync(World.Chief, null, draft, isConfirmed: true, Token)).Saved);
    }

    [Theory]
    [InlineData("010.1.2.3")]
    [InlineData("192.0.2.08")]
    [InlineData("0x0a.1.2.3")]
    [InlineData("192.000.2.0/24")]
    public async Task An_address_that_people_and_programs_read_otherwise_is_none(string value)
    {
        var check = await Door.SaveAsync(World.Chief, null, new EntryDraft(EntryKind.IpAddress, value, IsAllow: false), isConfirmed: true, Token);

        Assert.Contains("neither an IP address nor a network", check.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_not_changed_into_one_that_was_taken_out()
    {
        var gone = await Door.SaveAsync(World.Chief, null, new EntryDraft(EntryKind.SenderDomain, "gone.example", IsAllow: false), isConfirmed: false, Token);
        await Door.RemoveAsync(World.Chief, [gone.Saved!.Entry.Id], Token);
        var kept = await Door.SaveAsync(World.Chief, null, new EntryDraft(EntryKind.SenderDomain, "kept.example", IsAllow: false), isConfirmed: false, Token);

        var check = await Door.SaveAsync(World.Chief, kept.Saved!.Entry.Id, new EntryDraft(EntryKind.SenderDomain, "gone.example", IsAllow: false), isConfirmed: false, Token);

        Assert.Contains("was taken out", check.Problem, StringComparison.Ordinal);
        Assert.NotNull((await Door.SaveAsync(World.Chief, null, new EntryDraft(EntryKind.SenderDomain, "gone.example", IsAllow: false), isConfirmed: false, Token)).Saved);
    }

    [Fact]
    public async Task Somebody_at_a_mail_service_is_blocked_without_a_question()
    {
        var check = await Door.SaveAsync(World.Chief, null, new EntryDraft(EntryKind.Sender, "mallory@gmail.com", IsAllow: false), isConfirmed: false, Token);

        Assert.NotNull(check.Saved);
    }

    [Fact]
    public async Task The_same_entry_is_not_there_twice_and_an_allow_of_what_is_blocked_is_asked_about()
    {
        await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false));

        var same = await Door.SaveAsync(World.Chief, null, new EntryDraft(EntryKind.SenderDomain, "EVIL.example", IsAllow: false), true, Token);
        var allow = await Door.SaveAsync(World.Chief, null, new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: true), false, Token);

        Assert.Contains("chief added it on 2026-11-02", same.Problem, StringComparison.Ordinal);
        Assert.Contains("block beats an allow", Assert.Single(allow.Cautions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_out_may_come_again()
    {
        var saved = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false));
        await Door.RemoveAsync(World.Chief, [saved.Entry.Id], Token);
        Assert.Null(await Door.FindAsync(World.Reader, saved.Entry.Id, Token));

        var again = await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "evil.example", IsAllow: false, Note: "again"));

        Assert.Equal((saved.Entry.Id, "again"), (again.Entry.Id, again.Entry.Note));
    }

    [Fact]
    public async Task Entries_are_searched_filtered_sorted_and_counted()
    {
        await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "b.example", IsAllow: false, EntryExpiry.After(5), "invoices"));
        await _host.SavedAsync(new EntryDraft(EntryKind.SenderDomain, "a.example", IsAllow: false));
        await _host.SavedAsync(new EntryDraft(EntryKind.Sender, "a@b.example", IsAllow: true));
        await _host.SavedAsync(new EntryDraft(EntryKind.IpAddress, "192.0.2.0/24", IsAllow: false));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        async Task<string> ValuesAsync(EntryQuery query) => string.Join(' ', (await Door.ListAsync(World.Reader, query, Token)).Entries.Select(entry => entry.Entry.Value));
        Assert.Equal("192.0.2.0/24 a.example a@b.example b.example", await ValuesAsync(new EntryQuery { Order = EntryOrder.Value, IsDescending = false }));
        Assert.Equal("a.example b.example", await ValuesAsync(new EntryQuery { Kinds = [EntryKind.SenderDomain], Order = EntryOrder.Value, IsDescending = false }));
        Assert.Equal("b.example", await ValuesAsync(new EntryQuery { Text = "INVOICE" }));
        Assert.Equal("a@b.example", await ValuesAsync(new EntryQuery { IsAllow = true }));
        Assert.Equal("b.example", await ValuesAsync(new EntryQuery { State = EntryState.Expiring }));
        var page = await Door.ListAsync(World.Reader, new EntryQuery { Kinds = [EntryKind.SenderDomain], Take = 1 }, Token);
        Assert.Equal((2, 1, 2, 1), (page.Total, page.Entries.Count, page.Counts[EntryKind.SenderDomain], page.Counts[EntryKind.Sender]));

        _host.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal("b.example", await ValuesAsync(new EntryQuery { State = EntryState.Expired }));
    }

    [Fact]
    public async Task Of_a_hundred_thousand_lines_half_of_them_wrong_the_good_ones_are_saved_and_the_others_named()
    {
        var text = string.Join('\n', Enumerable.Range(0, 50_000).Select(i => $"block url https://evil{i}.example/login\nblock url evil{i}"));

        var read = await Door.ReadAsync(World.Chief, text, new EntryDefaults(IsAllow: false), Token);
        var added = await Door.AddAsync(World.Chief, read.Good, isConfirmed: false, Token);

        Assert.Equal((50_000, 50_000, 0), (read.Good.Count, read.Bad.Count, read.AlreadyThere));
        Assert.Equal((100_000, "block url evil49999"), (read.Bad[^1].Number, read.Bad[^1].Text));
        Assert.Contains("no host", read.Bad[^1].Reason, StringComparison.Ordinal);
        Assert.Equal((50_000, 0, 0), (added.Added, added.AlreadyThere, added.LeftOut.Count));
        Assert.Equal("evil49999.example/login", Assert.Single(_host.Find(new MailTraits { Urls = [("https://evil49999.example/login?a", "evil49999.example")] })).Value);
        Assert.Equal(50_000, (await Door.ReadAsync(World.Chief, text, new EntryDefaults(IsAllow: false), Token)).AlreadyThere);
    }

    [Fact]
    public async Task Of_many_lines_those_that_need_a_second_thought_are_left_out_until_it_was_had()
    {
        var read = await Door.ReadAsync(World.Chief, "weir.example\nevil.example\nevil.example\ncom", new EntryDefaults(IsAllow: false), Token);

        Assert.Equal((2, 1, 1), (read.Good.Count, read.Bad.Count, read.AlreadyThere));
        Assert.Equal(1, Assert.Single(read.Cautions).Number);
        Assert.Equal((1, 1), await Door.AddAsync(World.Chief, read.Good, isConfirmed: false, Token) is var first ? (first.Added, first.LeftOut.Count) : default);
        Assert.Equal((1, 1), await Door.AddAsync(World.Chief, read.Good, isConfirmed: true, Token) is var second ? (second.Added, second.AlreadyThere) : default);
    }
}
