using Weir.Access;
using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Events.Tests.Asking;

/// <summary>Whole answers as files in the background.</summary>
public sealed class ExportsTests : IAsyncLifetime
{
    private static readonly Caller Anna = new("anna", "Anna", new HashSet<Permission> { Permission.EmailMetadataRead });
    private static readonly Caller Ben = Anna with { Id = "ben" };

    private TestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IExports Exports => _host.Get<IExports>();

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(services => services.AddAccess().AddEvents());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_row_is_in_the_file_and_only_its_owner_sees_it()
    {
        var order = Order("range x from 1 to 20000 step 1 | sort by x asc", 25_000);
        var id = await Exports.StartAsync(Anna, order with { Parts = [.. order.Parts, "range x from 20001 to 25000 step 1 | sort by x asc"] }, Token);
        var made = await EndedAsync(Anna, id);

        Assert.Equal((ExportState.Ready, 25_000L, "rows.csv"), (made.State, made.Rows, made.FileName));
        await using (var file = await Exports.OpenAsync(Anna, id, Token))
        using (var reader = new StreamReader(file!))
        {
            var lines = (await reader.ReadToEndAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal((25_001, "x", "1", "25000"), (lines.Length, lines[0], lines[1], lines[^1]));
            Assert.Equal(file!.Length, made.Bytes);
        }

        Assert.Empty(Exports.List(Ben));
        Assert.Null(await Exports.OpenAsync(Ben, id, Token));
        Exports.Remove(Ben, id);
        Assert.Single(Exports.List(Anna));
        Exports.Remove(Anna, id);
        Assert.Empty(Exports.List(Anna));
        Assert.Empty(System.IO.Directory.GetFiles(Path.Combine(_host.Directory.Path, "exports")));
    }

    [Fact]
    public async Task One_that_is_cancelled_leaves_no_file()
    {
        using var gate = new ManualResetEventSlim();
        var order = Order("range x from 1 to 5000 step 1 | sort by x asc", 5_000) with
        {
            Line = (_, row) =>
            {
                if (row[0] is > 1_500L)
                {
                    gate.Wait(Token);
                }

                return $"{row[0]}\n";
            },
        };
        var id = await Exports.StartAsync(Anna, order, Token);
        await UntilAsync(() => Exports.List(Anna)[0] is { Rows: 1_000, State: ExportState.Running });

        Exports.Remove(Anna, id);
        gate.Set();

        Assert.Empty(Exports.List(Anna));
        await UntilAsync(() => System.IO.Directory.GetFiles(Path.Combine(_host.Directory.Path, "exports")).Length == 0);
    }

    [Fact]
    public async Task A_question_that_has_no_answer_says_why_and_leaves_no_file()
    {
        var id = await Exports.StartAsync(Anna, Order("NoSuchTable", expected: null), Token);
        var made = await EndedAsync(Anna, id);

        Assert.Equal(ExportState.Failed, made.State);
        Assert.Contains("NoSuchTable", made.Problem, StringComparison.Ordinal);
        Assert.Null(await Exports.OpenAsync(Anna, id, Token));
    }

    [Fact]
    public async Task What_an_earlier_process_left_and_what_is_older_than_a_week_goes()
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_host.Directory.Path, "exports"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "old.csv"), "x", Token);
        var first = await Exports.StartAsync(Anna, Order("print x = 1", 1), Token);
        await EndedAsync(Anna, first);
        _host.Clock.Advance(TimeSpan.FromDays(8));
        var second = await Exports.StartAsync(Anna, Order("print x = 1", 1), Token);
        await EndedAsync(Anna, second);

        Assert.Equal(second, Assert.Single(Exports.List(Anna)).Id);
        Assert.Equal([second + ".csv"], System.IO.Directory.GetFiles(folder.FullName).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Nobody_has_more_than_twenty_and_whoever_may_not_read_mail_has_none()
    {
        for (var i = 0; i < 20; i++)
        {
            await Exports.StartAsync(Anna, Order("print x = 1", 1), Token);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Exports.StartAsync(Anna, Order("print x = 1", 1), Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Exports.StartAsync(Anna with { Permissions = new HashSet<Permission>() }, Order("print x = 1", 1), Token));
        await Exports.StartAsync(Ben, Order("print x = 1", 1), Token);
    }

    private static ExportOrder Order(string kql, long? expected) => new("Rows", "rows.csv", [kql], expected, "x\n", (_, row) => $"{row[0]}\n");

    private async Task<Export> EndedAsync(Caller caller, string id)
    {
        await UntilAsync(() => Exports.List(caller).Single(each => each.Id == id).EndedAt is not null);
        return Exports.List(caller).Single(each => each.Id == id);
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        for (var tries = 0; !isTrue(); tries++)
        {
            Assert.InRange(tries, 0, 2_000);
            await Task.Delay(20, Token);
        }
    }
}
