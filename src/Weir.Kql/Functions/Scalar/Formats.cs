using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;
using Weir.Kql.Plan;

namespace Weir.Kql.Functions.Scalar;

/// <summary>The patterns of format_datetime and format_timespan, letter by letter.</summary>
internal static class Formats
{
    private const string Separators = " /-:,._[]";

    public static string? Check(IReadOnlyList<Plan.Scalar> arguments)
    {
        if (arguments[1] is not Literal { Value: string format })
        {
            return "the format must be a literal.";
        }

        var isTimeSpan = arguments[0].Type == KqlType.TimeSpan;
        foreach (var run in Runs(format, isTimeSpan))
        {
            if (!Separators.Contains(run[0], StringComparison.Ordinal) && Piece("0", run, isTimeSpan) is null)
            {
                return $"the format part '{run}' is not known.";
            }
        }

        return null;
    }

    public static string DateTime(EmittedCall a) => Join(a, isTimeSpan: false, a.Once(0));

    public static string TimeSpan(EmittedCall a) => Join(a, isTimeSpan: true, a.Once($"abs({a[0]})"), $"CASE WHEN {a.Once(0)} < 0 THEN '-' ELSE '' END, ");

    private static string Join(EmittedCall a, bool isTimeSpan, string value, string sign = "")
    {
        var pieces = Runs((string)a.Constant(1)!, isTimeSpan).Select(run => Separators.Contains(run[0], StringComparison.Ordinal) ? $"'{run}'" : Piece(value, run, isTimeSpan)!);
        return $"CASE WHEN {a.Once(0)} IS NULL THEN '' ELSE concat({sign}{string.Join(", ", pieces)}) END";
    }

    private static IEnumerable<string> Runs(string format, bool isTimeSpan)
    {
        for (var at = 0; at < format.Length;)
        {
            var end = at + 1;
            var most = format[at] switch { 'y' => 4, 'f' or 'F' => 7, 'd' when isTimeSpan => 8, _ => 2 };
            while (end < format.Length && format[end] == format[at] && end - at < most)
            {
                end++;
            }

            yield return format[at..end];
            at = end;
        }
    }

    private static string? Piece(string t, string run, bool isTimeSpan) => run switch
    {
        "yyy" when !isTimeSpan => $"lpad(date_part('year', kql_timestamp({t}))::VARCHAR, 3, '0')",
        "yyyy" when !isTimeSpan => $"lpad(date_part('year', kql_timestamp({t}))::VARCHAR, 4, '0')",
        "yy" when !isTimeSpan => $"kql_two(date_part('year', kql_timestamp({t})) % 100)",
        "y" when !isTimeSpan => $"(date_part('year', kql_timestamp({t})) % 100)::VARCHAR",
        "MM" when !isTimeSpan => $"kql_two(date_part('month', kql_timestamp({t})))",
        "M" when !isTimeSpan => $"date_part('month', kql_timestamp({t}))::VARCHAR",
        "dd" when !isTimeSpan => $"kql_two(date_part('day', kql_timestamp({t})))",
        "d" when !isTimeSpan => $"date_part('day', kql_timestamp({t}))::VARCHAR",
        "tt" when !isTimeSpan => $"CASE WHEN {t} // 36000000000 % 24 < 12 THEN 'AM' ELSE 'PM' END",
        "h" when !isTimeSpan => $"(({t} // 36000000000 + 11) % 12 + 1)::VARCHAR",
        "hh" when !isTimeSpan => $"kql_two(({t} // 36000000000 + 11) % 12 + 1)",
        "H" or "h" => $"({t} // 36000000000 % 24)::VARCHAR",
        "HH" or "hh" => $"kql_two({t} // 36000000000 % 24)",
        "m" => $"({t} // 600000000 % 60)::VARCHAR",
        "mm" => $"kql_two({t} // 600000000 % 60)",
        "s" => $"({t} // 10000000 % 60)::VARCHAR",
        "ss" => $"kql_two({t} // 10000000 % 60)",
        ['d', ..] when isTimeSpan && run.Length <= 8 => $"lpad(({t} // 864000000000)::VARCHAR, greatest({run.Length}, length(({t} // 864000000000)::VARCHAR))::INTEGER, '0')",
        ['f', ..] when run.Length <= 7 => $"left(lpad(({t} % 10000000)::VARCHAR, 7, '0'), {run.Length})",
        ['F', ..] when run.Length <= 7 => $"rtrim(left(lpad(({t} % 10000000)::VARCHAR, 7, '0'), {run.Length}), '0')",
        _ => null,
    };
}
