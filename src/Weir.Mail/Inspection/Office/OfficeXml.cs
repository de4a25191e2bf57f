using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Weir.Mail.Inspection.Office;

/// <summary>Reads one XML part of a document in one pass: fields, relationships, formulas, embedded bytes, text. Elements count by their local names.</summary>
internal sealed partial class OfficeXml(FileFindings found, string place, bool isMacroSheet = false)
{
    private const int LongestDocument = 32 << 20;
    private const int LongestText = 4 << 20;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = LongestDocument, IgnoreComments = true, IgnoreWhitespace = false };

    /// <summary>Relationships that load what they point at when the document opens, or soon after.</summary>
    private static readonly HashSet<string> Loading = new(["attachedTemplate", "oleObject", "frame", "subDocument", "control", "mailMergeSource"], StringComparer.OrdinalIgnoreCase);

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _field = new();
    private readonly StringBuilder _formulas = new();
    private string _part = "";
    private bool _inField;

    /// <summary>Bytes that stand in the XML itself, with the name of their part.</summary>
    public List<(string Name, byte[] Content)> Binaries { get; } = [];

    public void Read(Stream stream)
    {
        using var xml = XmlReader.Create(stream, Settings);
        try
        {
            while (xml.Read())
            {
                Node(xml);
            }
        }
        catch (XmlException)
        {
            found.NotRead($"{place} is no valid XML to its end");
        }

        EndField();
        TellFormulas();
        found.Text(_text.ToString(), needsScheme: true);
    }

    private void Node(XmlReader xml)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                Element(xml);
                break;
            case XmlNodeType.EndElement when xml.LocalName is "p" or "si" or "row" or "tc" or "c" or "f":
                _text.Append(_text.Length < LongestText ? "\n" : "");
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when _text.Length < LongestText:
                _text.Append(xml.Value);
                break;
        }
    }

    private void Element(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "instrText" or "f" or "binData" or "binaryData" when !xml.IsEmptyElement:
                Content(xml.LocalName, xml);
                break;
            case "fldChar" when Attribute(xml, "fldCharType") is "begin" or "end" or "separate":
                EndField();
                break;
            case "fldSimple" when Attribute(xml, "instr") is { } instruction:
                Field(instruction);
                break;
            case "Relationship" when Attribute(xml, "TargetMode") is "External" && Attribute(xml, "Target") is { } target:
                Relationship(Attribute(xml, "Type") ?? "", target);
                break;
            case "part":
                _part = Attribute(xml, "name") ?? "";
                break;
            case "ddeLink" or "ddeItem" when Attribute(xml, "ddeService") is { } service:
                found.Feature("dde", $"links to {service} | {Attribute(xml, "ddeTopic")}", place: place);
                break;
            case "definedName" when Attribute(xml, "name") is { } name && name.Contains("auto_", StringComparison.OrdinalIgnoreCase):
                found.Feature("xlm-auto-run", $"Excel 4.0 macros run by the name {name}", place: place);
                break;
            case "dde-source" or "dde-connection":
                found.Feature("dde", $"links to {Attribute(xml, "dde-application")} | {Attribute(xml, "dde-topic")}", place: place);
                break;
        }

        if (Attribute(xml, "href") is { } link && !link.StartsWith('#') && !BinaryText.IsFormat(link))
        {
            found.Url(link);
        }
    }

    private void Content(string element, XmlReader xml)
    {
        var name = Attribute(xml, "name") ?? _part;
        var text = new StringBuilder();
        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && text.Length < LongestDocument)
            {
                text.Append(xml.Value);
            }
        }

        switch (element)
        {
            case "instrText":
                _inField = true;
                _field.Append(text);
                break;
            case "f":
                _formulas.Append(text).Append('\n');
                break;
            default:
                var base64 = text.Replace("\n", "").Replace("\r", "").Replace(" ", "").Replace("\t", "").ToString();
                var bytes = new byte[(base64.Length / 4 * 3) + 3];
                if (Convert.TryFromBase64String(base64, bytes, out var length) && length > 0)
                {
                    Binaries.Add((name, bytes[..length]));
                }

                break;
        }
    }

    private void EndField()
    {
        if (_inField)
        {
            Field(_field.ToString());
            _field.Clear();
            _inField = false;
        }
    }

    private void Field(string instruction)
    {
        var text = instruction.Trim();
        if (Dde().IsMatch(text) || Dde().IsMatch(Spelled(text)))
        {
            found.Feature("dde", $"a field starts a program: {text}", place: place);
        }

        found.Text(text, needsScheme: true);
        if (Including().IsMatch(text) && text.Contains("://", StringComparison.Ordinal))
        {
            found.Feature("external-object", $"a field loads {text}", place: place);
        }
    }

    /// <summary>QUOTE 68 68 69 writes DDE in numbers.</summary>
    private static string Spelled(string text) =>
        text.StartsWith("QUOTE", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(word => int.TryParse(word, out var code) && code is > 31 and < 127 ? (char)code : ' '))
            : "";

    private void Relationship(string type, string target)
    {
        var kind = type[(type.LastIndexOf('/') + 1)..];
        if (kind.Equals("attachedTemplate", StringComparison.OrdinalIgnoreCase) && IsRemote(target))
        {
            found.Feature("external-template", $"loads the template {target}", place: place);
        }
        else if (Loading.Contains(kind) && IsRemote(target))
        {
            found.Feature("external-object", $"loads {kind} from {target}", place: place);
        }
        else if (target.StartsWith("mhtml:", StringComparison.OrdinalIgnoreCase) || target.Contains("!x-usc:", StringComparison.OrdinalIgnoreCase) || target.StartsWith("script:", StringComparison.OrdinalIgnoreCase) || target.StartsWith("ms-msdt:", StringComparison.OrdinalIgnoreCase))
        {
            found.Feature("external-object", $"points to {target}", place: place);
        }

        found.Url(target.Replace("mhtml:", "", StringComparison.OrdinalIgnoreCase).Split('!')[0]);
    }

    /// <summary>Another machine: a web address or a network share. Links to a file of the author's disk are everyday life.</summary>
    private static bool IsRemote(string target) =>
        target.Contains("://", StringComparison.Ordinal) ? !target.StartsWith("file:///", StringComparison.OrdinalIgnoreCase) || target.StartsWith(@"file:///\\", StringComparison.OrdinalIgnoreCase) : target.StartsWith(@"\\", StringComparison.Ordinal) || target.StartsWith("mhtml:", StringComparison.OrdinalIgnoreCase);

    private void TellFormulas()
    {
        var text = _formulas.ToString();
        if (isMacroSheet)
        {
            found.Feature("xlm-macro", $"a sheet of Excel 4.0 macros: {text.Split('\n')[0]}", place: place);
            if (Calls().Match(text) is { Success: true } call)
            {
                found.Feature("xlm-runs-program", $"Excel 4.0 macros call {text.AsSpan(call.Index, Math.Min(150, text.Length - call.Index))}", place: place);
            }
        }

        if (Command().Match(text) is { Success: true } command)
        {
            found.Feature("dde", $"a formula starts a program: {command.Value}", place: place);
        }

        found.Text(text, needsScheme: true);
    }

    private static string? Attribute(XmlReader xml, string name)
    {
        string? value = null;
        for (var found = xml.MoveToFirstAttribute(); found; found = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == name && xml.Prefix != "xmlns")
            {
                value = xml.Value;
                break;
            }
        }

        xml.MoveToElement();
        return value;
    }

    [GeneratedRegex(@"^\W{0,20}DDE(AUTO)?\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Dde();

    [GeneratedRegex(@"^\W{0,20}(INCLUDEPICTURE|INCLUDETEXT|IMPORT|INCLUDE|LINK)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Including();

    [GeneratedRegex(@"\b(EXEC|CALL|REGISTER|FOPEN|FWRITE)\s*\(", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Calls();

    [GeneratedRegex(@"\b(cmd|msexcel|powershell|mshta|rundll32|regsvr32|wmic|certutil)(\.exe)?\s{0,5}\|[^\n]{1,200}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
