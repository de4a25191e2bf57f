using System.Globalization;
using CsCheck;
using Weir.Events.Contracts;
using Weir.Portal.Explorer;

namespace Weir.Portal.Tests.Explorer;

public sealed class ExplorerAddressTests
{
    private static readonly ExplorerProperty[] Texts = [.. ExplorerProperties.All.Where(property => property.Kind == PropertyKind.Text && property.Operators.Count > 2)];

    private static readonly Gen<Condition> Tests = Gen.Select(Gen.Int[0, Texts.Length - 1], Gen.Int[0, 2], Gen.String[1, 20].Array[1, 3])
        .Select(Condition (property, comparison, values) => new ConditionTest(Texts[property].Id, Texts[property].Operators[comparison], values));

    private static readonly Gen<ConditionGroup> Trees = Gen.Select(Gen.Bool, Gen.Bool, Tests.Array[1, 4], Tests.Array[1, 3])
        .Select((isAny, isNegated, parts, inner) => new ConditionGroup(isAny, isNegated, [.. parts, new ConditionGroup(!isAny, isNegated, inner)]));

    [Fact]
    public void The_start_view_has_the_shortest_address() => Assert.Equal("/explorer", new ExplorerAddress().Write());

    [Fact]
    public void Any_tree_of_conditions_survives_its_address() => Trees.Sample(tree =>
    {
        // A lone surrogate cannot be written in an address; it comes back as U+FFFD.
        var written = ConditionText.Write(tree);
        var read = ExplorerAddress.Read("http://here" + new ExplorerAddress { Filter = tree }.Write());

        Assert.Empty(read.Problems);
        Assert.Equal(written, ConditionText.Write(read.Filter));
    }, iter: 200);

    [Fact]
    public void Everything_of_a_view_survives_its_address()
    {
        var at = new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.Zero).AddTicks(1_234_567);
        var view = new ExplorerAddress
        {
            Range = new TimeRange(Preset: null, at.AddDays(-3), at),
            Pivot = Pivot.Find("senderDomain"),
            Columns = [MailColumns.Find("date")!, MailColumns.Find("size")!],
            Sort = MailColumns.Find("size")!,
            IsDescending = false,
            HidesChart = true,
            Open = new OpenMessage("019a0000-0000-7000-8000-000000000001", "o'brien+x@weir.example", at) { Row = 1_234 },
        };

