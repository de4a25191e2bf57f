using System.Globalization;
using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Datetimes and timespans, all in ticks of 100 ns. Weeks begin on Sunday.</summary>
internal sealed class Times : IFunctionFamily
{
    private const long Day = TimeSpan.TicksPerDay;

    public IEnumerable<ScalarFunction> Functions =>
    [
        new("bin|floor(value: summable, size: summable): first", Bin) { Naming = ResultNaming.FirstArgument, Check = SameKind, Result = types => types[0].IsNumber() && types[1] is KqlType.Real or KqlType.Decimal ? KqlType.Real : types[0] == KqlType.Int && types[1] == KqlType.Long ? KqlType.Long : types[0] },
        new("bin_at(value: summable, size: summable, fixed: summable): first", BinAt) { Naming = ResultNaming.FirstArgument, Result = types => types[0] == KqlType.Int ? KqlType.Long : types.Contains(KqlType.Real) ? KqlType.Real : types[0] },
        new("startofday(time: datetime, offset?: long): datetime", a => Shifted(a, 1, $"({a.Once(0)} - {a.Once(0)} % {Day})", Day)) { Naming = ResultNaming.FirstArgument },
        new("endofday(time: datetime, offset?: long): datetime", a => Shifted(a, 1, $"({a.Once(0)} - {a.Once(0)} % {Day} + {Day - 1})", Day)),
        new("startofweek(time: datetime, offset?: long): datetime", a => Shifted(a, 1, Week(a), 7 * Day)),
        new("endofweek(time: datetime, offset?: long): datetime", a => Shifted(a, 1, $"({Week(a)} + {(7 * Day) - 1})", 7 * Day)),
        new("startofmonth(time: datetime, offset?: long): datetime", a => Truncated(a, "month", 0)),
        new("endofmonth(time: datetime, offset?: long): datetime", a => $"({Truncated(a, "month", 1)} - 1)"),
        new("startofyear(time: datetime, offset?: long): datetime", a => Truncated(a, "year", 0)),
        new("endofyear(time: datetime, offset?: long): datetime", a => $"({Truncated(a, "year", 1)} - 1)"),
        new("dayofweek(time: datetime): timespan", a => $"(({a.Once(0)} // {Day} + 1) % 7 * {Day})"),
        new("dayofmonth(time: datetime): int", a => Part(a, "day")),
        new("dayofyear(time: datetime): int", a => Part(a, "dayofyear")),
        new("hourofday(time: datetime): int", a => $"({a[0]} // 36000000000 % 24)::INTEGER"),
        new("getmonth|monthofyear(time: datetime): int", a => Part(a, "month")),
        new("getyear(time: datetime): int", a => Part(a, "year")),
        new("week_of_year|weekofyear(time: datetime): long", a => $"date_part('week', kql_timestamp({a[0]}))::BIGINT"),
        new("datetime_part|datepart(part: string, time: datetime): long", DatePart),
        new("datetime_add(part: string, count: long, time: datetime): datetime", Add),
        new("datetime_diff(part: string, a: datetime, b: datetime): long", Diff),
        new("make_datetime(year: any, month?: long, day?: long, hour?: long, minute?: long, second?: real): datetime", MakeDateTime) { Naming = ResultNaming.OnlyArgument },
        new("make_timespan(a: any, b?: any, c?: any, d?: any): timespan", MakeTimeSpan) { Naming = ResultNaming.OnlyArgument },
        new("unixtime_seconds_todatetime(x: real): datetime", a => Unix(a, 10_000_000)),
        new("unixtime_milliseconds_todatetime(x: real): datetime", a => Unix(a, 10_000)),
        new("unixtime_microseconds_todatetime(x: real): datetime", a => Unix(a, 10)),
        new("unixtime_nanoseconds_todatetime(x: real): datetime", a => Unix(a, 0.01)),
        new("format_datetime(time: datetime, format: string): string", a => Formats.DateTime(a)) { Naming = ResultNaming.FirstArgument, Check = Formats.Check },
        new("format_timespan(span: timespan, format: string): string", a => Formats.TimeSpan(a)) { Naming = ResultNaming.FirstArgument, Check = Formats.Check },
        new("datetime_local_to_utc(time: datetime, zone: string): datetime", a => $"kql_ticks(timezone('UTC', timezone({a[1]}, kql_timestamp({a.Once(0)})))) + {a.Once(0)} % 10"),
        new("datetime_utc_to_local(time: datetime, zone: string): datetime", a => $"kql_ticks(timezone({a[1]}, timezone('UTC', kql_timestamp({a.Once(0)})))) + {a.Once(0)} % 10"),
    ];

