using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Taking URLs, paths and CSV lines apart.</summary>
internal sealed class Urls : IFunctionFamily
{
    private const string Url = @"^(?:([a-zA-Z][a-zA-Z0-9+.-]*)://)(?:([^:/?#@]*)(?::([^/?#@]*))?@)?([^:/?#]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new("parse_url(url: string): dynamic", a =>
        {
            string Part(int i) => $"regexp_extract({a.Once(0)}, {EmittedCall.Text(Url)}, {i})";
            return $"json_object('Scheme', {Part(1)}, 'Host', {Part(4)}, 'Port', {Part(5)}, 'Path', {Part(6)}, 'Username', {Part(2)}, 'Password', {Part(3)}, 'Query Parameters', {Query(a, Part(7))}, 'Fragment', {Part(8)})";
        }),
        new("parse_urlquery(query: string): dynamic", a => $"json_object('Query Parameters', {Query(a, $"ltrim({a[0]}, '?')")})"),
        new("parse_path(path: string): dynamic", a =>
        {
            var path = a.Once(0);
            var name = a.Once($"regexp_extract({path}, '([^/\\\\]*)$', 1)");
            return $"json_object('Scheme', regexp_extract({path}, '^([a-zA-Z][a-zA-Z0-9+.-]*)://', 1), 'RootPath', regexp_extract({path}, '^([a-zA-Z]:)', 1), 'DirectoryPath', regexp_replace({path}, '[/\\\\][^/\\\\]*$', ''), 'DirectoryName', regexp_extract({path}, '([^/\\\\]+)[/\\\\][^/\\\\]*$', 1), 'Filename', {name}, 'Extension', regexp_extract({name}, '\\.([^.:]+)(?::.*)?$', 1), 'AlternateDataStreamName', regexp_extract({name}, ':(.+)$', 1))";
        }),
        new("parse_csv(line: string): dynamic", a => $"to_json(list_transform(regexp_extract_all(regexp_extract({a[0]}, '^(?:\"(?:[^\"]|\"\")*\"|[^\"\n])*') || ',', '(\"(?:[^\"]|\"\")*\"|[^,\"]*),', 1), lambda kx: CASE WHEN starts_with(kx, '\"') THEN replace(kx[2:-2], '\"\"', '\"') ELSE kx END))") { Naming = ResultNaming.FirstArgument },
        new("parse_command_line(line: string, kind: string): dynamic", a => $"to_json(list_transform(regexp_extract_all({a[0]}, '(?:\"[^\"]*\"|[^\\s\"])+'), lambda kx: replace(kx, '\"', '')))"),
    ];

    private static string Query(EmittedCall a, string query)
    {
        var pairs = a.Once($"list_filter(string_split({query}, '&'), lambda kx: kx <> '')");
        return $"kql_bag(list_transform(kql_distinct({a.Once($"list_transform({pairs}, lambda kx: string_split(kx, '=')[1])")}), lambda kk: {{'k': kk, 'v': to_json(regexp_replace(list_filter({pairs}, lambda kx: string_split(kx, '=')[1] = kk)[1], '^[^=]*=?', ''))}}))";
    }
}
