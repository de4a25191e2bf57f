using System.Text;
using System.Text.Unicode;

namespace Weir.Mail.Headers;

/// <summary>Character sets by their names in mail, as browsers and mail clients understand them (WHATWG labels: Latin-1 means windows-1252).</summary>
internal static class Charsets
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ascii"] = "windows-1252", ["us-ascii"] = "windows-1252", ["ansi_x3.4-1968"] = "windows-1252", ["iso-8859-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252", ["iso_8859-1"] = "windows-1252", ["latin1"] = "windows-1252", ["latin-1"] = "windows-1252", ["l1"] = "windows-1252",
        ["cp1252"] = "windows-1252", ["x-ansi"] = "windows-1252", ["iso-8859-9"] = "windows-1254", ["latin5"] = "windows-1254",
        ["iso-8859-11"] = "windows-874", ["tis-620"] = "windows-874", ["cp1250"] = "windows-1250", ["cp1251"] = "windows-1251", ["cp1253"] = "windows-1253",
        ["cp1254"] = "windows-1254", ["cp1255"] = "windows-1255", ["cp1256"] = "windows-1256", ["cp1257"] = "windows-1257", ["cp866"] = "ibm866",
        ["iso-8859-8-i"] = "iso-8859-8", ["iso-8859-8-e"] = "iso-8859-8", ["iso-8859-6-i"] = "iso-8859-6", ["koi8r"] = "koi8-r", ["koi"] = "koi8-r",
        ["sjis"] = "shift_jis", ["x-sjis"] = "shift_jis", ["cp932"] = "shift_jis", ["windows-31j"] = "shift_jis", ["ms_kanji"] = "shift_jis",
        ["gb2312"] = "gb18030", ["gbk"] = "gb18030", ["x-gbk"] = "gb18030", ["cp936"] = "gb18030", ["ks_c_5601-1987"] = "windows-949", ["euc-kr"] = "windows-949",
        ["ksc5601"] = "windows-949", ["korean"] = "windows-949", ["cp949"] = "windows-949", ["uhc"] = "windows-949", ["windows-949"] = "windows-949", ["big5-hkscs"] = "big5",
        ["iso-2022-jp-1"] = "iso-2022-jp", ["iso-2022-jp-2"] = "iso-2022-jp", ["x-unicode-2-0-utf-8"] = "utf-8", ["utf8"] = "utf-8", ["unicode-1-1-utf-8"] = "utf-8",
        ["unicode"] = "utf-16le", ["utf-16"] = "utf-16le", ["ucs-2"] = "utf-16le", ["macintosh"] = "macintosh", ["x-mac-roman"] = "macintosh", ["mac"] = "macintosh",
    };

    private static readonly EncodingProvider CodePages = Register();

    public static Encoding Latin1 => Encoding.Latin1;

    /// <summary>Nothing when the name is unknown.</summary>
    public static Encoding? Find(string name)
    {
        name = name.Trim().Trim('"', '\'');
        if (Aliases.TryGetValue(name, out var alias))
        {
            name = alias;
        }

        return name.ToLowerInvariant() switch
        {
            "utf-8" => Encoding.UTF8,
            "utf-16le" => Encoding.Unicode,
            "utf-16be" => Encoding.BigEndianUnicode,
            "utf-32" or "utf-32le" => Encoding.UTF32,
            "windows-949" => CodePages.GetEncoding(949),
            { Length: > 0 and < 40 } other => CodePages.GetEncoding(other),
            _ => null,
        };
    }

    /// <summary>Text of bytes whose character set is not declared.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes) => Guessed(bytes).GetString(bytes);

    /// <summary>The character set of bytes that declare none: ISO-2022-JP by its escapes, UTF-8 when it is valid, else windows-1252.</summary>
    public static Encoding Guessed(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("\u001b$"u8) >= 0 && Find("iso-2022-jp") is { } japanese ? japanese
        : Utf8.IsValid(bytes) ? Encoding.UTF8
        : Find("windows-1252") ?? Latin1;

    private static EncodingProvider Register()
    {
        // MimeKit decodes encoded words through Encoding.GetEncoding.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return CodePagesEncodingProvider.Instance;
    }
}
