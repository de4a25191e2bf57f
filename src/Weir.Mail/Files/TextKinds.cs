using System.Text;

namespace Weir.Mail.Files;

/// <summary>Kinds of text files: by content where it shows, else by the extension, because a script runs by its extension.</summary>
internal static class TextKinds
{
    private const int Looked = 4_096;

    /// <summary>Types that text of any content is when the file is called so.</summary>
    private static readonly HashSet<string> ByName = new(
        ["js", "jse", "mjs", "vbs", "vbe", "ps1", "psm1", "bat", "cmd", "hta", "wsf", "wsh", "sct", "reg", "inf", "scf", "url", "desktop", "library-ms", "settingcontent-ms", "py", "sh", "pl", "rb", "php",
        "asp", "aspx", "jsp", "css", "csv", "tsv", "json", "md", "log", "ini", "yml", "yaml", "iqy", "slk", "xml", "xsl", "xslt", "svg", "html", "htm", "shtml", "xhtml", "mht", "mhtml", "ics", "vcf", "eml", "asc", "diff", "patch", "tex", "sql", "rdp", "jnlp", "webloc", "appref-ms", "search-ms"],
        StringComparer.Ordinal);

    /// <summary>Nothing when the bytes are no text.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes, string extension)
    {
        if (Start(bytes) is not { } text)
        {
            return null;
        }

        var trimmed = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (ByContent(trimmed, extension) is { } found)
        {
            return found;
        }

        return extension is "htm" or "shtml" or "xhtml" ? "html" : ByName.Contains(extension) ? extension : "txt";
    }

    private static string? ByContent(string text, string extension)
    {
        bool Starts(string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        bool Holds(string what) => text.Contains(what, StringComparison.OrdinalIgnoreCase);

        if (Starts("BEGIN:VCALENDAR"))
        {
            return "ics";
        }

        if (Starts("BEGIN:VCARD"))
        {
            return "vcf";
        }

        if (Starts("-----BEGIN PGP"))
        {
            return "pgp";
        }

        if (Starts("-----BEGIN PKCS7") || Starts("-----BEGIN CMS"))
        {
            return "p7m";
        }

        if (Starts("[InternetShortcut]"))
        {
            return "url";
        }

        if (Starts("Windows Registry Editor") || Starts("REGEDIT4"))
        {
            return "reg";
        }

        if (Starts("%!PS"))
        {
            return "ps";
        }

        if (Starts("WEB\r\n1\r\nhttp") || Starts("WEB\n1\nhttp"))
        {
            return "iqy";
        }

        if (Holds("<hta:application") || (extension == "hta" && Holds("<")))
        {
            return "hta";
        }

        if (extension is "wsf" or "sct" || (Starts("<job") && Holds("<script")))
        {
            return extension is "sct" ? "sct" : "wsf";
        }

        if (Markup(text, extension) is { } markup)
        {
            return markup;
        }

        if (extension is not ("js" or "vbs" or "ps1" or "bat" or "cmd"))
        {
            return Starts("#!") ? "sh" : Starts("@echo off") ? "bat" : IsMail(text) ? extension is "mht" or "mhtml" ? "mht" : "eml" : null;
        }

        return null;
    }

    private static string? Markup(string text, string extension)
    {
        bool Holds(string what) => text.Contains(what, StringComparison.OrdinalIgnoreCase);

        if (!text.StartsWith('<'))
        {
            return extension is "htm" or "html" or "shtml" or "xhtml" && Holds("<") ? "html" : null;
        }

        var isXml = text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
        if (Holds("<svg"))
        {
            return Holds("<html") || Holds("<body") ? "html" : "svg";
        }

        if (Holds("<html") || Holds("<!doctype html") || (!isXml && (Holds("<head") || Holds("<body") || Holds("<script") || Holds("<table") || Holds("<meta ") || Holds("<div") || Holds("<iframe") || Holds("<a href"))))
        {
            return "html";
        }

        return isXml ? extension is "xsl" or "xslt" or "library-ms" or "settingcontent-ms" or "jnlp" or "webloc" or "search-ms" ? extension : "xml" : null;
    }

    /// <summary>Begins with a header block of a message.</summary>
    private static bool IsMail(string text)
    {
        var first = text.IndexOf(':', StringComparison.Ordinal);
        if (first is < 2 or > 40)
        {
            return false;
        }

        var name = text[..first];
        var known = name is "Received" or "Return-Path" or "From" or "MIME-Version" or "Message-ID" or "Message-Id" or "Delivered-To" or "Subject" or "Date" or "To" or "DKIM-Signature" or "X-Mozilla-Status" or "ARC-Seal";
        return known && (text.Contains("\nFrom:", StringComparison.OrdinalIgnoreCase) || name == "From") && text.Contains("\nSubject:", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Start(ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..Math.Min(bytes.Length, Looked)];
        if (part.StartsWith<byte>([0xFF, 0xFE]))
        {
            return Encoding.Unicode.GetString(part[2..]);
        }

        if (part.StartsWith<byte>([0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode.GetString(part[2..]);
        }

        // Control characters but white space, form feed and escape (ISO-2022) are not text.
        foreach (var b in part)
        {
            if (b < 32 && b is not (9 or 10 or 12 or 13 or 27))
            {
                return null;
            }
        }

        return Encoding.Latin1.GetString(part);
    }
}