    private static string? SameKind(IReadOnlyList<Plan.Scalar> arguments) =>
        (arguments[0].Type, arguments[1].Type) is (KqlType.DateTime, not KqlType.TimeSpan) or (KqlType.TimeSpan, not KqlType.TimeSpan) or (KqlType.Long or KqlType.Int or KqlType.Real, KqlType.TimeSpan)
            ? "the size must fit the value: a timespan for a datetime, a number for a number." : null;

    private static string Bin(EmittedCall a) => a.Result is KqlType.Real or KqlType.Decimal
        ? $"(floor({a[0]}::DOUBLE / nullif({a.Once(1)}, 0)) * {a.Once(1)})"
        : a.Constant(1) is long and > 0 or int and > 0 && a.Type(0) == KqlType.DateTime ? $"({a.Once(0)} - {a.Once(0)} % {a[1]})"
        : $"kql_floor_to({a.Once(0)}, {a.Once(1)})";

    private static string BinAt(EmittedCall a) => a.Result is KqlType.Real or KqlType.Decimal
        ? $"(floor(({a[0]}::DOUBLE - {a.Once(2)}) / nullif({a.Once(1)}, 0)) * {a.Once(1)} + {a.Once(2)})"
        : $"({a.Once(2)} + kql_floor_to({a.Once($"{a[0]} - {a.Once(2)}")}, {a.Once(1)}))";

    private static string Shifted(EmittedCall a, int offset, string sql, long unit) => a.Count > offset ? $"kql_in_time({a.Once($"{sql} + {a[offset]} * {unit}")})" : sql;

    private static string Week(EmittedCall a) => $"({a.Once(0)} - {a.Once(0)} % {Day} - ({a.Once(0)} // {Day} + 1) % 7 * {Day})";

    private static string Truncated(EmittedCall a, string unit, int plus)
    {
        var months = unit == "year" ? 12 : 1;
        var offset = a.Count > 1 ? $"({a[1]} + {plus})" : $"{plus}";
        var start = $"date_trunc('{unit}', kql_timestamp({a[0]}))";
        return a.Count == 1 && plus == 0 ? $"kql_ticks({start})" : $"kql_ticks({start} + to_months(({offset} * {months})::INTEGER))";
    }

    private static string Part(EmittedCall a, string part) => $"date_part('{part}', kql_timestamp({a[0]}))::INTEGER";

    private static string DatePart(EmittedCall a)
    {
        var time = a.Once(1);
        return (a.Constant(0) as string)?.ToLowerInvariant() switch
        {
            "year" => $"date_part('year', kql_timestamp({time}))::BIGINT",
            "quarter" => $"date_part('quarter', kql_timestamp({time}))::BIGINT",
            "month" => $"date_part('month', kql_timestamp({time}))::BIGINT",
            "week_of_year" or "weekofyear" or "week" => $"date_part('week', kql_timestamp({time}))::BIGINT",
            "day" => $"date_part('day', kql_timestamp({time}))::BIGINT",
            "dayofyear" => $"date_part('dayofyear', kql_timestamp({time}))::BIGINT",
            "hour" => $"({time} // 36000000000 % 24)",
            "minute" => $"({time} // 600000000 % 60)",
            "second" => $"({time} // 10000000 % 60)",
            "millisecond" => $"({time} // 10000 % 1000)",
            "microsecond" => $"({time} // 10 % 1000000)",
            "nanosecond" => $"({time} % 10000000 * 100)",
            _ => $"CASE WHEN true THEN error('datetime_part does not know this part.')::BIGINT END",
        };
    }

