using Weir.Sample.Contracts;

namespace Weir.Sample.Flow;

/// <summary>Puts what was planned hour by hour into order of time, holding only what is still to come.</summary>
internal static class Merge
{
    /// <summary>The plans of an interval, in order of time.</summary>
    /// <param name="hours">Plans by the hour in which they begin; nothing of a plan happens before that hour.</param>
    public static IEnumerable<Planned> InOrder(IEnumerable<(DateTimeOffset Hour, IEnumerable<Planned> Plans)> hours, DateTimeOffset from, DateTimeOffset to)
    {
        var waiting = new PriorityQueue<Planned, (DateTimeOffset At, string Key)>(Comparer<(DateTimeOffset At, string Key)>.Create(static (left, right) =>
            left.At != right.At ? left.At.CompareTo(right.At) : string.CompareOrdinal(left.Key, right.Key)));
        foreach (var (hour, plans) in hours)
        {
            while (waiting.TryPeek(out var next, out _) && next.At < hour)
            {
                yield return waiting.Dequeue();
            }

            foreach (var plan in plans.Where(plan => plan.At >= from && plan.At < to))
            {
                waiting.Enqueue(plan, (plan.At, plan.Key));
            }
        }

        while (waiting.TryDequeue(out var last, out _))
        {
            yield return last;
        }
    }

    public static IEnumerable<SampleEvent> Made(IEnumerable<Planned> plans) => plans.Select(plan => plan.Make());
}
