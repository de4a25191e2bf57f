using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Base64, URL encoding, hashes.</summary>
internal sealed class Encodings : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("base64_encode_tostring|base64_encodestring(text: string): string", a => $"to_base64(encode({a[0]}))"),
        new("base64_decode_tostring|base64_decodestring(text: string): string", a => $"coalesce(try(decode(from_base64({a[0]}))), '')"),
        new("base64_decode_toarray(text: string): dynamic", a => $"to_json(list_transform(range(1, octet_length({a.Once($"try(from_base64({a[0]}))")}) + 1), lambda ki: ('0x' || hex({a.Once($"try(from_base64({a[0]}))")})[ki * 2 - 1 : ki * 2])::BIGINT))"),
        new("url_encode_component(text: string): string", a => LowerHex(a, $"url_encode({a[0]})")),
        new("url_encode(text: string): string", a => LowerHex(a, $"replace(url_encode({a[0]}), '%20', '+')")),
        new("url_decode(text: string): string", a => $"coalesce(try(url_decode(replace({a[0]}, '+', ' '))), '')"),
        new("hash_md5(value: any): string", a => $"md5({Strings.AsText(a, 0)})"),
        new("hash_sha1(value: any): string", a => $"sha1({Strings.AsText(a, 0)})"),
        new("hash_sha256(value: any): string", a => $"sha256({Strings.AsText(a, 0)})"),
    ];

    /// <summary>%3a, where DuckDB writes %3A.</summary>
    private static string LowerHex(EmittedCall a, string encoded) =>
        $"array_to_string(list_transform(regexp_extract_all({a.Once(encoded)}, '%[0-9A-F]{{2}}|[^%]+'), lambda kx: CASE WHEN starts_with(kx, '%') THEN lower(kx) ELSE kx END), '')";
}
