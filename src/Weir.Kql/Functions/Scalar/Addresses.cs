using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>IPv4 addresses, as numbers of 32 bits; a prefix after a slash masks.</summary>
internal sealed class Addresses : IFunctionFamily
{
    private const string Pattern = @"^\s*(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:/(\d{1,2}))?\s*$";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new("parse_ipv4(ip: string): long", a => Masked(a, a.Once(0), Prefix(a.Once(0)))),
        new("parse_ipv4_mask(ip: string, prefix: long): long", a => Masked(a, a.Once(0), $"least({a[1]}, {Prefix(a.Once(0))})")),
        new("ipv4_netmask_suffix(ip: string): long", a => $"CASE WHEN {Number(a.Once(0))} IS NOT NULL THEN {Prefix(a.Once(0))} END"),
        new("ipv4_compare(a: string, b: string, prefix?: long): long", a => $"sign({Common(a, 0)} - {Common(a, 1)})::BIGINT"),
        new("ipv4_is_match(a: string, b: string, prefix?: long): bool", a => $"({Common(a, 0)} = {Common(a, 1)})"),
        new("ipv4_is_in_range(ip: string, range: string): bool", a => InRange(a, a.Once(0), a.Once(1))),
        new("ipv4_is_in_any_range(ip: string, ranges: any, more?: string*): bool", a => a.Type(1).IsDynamic()
            ? $"coalesce(list_bool_or(list_transform(kql_texts({a.Once(1)}), lambda kx: coalesce({InRange(a, a.Once(0), "kx", inLambda: true)}, false))), false)"
            : $"coalesce({string.Join(" OR ", a.Indices.Skip(1).Select(i => InRange(a, a.Once(0), a.Once(i))))}, false)"),
        new("ipv4_is_private(ip: string): bool", a => $"({InRange(a, a.Once(0), "'10.0.0.0/8'")} OR {InRange(a, a.Once(0), "'172.16.0.0/12'")} OR {InRange(a, a.Once(0), "'192.168.0.0/16'")})"),
        new("format_ipv4(ip: any, prefix?: long): string", a =>
        {
            var number = a.Type(0).IsWhole() ? a.Once(0) : a.Once(Number(a.Once(0)));
            var masked = a.Count > 1 ? a.Once(Mask(number, a.Once(1))) : number;
            return $"coalesce(concat_ws('.', {masked} // 16777216 % 256, {masked} // 65536 % 256, {masked} // 256 % 256, {masked} % 256), '')";
        }),
        new("has_ipv4(text: string, ip: string): bool", a => $"({Number(a.Once(1))} IS NOT NULL AND regexp_matches({a[0]}, {Bordered(a.Once(1))}))"),
        new("has_any_ipv4(text: string, ips: any, more?: string*): bool", a => AnyOf(a, ip => $"({Number(ip)} IS NOT NULL AND regexp_matches({a.Once(0)}, {Bordered(ip)}))")),
        new("has_ipv4_prefix(text: string, ip: string): bool", a => HasPrefix(a.Once(0), a.Once(1))),
        new("has_any_ipv4_prefix(text: string, ips: any, more?: string*): bool", a => AnyOf(a, ip => HasPrefix(a.Once(0), ip))),
        new("geo_info_from_ip_address(ip: string): dynamic", _ => "NULL::JSON"),
    ];

    private static string Bordered(string ip) => $"'(?:^|[^0-9A-Za-z])' || regexp_escape({ip}) || '(?:$|[^0-9A-Za-z])'";

    /// <summary>A prefix ends with a dot or is a whole address; what it begins must be an address.</summary>
    private static string HasPrefix(string text, string prefix)
    {
        const string Octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
        var rest = $"CASE length(regexp_replace({prefix}, '[^.]', '', 'g')) {string.Concat(Enumerable.Range(1, 3).Select(dots => $"WHEN {dots} THEN '{string.Join(@"\.", Enumerable.Repeat(Octet, 4 - dots))}' "))}END";
        return $"coalesce(CASE WHEN suffix({prefix}, '.') THEN regexp_matches({text}, '(?:^|[^0-9A-Za-z])' || regexp_escape({prefix}) || {rest} || '(?:$|[^0-9A-Za-z])') ELSE {Number(prefix)} IS NOT NULL AND regexp_matches({text}, {Bordered(prefix)}) END, false)";
    }

    private static string AnyOf(EmittedCall a, Func<string, string> test) => a.Type(1).IsDynamic()
        ? $"coalesce(list_bool_or(list_transform(kql_texts({a.Once(1)}), lambda kx: coalesce({test("kx")}, false))), false)"
        : $"coalesce({string.Join(" OR ", a.Indices.Skip(1).Select(i => test(a.Once(i))))}, false)";

    private static string Part(string ip, int i) => $"TRY_CAST(regexp_extract({ip}, {EmittedCall.Text(Pattern)}, {i}) AS BIGINT)";

    private static string Number(string ip) =>
        $"CASE WHEN greatest({Part(ip, 1)}, {Part(ip, 2)}, {Part(ip, 3)}, {Part(ip, 4)}) <= 255 THEN {Part(ip, 1)} * 16777216 + {Part(ip, 2)} * 65536 + {Part(ip, 3)} * 256 + {Part(ip, 4)} END";

    private static string Prefix(string ip) => $"least(coalesce({Part(ip, 5)}, 32), 32)";

    private static string Mask(string number, string prefix) => $"({number} - {number} % pow(2, 32 - {prefix})::BIGINT)";

    private static string Masked(EmittedCall a, string ip, string prefix) => Mask(a.Once(Number(ip)), a.Once(prefix));

    private static string Common(EmittedCall a, int i)
    {
        var prefix = a.Once($"least({Prefix(a.Once(0))}, {Prefix(a.Once(1))}{(a.Count > 2 ? $", {a[2]}" : "")})");
        return a.Once(Mask(a.Once(Number(a.Once(i))), prefix));
    }

    private static string InRange(EmittedCall a, string ip, string range, bool inLambda = false)
    {
        if (inLambda)
        {
            var number = a.Once(Number(ip));
            return $"({Mask(number, Prefix(range))} = {Mask($"({Number(range)})", Prefix(range))})";
        }

        var prefix = a.Once(Prefix(range));
        return $"({Mask(a.Once(Number(ip)), prefix)} = {Mask(a.Once(Number(range)), prefix)})";
    }
}