        Assert.Equal(view.Write(), ExplorerAddress.Read("http://here" + view.Write()).Write());
        Assert.Equal(view.Open, ExplorerAddress.Read("http://here" + view.Write()).Open);
    }

    [Theory]
    [InlineData("14d", "in the last 14 days", 14)]
    [InlineData("1d", "today", 1)]
    [InlineData("3650d", "in the last 3650 days", 3_650)]
    [InlineData("0d", "yesterday and today", 2)]
    [InlineData("3651d", "yesterday and today", 2)]
    [InlineData("007d", "yesterday and today", 2)]
    public void Any_number_of_days_is_a_range(string preset, string words, int days)
    {
        var range = TimeRange.Read(preset, null, null);
        var now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(words, range.InWords);
        Assert.Equal(now.Date.AddDays(1 - days), range.Window(now, TimeZoneInfo.Utc).From.UtcDateTime);
    }

    [Fact]
    public void A_bar_leads_to_its_time()
    {
        var window = new TimeWindow(new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 24, 12, 15, 0, TimeSpan.Zero));
        var chart = ChartData.Of(new Answer([new("Start", "datetime"), new("Series", "string"), new("Count", "long")], []) { At = window.To }, window, TimeSpan.FromHours(1), Pivot.All[0], TimeZoneInfo.Utc);

        Assert.Equal(["09:30", "10:00", "11:00", "12:00", "12:15"], chart.Edges.Select(edge => edge.ToString("HH:mm", CultureInfo.InvariantCulture)));
        Assert.Equal(chart.Labels.Count + 1, chart.Edges.Count);
    }

    [Fact]
    public void Reading_any_address_never_throws() => Gen.String.Sample(text =>
    {
        var read = ExplorerAddress.Read($"http://here/explorer?q={Uri.EscapeDataString(new string(text.Where(character => !char.IsSurrogate(character)).ToArray()))}&sort={Uri.EscapeDataString(new string(text.Where(char.IsLetter).ToArray()))}&from=x&to=y&message=z&t=9");

        Assert.NotNull(read.Write());
    });

    [Theory]
    [InlineData("""{"and":[{"p":"nonsense","is":["x"]}]}""")]
    [InlineData("""{"and":[{"p":"direction","is":["Sideways"]}]}""")]
    [InlineData("""{"and":[{"p":"size","gt":["1; drop"]}]}""")]
    [InlineData("""{"and":[{"p":"size"}]}""")]
    [InlineData("""{"and":7}""")]
    [InlineData("not json")]
    [InlineData("""{"and":[{"p":"subject","has":["a",7]}]}""")]
    public void What_is_not_understood_is_named(string conditions)
    {
        var problems = new List<string>();

        Assert.Empty(ConditionText.Read(conditions, problems).Tests);
        Assert.Single(problems);
    }

    [Fact]
    public void An_address_that_cannot_be_read_stays_so_until_a_filter_is_chosen()
    {
        var read = ExplorerAddress.Read("http://here/explorer?q=broken");

        Assert.NotEmpty(read.Problems);
        Assert.Equal("/explorer?q=broken&chart=off", (read with { HidesChart = true }).Write());
        Assert.Equal("/explorer", read.WithFilter(ConditionGroup.Everything).Write());
        Assert.Empty(read.WithFilter(ConditionGroup.Everything).Problems);
    }

    [Fact]
    public void A_month_is_shown_in_whole_days()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var window = TimeRange.Read("30d", from: null, to: null).Window(new DateTimeOffset(2026, 11, 24, 9, 30, 15, TimeSpan.Zero), berlin);
        var none = new Weir.Events.Contracts.Answer([new("Start", "datetime"), new("Series", "string"), new("Count", "long")], []) { At = default };

        var chart = ChartData.Of(none, window, window.Step, Pivot.All[0], berlin);

        Assert.Equal(TimeSpan.FromDays(1), window.Step);
        Assert.Equal(30, chart.Labels.Count);
        Assert.Equal(("10-26", "11-24", "2026-11-24"), (chart.Labels[0], chart.Labels[^1], chart.Titles[^1]));
    }

    [Fact]
    public void Deep_and_wide_conditions_are_bounded()
    {
        var problems = new List<string>();
        var wide = ConditionText.Read($$"""{"and":[{{string.Join(',', Enumerable.Repeat("""{"p":"subject","has":["x"]}""", 1_000))}}]}""", problems);

        Assert.True(wide.Tests.Count() < ConditionText.MaxConditions);
        Assert.NotEmpty(problems);

        problems.Clear();
        Assert.Empty(ConditionText.Read(string.Concat(Enumerable.Repeat("""{"and":[""", 500)), problems).Parts);
        Assert.Single(problems);
    }

    [Theory]
    [InlineData("anna@weir.example", "senderAddress recipient mailFrom")]
    [InlineData("019A0000-0000-7000-8000-000000000001", "networkId")]
    [InlineData("<abc@x.example>", "internetId")]
    [InlineData("203.0.113.9", "senderIp")]
    [InlineData("2001:db8::1", "senderIp")]
    [InlineData("evil.example", "senderDomain recipientDomain urlDomain")]
    [InlineData("https://evil.example/a", "url")]
    [InlineData("invoice 98949", "subject")]
    [InlineData("   ", "")]
    public void Search_words_mean_what_they_look_like(string words, string properties) =>
        Assert.Equal(properties, string.Join(' ', SearchWords.Read(words).Filter.Tests.Select(test => test.Property)));

    [Fact]
    public void Yesterday_begins_at_the_viewers_midnight()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        var window = TimeRange.Default.Window(new DateTimeOffset(2026, 11, 24, 9, 30, 15, TimeSpan.Zero), berlin);

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.Zero), window.From);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 9, 30, 16, TimeSpan.Zero), window.To);
        Assert.Equal(TimeSpan.FromHours(1), window.Step);
    }
}
