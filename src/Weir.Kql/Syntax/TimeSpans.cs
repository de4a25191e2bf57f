using System.Globalization;

namespace Weir.Kql.Syntax;

/// <summary>Timespans and datetimes as text. Everything in ticks of 100 ns.</summary>
internal static class TimeSpans
{
    /// <summary>Ticks of a unit of a timespan literal, such as <c>d</c> in <c>30d</c>; null when there is no such unit.</summary>
    public static decimal? Unit(string unit) => unit switch
    {
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "m" or "min" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "s" or "sec" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "micro" or "micros" or "microsecond" or "microseconds" => 10,
        "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
        "tick" or "ticks" => 1,
        _ => null,
    };

    /// <summary>Ticks of <c>[-][d.]hh:mm[:ss[.fffffff]]</c>, of a literal such as <c>1.5h</c>, or of a number of days; null when it is none.</summary>
    public static long? Parse(string text)
    {
        text = text.Trim();
        var isNegative = text.StartsWith('-');
        var rest = isNegative ? text[1..] : text;
        var digits = 0;
        while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
        {
            digits++;
        }

        decimal ticks;
        if (digits > 0 && digits < rest.Length && Unit(rest[digits..].Trim()) is { } unit && decimal.TryParse(rest[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
        {
            ticks = Math.Abs(amount) < 1e15m ? decimal.Truncate(amount * unit) : decimal.MaxValue;
        }
        else if (TimeSpan.TryParse(rest, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero)
        {
            ticks = span.Ticks;
        }
        else
        {
            return null;
        }

        return ticks > long.MaxValue ? null : isNegative ? -(long)ticks : (long)ticks;
    }

    /// <summary>Ticks of a datetime literal's text, UTC when it names no offset; null when it is none.</summary>
    public static long? ParseDateTime(string text) =>
        text.Trim().Trim('"', '\'') is var bare
        && (DateTime.TryParse(bare, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            || DateTime.TryParseExact(bare, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
            ? time.Ticks : null;
}
