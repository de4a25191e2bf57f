namespace Weir.Sample.Flow;

/// <summary>When people and machines write: working hours with a dip at lunch, quiet nights, machines round the clock. Hours of Hamburg as UTC+1 all year.</summary>
internal static class Clock
{
    private static readonly double[] Workday = [0.05, 0.03, 0.03, 0.03, 0.05, 0.15, 0.4, 1.0, 1.9, 2.4, 2.4, 2.1, 0.9, 1.5, 2.2, 2.0, 1.6, 0.8, 0.4, 0.25, 0.2, 0.15, 0.1, 0.08];
    private static readonly double WeekSum = Enumerable.Range(0, 168).Sum(hour => PeopleWeight(hour));

    public static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(1));

    /// <summary>The part of a week's personal mail that falls into this hour.</summary>
    public static double PeopleShare(DateTimeOffset hour) => PeopleWeight(HourOfWeek(hour)) / WeekSum;

    /// <summary>The same for machines, which hardly care.</summary>
    public static double MachineShare(DateTimeOffset hour) => (0.7 + (0.3 * PeopleWeight(HourOfWeek(hour)) * 168 / WeekSum)) / 168;

    /// <summary>0 at night, 1 at the busiest hour.</summary>
    public static double Busyness(DateTimeOffset hour) => Math.Min(1, PeopleWeight(HourOfWeek(hour)) / 2.4);

    /// <summary>The next moment at which somebody is at work.</summary>
    public static DateTimeOffset AtWork(DateTimeOffset at, Dice dice)
    {
        var local = Local(at);
        if (local.Hour is >= 7 and < 18 && local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        {
            return at;
        }

        var day = local.Hour >= 18 ? local.Date.AddDays(1) : local.Date;
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(1);
        }

        return new DateTimeOffset(day, local.Offset).AddHours(8).AddSeconds(dice.Below(7200)).ToUniversalTime();
    }

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static int HourOfWeek(DateTimeOffset at)
    {
        var local = Local(at);
        return ((int)local.DayOfWeek * 24) + local.Hour;
    }

    private static double PeopleWeight(int hourOfWeek) => hourOfWeek / 24 is 0 or 6 ? 0.08 + (0.06 * Workday[hourOfWeek % 24]) : Workday[hourOfWeek % 24];
}