    /// <summary>Ticks of a unit that has always the same length; null for months, quarters and years.</summary>
    private static long? Ticks(string? part) => part switch
    {
        "week" => 7 * Day,
        "day" => Day,
        "hour" => TimeSpan.TicksPerHour,
        "minute" => TimeSpan.TicksPerMinute,
        "second" => TimeSpan.TicksPerSecond,
        "millisecond" => TimeSpan.TicksPerMillisecond,
        "microsecond" => 10,
        "tick" => 1,
        _ => null,
    };

    private static string Add(EmittedCall a)
    {
        var part = (a.Constant(0) as string)?.ToLowerInvariant();
        if (part == "nanosecond")
        {
            return $"kql_in_time({a.Once($"{a[2]} + {a[1]} // 100")})";
        }

        if (Ticks(part) is { } ticks)
        {
            return $"kql_in_time({a.Once($"try({a[2]} + {a[1]} * {ticks})")})";
        }

        var months = part switch { "month" => 1, "quarter" => 3, "year" => 12, _ => 0 };
        return months == 0 ? "error('datetime_add does not know this part.')::BIGINT"
            : $"kql_in_time(try(kql_ticks(kql_timestamp({a.Once(2)}) + to_months(({a[1]} * {months})::INTEGER)) + {a.Once(2)} % 10))";
    }

    private static string Diff(EmittedCall a)
    {
        var part = (a.Constant(0) as string)?.ToLowerInvariant();
        if (part == "week")
        {
            return $"(({a[1]} // {Day} + 1) // 7 - ({a[2]} // {Day} + 1) // 7)";
        }

        if (part == "nanosecond")
        {
            return $"(({a[1]} - {a[2]}) * 100)";
        }

        return Ticks(part) is { } ticks ? $"({a[1]} // {ticks} - {a[2]} // {ticks})"
            : part is "month" or "quarter" or "year" ? $"date_diff('{part}', kql_timestamp({a[2]}), kql_timestamp({a[1]}))"
            : "error('datetime_diff does not know this part.')::BIGINT";
    }

    private static string MakeDateTime(EmittedCall a)
    {
        if (a.Count == 1)
        {
            return Conversions.Convert(a.Once(0), a.Type(0), KqlType.DateTime);
        }

        var seconds = a.Count > 5 ? a.Once(5) : "0.0";
        return $"kql_in_time({a.Once($"try(kql_ticks(make_timestamp({a[0]}::BIGINT, {a[1]}, {(a.Count > 2 ? a[2] : "1")}, {(a.Count > 3 ? a[3] : "0")}, {(a.Count > 4 ? a[4] : "0")}, 0.0)) + CASE WHEN {seconds} >= 0 AND {seconds} < 60 THEN round({seconds} * 10000000)::BIGINT END)")})";
    }

    private static string MakeTimeSpan(EmittedCall a)
    {
        if (a.Count == 1)
        {
            return Conversions.Convert(a.Once(0), a.Type(0), KqlType.TimeSpan);
        }

        var days = a.Count == 4 ? $"{a[0]} * {Day} + " : "";
        var first = a.Count == 4 ? 1 : 0;
        var seconds = a.Count - first > 2 ? a[first + 2] : "0";
        return $"({days}{a[first]}::BIGINT * 36000000000 + {a[first + 1]}::BIGINT * 600000000 + round({seconds} * 10000000)::BIGINT)";
    }

    private static string Unix(EmittedCall a, double ticks) =>
        $"kql_in_time(TRY_CAST(round({a[0]} * {ticks.ToString(CultureInfo.InvariantCulture)}) AS BIGINT) + 621355968000000000)";
}
