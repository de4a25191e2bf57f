using CsCheck;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Explorer;
using Weir.Portal.Tests.Support;

namespace Weir.Portal.Tests.Explorer;

public sealed class RowPagesTests
{
    private static readonly DateTimeOffset Newest = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(2_345)]
    public async Task All_pages_together_are_all_rows_once_and_in_order(int count)
    {
        var (pages, _) = await OpenAsync(count, isDescending: true);

        var ids = new List<string>();
        for (var page = 0; page * RowPages.PageSize < Math.Max(1, count); page++)
        {
            ids.AddRange(Ids(await pages.PageAsync(page, TestContext.Current.CancellationToken)));
        }

        Assert.Equal(Enumerable.Range(0, count).Select(FakeMail.IdOf), ids);
    }

    [Fact]
    public async Task A_page_in_the_middle_of_a_million_is_found_without_passing_over_many()
    {
        var (pages, questions) = await OpenAsync(1_000_000, isDescending: true);

        var ids = Ids(await pages.PageAsync(5_000, TestContext.Current.CancellationToken));

        Assert.Equal(FakeMail.IdOf(500_000), ids[0]);
        Assert.Equal(FakeMail.IdOf(500_099), ids[^1]);
        var rows = questions.Asked[^1];
        var taken = int.Parse(rows.Split("| take ")[1].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(taken, 100, RowPages.Crowded + RowPages.PageSize);
    }

    [Fact]
    public async Task The_oldest_first_is_the_mirror_image()
    {
        var (pages, _) = await OpenAsync(1_234, isDescending: false);

        Assert.Equal(FakeMail.IdOf(1_233), Ids(await pages.PageAsync(0, TestContext.Current.CancellationToken))[0]);
        Assert.Equal(FakeMail.IdOf(0), Ids(await pages.PageAsync(12, TestContext.Current.CancellationToken))[^1]);
    }

    [Fact]
    public async Task Pages_asked_for_at_the_same_time_do_not_disturb_each_other()
    {
        var (pages, _) = await OpenAsync(300_000, isDescending: true);
        int[] wanted = [2_999, 0, 1_500, 1_501, 700, 2_400];

        var answers = await Task.WhenAll(wanted.Select(page => pages.PageAsync(page, TestContext.Current.CancellationToken).AsTask()));

        Assert.All(wanted.Zip(answers), pair => Assert.Equal(FakeMail.IdOf(pair.First * 100), Ids(pair.Second)[0]));
    }

    [Fact]
    public Task Any_page_of_any_count_starts_where_it_must() => Gen.Select(Gen.Int[1, 20_000], Gen.Int[0, 199]).SampleAsync(async (count, page) =>
    {
        var (pages, _) = await OpenAsync(count, isDescending: true);

        var ids = Ids(await pages.PageAsync(page, CancellationToken.None));

        Assert.Equal(Enumerable.Range(page * 100, Math.Clamp(count - (page * 100), 0, 100)).Select(FakeMail.IdOf), ids);
    }, iter: 40);

    private static async Task<(RowPages Pages, FakeQuestions Questions)> OpenAsync(int count, bool isDescending)
    {
        var questions = new FakeQuestions(new FakeMail(count, Newest, TimeSpan.FromHours(40)));
        var caller = Caller.System("test", Permission.EmailMetadataRead);
        var query = new ExplorerQuery(new TimeWindow(Newest.AddHours(-48), Newest.AddSeconds(1)), ConditionGroup.Everything);
        ValueTask<Answer> Ask(string kql, int rows, CancellationToken token) => questions.AskAsync(caller, new Question(kql), token);
        var histogram = await Ask(query.Histogram(Pivot.All[0], top: null, query.Window.Step), 10_000, CancellationToken.None);
        var bins = RowPages.Bins(histogram, query.Window.From, query.Window.To, query.Window.Step);
        return (new RowPages(Ask, query, new RowOrder("Timestamp", isDescending), MailColumns.Keys, bins), questions);
    }

    private static List<string> Ids(Answer answer) => [.. answer.Rows.Select(row => (string)row[answer.IndexOf("NetworkMessageId")]!)];
}
