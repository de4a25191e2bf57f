using Weir.Events;
using Weir.Events.Contracts;
using Weir.Portal.Explorer;

namespace Weir.Portal.Tests.Explorer;

/// <summary>Whatever Explorer can ask is asked of the real engine, over empty tables.</summary>
public sealed class RealStoreTests : IDisposable
{
    private static readonly TimeWindow Window = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));

    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddScratchStore().BuildServiceProvider();

    public static TheoryData<string> Properties => [.. ExplorerProperties.All.Select(property => property.Id)];

    public static TheoryData<string> Columns => [.. MailColumns.All.Select(column => column.Id)];

    public static TheoryData<string> Pivots => [.. Pivot.All.Select(pivot => pivot.Id)];

    public void Dispose() => _services.Dispose();

    [Theory, MemberData(nameof(Properties))]
    public async Task A_property_can_be_asked_with_each_of_its_comparisons(string id)
    {
        var property = ExplorerProperties.Find(id)!;
        string[] values = property.Kind switch
        {
            PropertyKind.Number => ["7", "8"],
            PropertyKind.Choice => [.. property.Choices.Select(choice => choice.Value)],
            _ => ["it's", "\"two\""],
        };
        foreach (var comparison in property.Operators)
        {
            Assert.Empty((await AskAsync(Query(new ConditionTest(id, comparison, values)).Messages())).Rows);
            Assert.Empty((await AskAsync((Query(new ConditionTest(id, comparison, values)) with { View = ExplorerView.Clicks }).Messages())).Rows);
        }
    }

    [Theory, MemberData(nameof(Columns))]
    public async Task A_column_can_be_sorted_by_both_ways_and_far_down(string id)
    {
        var column = MailColumns.Find(id)!;
        foreach (var isDescending in new[] { true, false })
        {
            var query = Query().Rows(Window.From, Window.To, new RowOrder(column.Sort, isDescending), MailColumns.Sources([MailColumns.All[0]], column), skip: 100, take: 100);

            Assert.Empty((await AskAsync(query)).Rows);
        }
    }

    [Theory, MemberData(nameof(Pivots))]
    public async Task A_pivot_can_be_counted(string id)
    {
        var pivot = Pivot.Find(id);

        Assert.Empty((await AskAsync(Query().Top(pivot))).Rows);
        Assert.Empty((await AskAsync(Query().Histogram(pivot, pivot.IsOpen ? ["a"] : null, TimeSpan.FromHours(1)))).Rows);
    }

    private static ExplorerQuery Query(params Condition[] parts) => new(Window, new ConditionGroup(IsAny: false, IsNegated: false, parts));

    private async Task<Answer> AskAsync(string kql) => await _services.GetRequiredService<IScratchStore>().AskAsync(kql, Window.To, TestContext.Current.CancellationToken);
}
