using Weir.Events.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>
/// Finds any page of a view without counting through all rows before it: the histogram says in which step of time a page lies;
/// crowded steps are counted again more finely. Ordered by another column, the store sorts and passes over.
/// </summary>
internal sealed class RowPages(Func<string, int, CancellationToken, ValueTask<Answer>> ask, ExplorerQuery query, RowOrder order, IReadOnlyList<string> columns, IReadOnlyList<TimeBin> bins)
{
    public const int PageSize = 100;

    /// <summary>A step with more messages is counted again with shorter steps.</summary>
    public const int Crowded = 2_000;

    // Pages are asked for while others are under way; only one of them may cut steps at a time.
    private Task _turn = Task.CompletedTask;
    private readonly List<TimeBin> _bins = [.. order.IsDescending ? bins.OrderByDescending(bin => bin.Start) : bins.OrderBy(bin => bin.Start)];

    public long Total { get; } = bins.Sum(bin => bin.Count);

    /// <summary>The rows of a page in order; fewer when some went meanwhile.</summary>
    public async ValueTask<Answer> PageAsync(int page, CancellationToken cancellationToken)
    {
        var start = (long)page * PageSize;
        var take = (int)Math.Clamp(Total - start, 0, PageSize);
        if (take == 0 || !order.IsByTime)
        {
            return await RowsAsync(query.Window.From, query.Window.To, start, take, cancellationToken);
        }

        var (from, to, skip) = await SpanAsync(start, take, cancellationToken);
        return await RowsAsync(from, to, skip, take, cancellationToken);
    }

    /// <summary>The time that holds these rows, and how many rows of it come before them.</summary>
    private async ValueTask<(DateTimeOffset From, DateTimeOffset To, long Skip)> SpanAsync(long start, int take, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref _turn, mine.Task);
        try
        {
            var (first, before) = Locate(start);
            while (_bins[first] is { Count: > Crowded } crowded && crowded.End - crowded.Start > TimeSpan.FromSeconds(1))
            {
                await RefineAsync(first, cancellationToken);
                (first, before) = Locate(start);
            }

            var last = first;
            for (var reached = before + _bins[first].Count; reached < start + take && last < _bins.Count - 1; reached += _bins[last].Count)
            {
                last++;
            }

            var from = _bins[first].Start < _bins[last].Start ? _bins[first].Start : _bins[last].Start;
            var to = _bins[first].End > _bins[last].End ? _bins[first].End : _bins[last].End;
            return (from, to, start - before);
        }
        finally
        {
            mine.SetResult();
        }
    }

    private (int Index, long Before) Locate(long row)
    {
        var before = 0L;
        for (var index = 0; index < _bins.Count; index++)
        {
            if (row < before + _bins[index].Count)
            {
                return (index, before);
            }

            before += _bins[index].Count;
        }

        return (_bins.Count - 1, before - _bins[^1].Count);
    }

    private async ValueTask RefineAsync(int index, CancellationToken cancellationToken)
    {
        var coarse = _bins[index];
        var step = new TimeWindow(coarse.Start, coarse.End).Step;
        var answer = await ask(query.Histogram(coarse.Start, coarse.End, step), 1_000, cancellationToken);
        var fine = Bins(answer, coarse.Start, coarse.End, step);
        // A burst inside the shortest step stays whole; so does a step whose messages went meanwhile.
        if (fine.Count == 0 || (fine.Count == 1 && fine[0].Start == coarse.Start && fine[0].End == coarse.End))
        {
            fine = [coarse with { End = coarse.Start.AddSeconds(1) }];
        }

        _bins.RemoveAt(index);
        _bins.InsertRange(index, order.IsDescending ? fine.OrderByDescending(bin => bin.Start) : fine.OrderBy(bin => bin.Start));
    }

    private async ValueTask<Answer> RowsAsync(DateTimeOffset from, DateTimeOffset to, long skip, int take, CancellationToken cancellationToken)
    {
        var answer = await ask(query.Rows(from, to, order, columns, skip, take), PageSize, cancellationToken);
        return skip > 0 ? answer with { Rows = [.. answer.Rows.Reverse()] } : answer;
    }

    /// <summary>The steps of an answer with the columns Start and Count, cut to the window; series of one step are added up.</summary>
    public static IReadOnlyList<TimeBin> Bins(Answer answer, DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        var (start, count) = (answer.IndexOf("Start"), answer.IndexOf("Count"));
        return
        [
            .. answer.Rows.GroupBy(row => (DateTime)row[start]!).OrderBy(group => group.Key).Select(group =>
            {
                var begin = new DateTimeOffset(DateTime.SpecifyKind(group.Key, DateTimeKind.Utc));
                var end = begin + step;
                return new TimeBin(begin < from ? from : begin, end > to ? to : end, group.Sum(row => Convert.ToInt64(row[count], System.Globalization.CultureInfo.InvariantCulture)));
            }),
        ];
    }
}

/// <summary>A step of time with its number of messages; the end is exclusive.</summary>
internal sealed record TimeBin(DateTimeOffset Start, DateTimeOffset End, long Count);
