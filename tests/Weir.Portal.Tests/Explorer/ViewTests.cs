using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Explorer;
using Weir.Portal.Tests.Support;

namespace Weir.Portal.Tests.Explorer;

/// <summary>The views of Explorer and the tables below their charts, asked of a real record.</summary>
public sealed class ViewTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Newest = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Window = new(Newest.AddDays(-1), Newest.AddDays(1));
    private static readonly Caller Reader = new("reader", "Rea Der", new HashSet<Permission> { Permission.EmailMetadataRead });

    private RecordedMail _mail = null!;

    public static TheoryData<string, string> Tables => [.. ExplorerView.All.SelectMany(view => view.Tabs.Where(tab => tab != DetailTab.Email).Select(tab => (view.Id, tab.Id)))];

    public async ValueTask InitializeAsync()
    {
        _mail = await RecordedMail.StartAsync(Newest);
        await _mail.AppendAsync(
        [
            .. _mail.Mail(1, "ben@weir.example"),
            .. _mail.Mail(2, "ben@weir.example", "Phish", "mallory@evil.example", "Your parcel", "203.0.113.9", "", "EVIL.example.", "evil.example", "https://evil.example/pay"),
            .. _mail.Mail(3, "clara@weir.example", "Phish", "mallory@evil.example", "Your parcel", "203.0.113.9", "unknown", "evil.example", "evil.example", "https://evil.example/pay"),
            .. _mail.Mail(4, "ben@weir.example", "Malware", "carol@worse.example", "Order", "198.51.100.20", "host.worse.example", "worse.example", "", family: "W32/Dropper.B"),
            .. _mail.Mail(5, "clara@weir.example", url: "https://shop.example/a"),
            .. _mail.Campaign("019a3333-0000-7000-8000-000000000001", "Phish.DHL.0001", "Phish", 2, 3),
            .. _mail.Campaign("019a3333-0000-7000-8000-000000000002", "Malware.W32.0002", "Malware", 4),
            _mail.Click(5, "https://shop.example/a", "clara@weir.example"),
            _mail.Click(2, "https://evil.example/pay", "ben@weir.example", "ClickBlocked"),
            _mail.Click(2, "https://evil.example/pay", "ben@weir.example", "ClickBlocked", isThrough: true, minutesAfter: 2),
        ]);
    }

    public ValueTask DisposeAsync() => _mail.DisposeAsync();

    [Theory, MemberData(nameof(Tables))]
    public async Task Every_table_of_every_view_is_answered_and_its_links_are_addresses_of_Explorer(string view, string tab)
    {
        var query = Query(view);
        var table = DetailTable.Of(query, ExplorerView.OfId(view).Tabs.First(each => each.Id == tab));
        var answer = await AskAsync(table.Kql);

        Assert.NotEmpty(answer.Rows);
        Assert.All(table.Columns, column => Assert.True(answer.IndexOf(column.Source) >= 0, column.Source));
        foreach (var address in answer.Rows.SelectMany(row => table.Columns.Select(column => column.Address(Row(answer, row, view)))).OfType<string>().Where(address => address.StartsWith("/explorer", StringComparison.Ordinal)))
        {
            var read = ExplorerAddress.Read("http://here" + address);
            Assert.Empty(read.Problems);
            Assert.NotEmpty((await AskAsync(new ExplorerQuery(Window, read.Filter) { View = read.View }.Messages())).Rows);
        }
    }

    [Theory]
    [InlineData("all", 5)]
    [InlineData("malware", 1)]
    [InlineData("phish", 2)]
    [InlineData("campaigns", 3)]
    [InlineData("url-clicks", 3)]
    public async Task A_view_shows_its_own_rows(string view, int rows) => Assert.Equal(rows, (await AskAsync(Query(view).Messages())).Rows.Count);

    [Fact]
    public async Task Clicks_are_found_by_what_is_true_of_their_message_and_messages_by_their_clicks()
    {
        Assert.Equal(2, (await AskAsync(Query("url-clicks", new ConditionTest("senderDomain", ConditionOperator.Is, ["evil.example"])).Messages())).Rows.Count);
        Assert.Single((await AskAsync(Query("url-clicks", new ConditionTest("senderDomain", ConditionOperator.IsNot, ["evil.example"])).Messages())).Rows);
        Assert.Single((await AskAsync(Query("url-clicks", new ConditionTest("click", ConditionOperator.Is, ["ClickOverridden"])).Messages())).Rows);
        Assert.Single((await AskAsync(Query("phish", new ConditionTest("clickUser", ConditionOperator.Is, ["ben@weir.example"])).Messages())).Rows);
    }

    [Fact]
    public async Task The_sending_server_is_filtered_by_its_reverse_name_its_HELO_and_who_signed()
    {
        Assert.Equal(2, (await AskAsync(Query("all", new ConditionTest("helo", ConditionOperator.Is, ["evil.example"])).Messages())).Rows.Count);
        Assert.Equal(2, (await AskAsync(Query("all", new ConditionTest("dkimDomain", ConditionOperator.Is, ["EVIL.example"])).Messages())).Rows.Count);
        Assert.Empty((await AskAsync(Query("all", new ConditionTest("dkimDomain", ConditionOperator.Is, ["vil.example"])).Messages())).Rows);
        Assert.Single((await AskAsync(Query("all", new ConditionTest("reverseName", ConditionOperator.StartsWith, ["host.worse"])).Messages())).Rows);
        Assert.Equal(2, (await AskAsync(Query("all", new ConditionTest("reverseName", ConditionOperator.Is, [""])).Messages())).Rows.Count);
    }

    [Fact]
    public async Task Top_targeted_users_counts_what_the_link_of_each_number_finds()
    {
        var table = DetailTable.Of(Query("all"), DetailTab.Users);
        var answer = await AskAsync(table.Kql);

        var ben = answer.Rows.Single(row => (string)row[0]! == "ben@weir.example");
        foreach (var column in table.Columns.Where(column => column.Kind == "number"))
        {
            var row = Row(answer, ben, "all");
            var address = column.Address(row);
            var found = address is null ? 0 : (await AskAsync(new ExplorerQuery(Window, ExplorerAddress.Read("http://here" + address).Filter).Messages())).Rows.Count;
            Assert.Equal(row.Number(column.Source), found);
        }
    }

    [Fact]
    public async Task Columns_of_other_tables_stand_beside_the_messages()
    {
        var answer = await AskAsync(Query("all").Everything(new RowOrder("Timestamp", IsDescending: true), ["Timestamp", "NetworkMessageId", "RecipientEmailAddress", "CampaignName", "ClientName", "DkimDomains"]));

        Assert.Equal(5, answer.Rows.Count);
        Assert.Equal("Phish.DHL.0001", answer.Rows[1][answer.IndexOf("CampaignName")]);
        Assert.Equal("host.worse.example", answer.Rows[3][answer.IndexOf("ClientName")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_export_in_the_order_of_time_is_asked_in_parts_that_together_are_the_whole(bool isDescending)
    {
        var (query, order) = (Query("all"), new RowOrder("Timestamp", isDescending));
        // As if each of these minutes had many more.
        TimeBin[] bins = [.. Enumerable.Range(1, 5).Select(minute => new TimeBin(Newest.AddMinutes(-minute), Newest.AddMinutes(1 - minute), 60_000))];
        var parts = MailLines.Parts(query, order, MailColumns.Keys, bins);

        Assert.Equal(5, parts.Count);
        var rows = new List<object?>();
        foreach (var part in parts)
        {
            rows.AddRange((await AskAsync(part)).Rows.Select(row => row[1]));
        }

        Assert.Equal((await AskAsync(query.Everything(order, MailColumns.Keys))).Rows.Select(row => row[1]), rows);
        Assert.Single(MailLines.Parts(query, new RowOrder("Subject", isDescending), MailColumns.Keys, bins));
    }

    [Fact]
    public async Task Each_split_of_clicks_can_be_counted()
    {
        foreach (var pivot in Pivot.Clicks)
        {
            Assert.NotEmpty((await AskAsync(Query("url-clicks").Top(pivot))).Rows);
            Assert.NotEmpty((await AskAsync(Query("url-clicks").Histogram(pivot, pivot.IsOpen ? ["a"] : null, TimeSpan.FromHours(1)))).Rows);
        }
    }

    [Fact]
    public async Task Ten_thousand_pasted_senders_are_found_in_a_second_and_their_address_is_short_and_opens_again()
    {
        var lists = new ValueLists(_mail.Get<IKeptTexts>());
        string[] senders = [.. Enumerable.Range(0, 9_999).Select(line => $"sender-{line}@elsewhere.example"), "Mallory@evil.example"];
        var test = await lists.KeepAsync(Reader, new ConditionTest("senderAddress", ConditionOperator.Is, senders), TestContext.Current.CancellationToken);
        var address = new ExplorerAddress { Filter = new ConditionGroup(IsAny: false, IsNegated: false, [test]) }.Write();

        Assert.InRange(address.Length, 20, 200);
        // As somebody else opens it.
        var read = await new ValueLists(_mail.Get<IKeptTexts>()).ReadAsync(Reader, "http://here" + address, ownColumns: null, TestContext.Current.CancellationToken);
        Assert.Empty(read.Problems);
        Assert.Equal(senders, Assert.Single(read.Filter.Tests).Values);
        Assert.Equal(address, read.Write());
        Assert.Equal(2, (await AskAsync(Query("all", [.. read.Filter.Parts]).Messages())).Rows.Count);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(3, (await AskAsync(Query("all", test with { Operator = ConditionOperator.IsNot }).Messages())).Rows.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 values: {clock.ElapsedMilliseconds} ms");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task An_address_whose_list_is_gone_shows_nothing_and_says_so()
    {
        var read = await new ValueLists(_mail.Get<IKeptTexts>()).ReadAsync(
            Reader, $$"""http://here/explorer?q={"and":[{"p":"senderAddress","is":"{{new string('a', 32)}}"}]}""", ownColumns: null, TestContext.Current.CancellationToken);

        Assert.Equal(["Sender address: its list of values is not kept any more"], read.Problems);
    }

    [Fact]
    public void A_long_list_is_for_whole_values_only()
    {
        var problems = new List<string>();
        var lists = new Dictionary<string, string>(StringComparer.Ordinal) { ["l"] = string.Join('\n', Enumerable.Range(0, 201)) };

        Assert.Empty(ConditionText.Read("""{"and":[{"p":"senderAddress","has":"l"}]}""", problems, lists).Tests);
        Assert.Contains("at most 200 values", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static ExplorerQuery Query(string view, params Condition[] parts) => new(Window, new ConditionGroup(IsAny: false, IsNegated: false, parts)) { View = ExplorerView.OfId(view) };

    private static DetailRow Row(Answer answer, object?[] row, string view) => new(answer, row, new ExplorerAddress { View = ExplorerView.OfId(view) }, TimeZoneInfo.Utc);

    private ValueTask<Answer> AskAsync(string kql) => _mail.Questions.AskAsync(Reader, new Question(kql), TestContext.Current.CancellationToken);
}
