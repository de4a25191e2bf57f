using System.Globalization;

namespace Weir.Portal.Explorer;

/// <summary>From (inclusive) to (exclusive), UTC.</summary>
internal sealed record TimeWindow(DateTimeOffset From, DateTimeOffset To)
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7),
    ];

    /// <summary>Steps are counted from here: a day begins at the viewer's midnight.</summary>
    public DateTimeOffset Origin { get; init; }

    /// <summary>The smallest usual step that cuts the window into at most sixty bars; over more than two weeks whole days.</summary>
    public TimeSpan Step => Steps.FirstOrDefault(step => (To - From) / step <= 60 && (To - From <= TimeSpan.FromDays(14) || step >= TimeSpan.FromDays(1)), Steps[^1]);

    /// <summary>The beginning of the step that an instant lies in.</summary>
    public DateTimeOffset StartOfStep(DateTimeOffset at, TimeSpan step)
    {
        var into = (at.UtcTicks - Origin.UtcTicks) % step.Ticks;
        return new DateTimeOffset(at.UtcTicks - (into < 0 ? into + step.Ticks : into), TimeSpan.Zero);
    }

    /// <summary>The KQL that gives the beginning of a message's step.</summary>
    public string Bin(TimeSpan step) => Origin.UtcTicks % step.Ticks == 0
        ? $"bin(Timestamp, {KqlText.Literal(step)})"
        : $"bin_at(Timestamp, {KqlText.Literal(step)}, {KqlText.Literal(Origin)})";
}

/// <summary>A time range as a person chooses it.</summary>
/// <param name="Id">As in the address.</param>
internal sealed record TimePreset(string Id, string Name, string InWords);

/// <summary>What the address says about time: a preset, or two instants.</summary>
internal sealed record TimeRange(string? Preset, DateTimeOffset From, DateTimeOffset To)
{
    public const string DefaultPreset = "2d";

    public static IReadOnlyList<TimePreset> Presets { get; } =
    [
        new("1h", "Last hour", "in the last hour"),
        new("24h", "Last 24 hours", "in the last 24 hours"),
        new(DefaultPreset, "Yesterday and today", "yesterday and today"),
        new("48h", "Last 48 hours", "in the last 48 hours"),
        new("7d", "Last 7 days", "in the last 7 days"),
        new("30d", "Last 30 days", "in the last 30 days"),
        new("90d", "Last 90 days", "in the last 90 days"),
    ];

    public static TimeRange Default { get; } = new(DefaultPreset, default, default);

    /// <summary>More days than any record has.</summary>
    public const int MostDays = 3_650;

    public string InWords => Of(Preset)?.InWords ?? "in this time";

    public string Name => Of(Preset)?.Name ?? "Exact times";

    public static TimeRange Read(string? preset, string? from, string? to)
    {
        if (Instant(from) is { } start && Instant(to) is { } end && start < end)
        {
            return new TimeRange(Preset: null, start, end);
        }

        return Of(preset) is not null ? new TimeRange(preset, default, default) : Default;
    }

    /// <summary>The window now, where days are the viewer's.</summary>
    public TimeWindow Window(DateTimeOffset now, TimeZoneInfo zone) => Times(now, zone) with { Origin = StartOfDay(now, zone, 0) };

    private TimeWindow Times(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Preset is null)
        {
            return new TimeWindow(From, To);
        }

        // A whole second, so that the same question asked twice in a second is the same question.
        var to = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero).AddSeconds(1);
        return Preset switch
        {
            "1h" => new TimeWindow(to.AddHours(-1), to),
            "24h" => new TimeWindow(to.AddDays(-1), to),
            "48h" => new TimeWindow(to.AddDays(-2), to),
            _ => new TimeWindow(StartOfDay(now, zone, 1 - (Days(Preset) ?? 2)), to),
        };
    }

    /// <summary>A usual preset, or a number of days; nothing for anything else.</summary>
    private static TimePreset? Of(string? preset) => Presets.FirstOrDefault(known => known.Id == preset)
        ?? (preset is not null && Days(preset) is { } days ? new TimePreset(preset, days == 1 ? "Today" : $"Last {days} days", days == 1 ? "today" : $"in the last {days} days") : null);

    private static int? Days(string preset) =>
        preset is [.. var number, 'd'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays && number[0] != '0' ? days : null;

    private static DateTimeOffset StartOfDay(DateTimeOffset now, TimeZoneInfo zone, int days)
    {
        var day = DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(days), DateTimeKind.Unspecified);
        // A day may begin an hour late where the clocks are put forward at midnight.
        while (zone.IsInvalidTime(day))
        {
            day = day.AddMinutes(30);
        }

        return new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUniversalTime();
    }

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
