using System.Security;
using System.Text;

namespace Weir.Sample.Files;

/// <summary>A real Word document; with macros when content for them is given.</summary>
internal static class WordFile
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    public static byte[] Write(IEnumerable<string> paragraphs, byte[]? macros = null)
    {
        var main = macros is null
            ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            : "application/vnd.ms-word.document.macroEnabled.main+xml";
        var types = $"{Head}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>";
        const string relations = Head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
        var text = string.Concat(paragraphs.Select(paragraph => $"<w:p><w:r><w:t>{SecurityElement.Escape(paragraph)}</w:t></w:r></w:p>"));
        var document = $"{Head}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{text}</w:body></w:document>";
        List<(string Name, byte[] Content)> members =
        [
            ("[Content_Types].xml", Encoding.UTF8.GetBytes(types)),
            ("_rels/.rels", Encoding.UTF8.GetBytes(relations)),
            ("word/document.xml", Encoding.UTF8.GetBytes(document)),
        ];
        if (macros is not null)
        {
            const string link = Head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/></Relationships>";
            members.Add(("word/_rels/document.xml.rels", Encoding.UTF8.GetBytes(link)));
            members.Add(("word/vbaProject.bin", macros));
        }

        return ZipFile.Write(members);
    }
}
