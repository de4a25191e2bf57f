using Weir.Mail.Inspection.Office;
using Weir.Mail.Inspection.Ole;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Documents that are ZIP files (OOXML, OpenDocument): relationships to other machines, fields, macros, embedded files, links.</summary>
internal sealed class OfficePackage : IFileReader
{
    public static bool IsPackage(string fileType) => fileType is "docx" or "docm" or "dotx" or "dotm" or "xlsx" or "xlsm" or "xlsb" or "xltx" or "xltm" or "xlam" or "pptx" or "pptm" or "ppsx" or "ppsm" or "potx" or "potm" or "ppam" or "vsdx" or "vsdm" or "odt" or "ods" or "odp";

    public bool Reads(string fileType) => IsPackage(fileType);

    public void Read(FileToRead file, FileFindings found)
    {
        if (!file.Content.Span.StartsWith("PK"u8))
        {
            return;
        }

        var parts = new PackageParts(file.Content);
        foreach (var entry in parts.Entries)
        {
            var name = entry.Name.Replace('\\', '/');
            var extension = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
            if (entry.IsEncrypted)
            {
                found.Encrypted();
            }
            else if (extension == "rels" || extension is "xml" && !IsDull(name))
            {
                using var stream = new MemoryStream(parts.Read(entry), writable: false);
                new OfficeXml(found, name, name.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase)).Read(stream);
            }
            else if (extension == "bin" || IsEmbedded(name))
            {
                Binary(name, parts.Read(entry), found);
            }

            if (name.StartsWith("Basic/", StringComparison.Ordinal) && extension == "xml" && !name.EndsWith("script-lb.xml", StringComparison.Ordinal) && !name.EndsWith("script-lc.xml", StringComparison.Ordinal))
            {
                found.Feature("vba-macro", $"macros in {name}", place: name);
            }
        }

        if (parts.WhyNot.Length > 0)
        {
            found.NotRead(parts.WhyNot);
        }
    }

    private static void Binary(string name, byte[] content, FileFindings found)
    {
        if (name.Contains("externalLinks/", StringComparison.OrdinalIgnoreCase) || name.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase))
        {
            BinaryWorkbook.Tell(content, name, found);
            BinaryText.Urls(content, found);
        }
        else if (name.Contains("macrosheets/", StringComparison.OrdinalIgnoreCase))
        {
            found.Feature("xlm-macro", "a sheet of Excel 4.0 macros", place: name);
            BinaryText.Urls(content, found);
        }
        else if (name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.EndsWith("vbaProjectSignature.bin", StringComparison.OrdinalIgnoreCase) || IsEmbedded(name))
        {
            Object(name, content, found);
        }
    }

    /// <summary>A macro project, or something embedded.</summary>
    public static void Object(string name, ReadOnlyMemory<byte> content, FileFindings found)
    {
        if (content.IsEmpty)
        {
            return;
        }

        if (CompoundFile.Open(content) is { } ole && VbaProject.Modules(ole, name) is { Count: > 0 } modules)
        {
            MacroSource.Tell(modules, found);
            return;
        }

        if (name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
        {
            found.Feature("vba-unreadable", "holds a macro project that cannot be read", place: name);
        }
        else if (!name.EndsWith("Signature.bin", StringComparison.OrdinalIgnoreCase))
        {
            found.Feature("embedded-object", $"embeds {name}", place: name);
            found.Embedded(name, content);
        }
    }

    private static bool IsEmbedded(string name) =>
        name.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Object ", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal);

    /// <summary>Looks and numbers: large, and nothing in them runs or links.</summary>
    private static bool IsDull(string name) =>
        name.Contains("/theme/", StringComparison.OrdinalIgnoreCase) || name.EndsWith("/styles.xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith("/fontTable.xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith("calcChain.xml", StringComparison.OrdinalIgnoreCase) || name.StartsWith("docProps/thumbnail", StringComparison.OrdinalIgnoreCase);
}
