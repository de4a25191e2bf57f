using Weir.Mail.Archives;

namespace Weir.Mail.Files;

/// <summary>What a ZIP file is: documents and programs are told by the names inside. Macro-enabled by content, whatever the extension says.</summary>
internal static class ZipKinds
{
    private const int MostNames = 2_000;

    public static string Of(ReadOnlyMemory<byte> file, string extension)
    {
        var entries = ZipDirectory.Read(file.Span, MostNames);
        var names = entries.ConvertAll(entry => entry.Name.Replace('\\', '/'));
        bool Has(string name) => names.Exists(each => each.Equals(name, StringComparison.OrdinalIgnoreCase));
        bool Under(string folder) => names.Exists(each => each.StartsWith(folder, StringComparison.OrdinalIgnoreCase));
        bool Ends(string with) => names.Exists(each => each.EndsWith(with, StringComparison.OrdinalIgnoreCase));

        if (Has("[Content_Types].xml") || Under("_rels/"))
        {
            var macros = Ends("vbaProject.bin");
            if (Under("word/"))
            {
                return macros ? extension is "dotm" ? "dotm" : "docm" : extension is "dotx" ? "dotx" : "docx";
            }

            if (Under("xl/"))
            {
                return Has("xl/workbook.bin") ? "xlsb" : macros || Under("xl/macrosheets/") ? extension is "xltm" or "xlam" ? extension : "xlsm" : extension is "xltx" ? "xltx" : "xlsx";
            }

            if (Under("ppt/"))
            {
                return macros ? extension is "ppsm" or "potm" ? extension : "pptm" : extension is "ppsx" or "potx" ? extension : "pptx";
            }

            if (Under("visio/"))
            {
                return macros ? "vsdm" : "vsdx";
            }

            if (Has("AppxManifest.xml"))
            {
                return "appx";
            }
        }

        return Has("AndroidManifest.xml") ? "apk"
            : Has("META-INF/MANIFEST.MF") ? "jar"
            : Has("mimetype") ? OpenDocument(file.Span, entries)
            : "zip";
    }

    private static string OpenDocument(ReadOnlySpan<byte> file, List<ZipEntry> entries)
    {
        var entry = entries.Find(each => each.Name == "mimetype");
        if (entry.Method != 0 || entry.DataStart < 0)
        {
            return "zip";
        }

        var type = file[entry.DataStart..][..(int)Math.Min(entry.Packed, Math.Min(100, file.Length - entry.DataStart))];
        return type.IndexOf("opendocument.text"u8) >= 0 ? "odt"
            : type.IndexOf("opendocument.spreadsheet"u8) >= 0 ? "ods"
            : type.IndexOf("opendocument.presentation"u8) >= 0 ? "odp"
            : type.IndexOf("epub+zip"u8) >= 0 ? "epub"
            : "zip";
    }
}
