using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Mail.Inspection.Ole;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Rich text: objects inside it (files, equations, links that load by themselves), templates of other machines, fields, hyperlinks.</summary>
internal sealed partial class RichText : IFileReader
{
    private const int Longest = 32 << 20;
    private const int MostObjects = 50;

    public bool Reads(string fileType) => fileType == "rtf";

    public void Read(FileToRead file, FileFindings found)
    {
        var text = Encoding.Latin1.GetString(file.Content.Span[..Math.Min(file.Content.Length, Longest)]);
        var objects = 0;
        for (var at = text.IndexOf("\\objdata", StringComparison.OrdinalIgnoreCase); at >= 0 && objects < MostObjects; objects++)
        {
            var (data, end) = Hex(text, at + 8);
            Object(data, at, found);

            // What stood inside the data is read: it is not read again for every word in it.
            at = text.IndexOf("\\objdata", end, StringComparison.OrdinalIgnoreCase);
        }

        foreach (Match match in Objects().Matches(text))
        {
            found.Feature(match.Value.Contains("objupdate", StringComparison.OrdinalIgnoreCase) ? "rtf-updates-itself" : "rtf-object", $"an object of rich text: {match.Value}", match.Index);
        }

        if (Template().Match(text) is { Success: true } template && template.Groups["target"].Value.Trim() is { Length: > 0 } target && (target.Contains("://", StringComparison.Ordinal) || target.StartsWith(@"\\", StringComparison.Ordinal)))
        {
            found.Feature("external-template", $"loads the template {target}", template.Index);
            found.Url(target);
        }

        Fields(text, found);
        found.Text(Plain(text), needsScheme: true);
    }

    private static void Fields(string text, FileFindings found)
    {
        foreach (Match match in Field().Matches(text))
        {
            var instruction = Plain(match.Groups["text"].Value).Trim();
            if (instruction.StartsWith("DDE", StringComparison.OrdinalIgnoreCase))
            {
                found.Feature("dde", $"a field starts a program: {instruction}", match.Index);
            }
            else if (instruction.StartsWith("INCLUDE", StringComparison.OrdinalIgnoreCase) && instruction.Contains("://", StringComparison.Ordinal))
            {
                found.Feature("external-object", $"a field loads {instruction}", match.Index);
            }

            found.Text(instruction, needsScheme: true);
        }
    }

    /// <summary>Control words fall out, escaped characters are written.</summary>
    private static string Plain(string text)
    {
        var escaped = Escape().Replace(text, match => ((char)Convert.ToInt32(match.Value[2..], 16)).ToString());
        return Word().Replace(escaped, "").Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
    }

    /// <summary>Digits of the data, past groups, control words and blanks that are strewn in to hide them.</summary>
    private static (byte[] Data, int End) Hex(string text, int from)
    {
        var bytes = new List<byte>();
        var high = -1;
        var depth = 0;
        var at = from;
        for (; at < text.Length && depth >= 0; at++)
        {
            switch (text[at])
            {
                case '{':
                    depth++;
                    break;
                case '}':
                    depth--;
                    break;
                case '\\':
                    at = PastWord(text, at, bytes);
                    break;
                case var c when char.IsAsciiHexDigit(c):
                    if (high < 0)
                    {
                        high = c;
                    }
                    else
                    {
                        bytes.Add(Convert.ToByte($"{(char)high}{c}", 16));
                        high = -1;
                    }

                    break;
            }
        }

        return ([.. bytes], Math.Min(at, text.Length));
    }

    /// <summary>The last character of a control word; \bin says that so many bytes follow as they are.</summary>
    private static int PastWord(string text, int at, List<byte> bytes)
    {
        var end = at + 1;
        if (end < text.Length && text[end] == '\'')
        {
            return Math.Min(text.Length - 1, at + 3);
        }

        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        var word = text[(at + 1)..end];
        var number = end;
        while (number < text.Length && (char.IsAsciiDigit(text[number]) || (number == end && text[number] == '-')))
        {
            number++;
        }

        if (word == "bin" && int.TryParse(text.AsSpan(end, number - end), out var count) && count > 0)
        {
            number += number < text.Length && text[number] == ' ' ? 1 : 0;
            count = Math.Min(count, text.Length - number);
            bytes.AddRange(Encoding.Latin1.GetBytes(text.Substring(number, count)));
            return Math.Max(at, number + count - 1);
        }

        return Math.Max(at, number - 1);
    }

    /// <summary>An OLE 1 object (MS-OLEDS §2.2.5): class name, then its data.</summary>
    private static void Object(byte[] data, int offset, FileFindings found)
    {
        var name = "";
        ReadOnlyMemory<byte> content = data;
        if (data.Length > 16 && BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(4)) is 1 or 2)
        {
            var at = 8;
            name = Counted(data, ref at);
            Counted(data, ref at);
            Counted(data, ref at);
            content = at + 4 <= data.Length ? data.AsMemory(at + 4) : default;
        }

        var ole = data.AsSpan().IndexOf<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        if (name.StartsWith("Equation", StringComparison.OrdinalIgnoreCase))
        {
            found.Feature("equation-object", $"holds an object of the old Equation Editor ({name})", offset);
        }

        found.Feature("rtf-object", name.Length > 0 ? $"an object of the class {name}" : $"an object of {data.Length} bytes", offset);
        if (PackagedFile.Of(content) is { } package)
        {
            found.Feature("embedded-object", $"embeds the file {package.Name}", offset);
            found.Embedded(package.Name, package.Content);
        }
        else if (ole >= 0)
        {
            found.Feature("embedded-object", $"embeds an object {name}", offset);
            found.Embedded("object.bin", data.AsMemory(ole));
        }
    }

    private static string Counted(byte[] data, ref int at)
    {
        if (at + 4 > data.Length)
        {
            at = data.Length;
            return "";
        }

        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at)), data.Length - at - 4);
        var text = Encoding.Latin1.GetString(data.AsSpan(at + 4, length)).TrimEnd('\0');
        at += 4 + length;
        return text;
    }

    [GeneratedRegex(@"\\(objupdate|objautlink|objemb|objlink|objocx|objhtml)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Objects();

    [GeneratedRegex(@"\\\*\s{0,10}\\template\s{1,10}(?<target>[^{}]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Template();

    [GeneratedRegex(@"\\fldinst\b(?<text>[^}]*(\}[^}]*)?(\}[^}]*)?)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Field();

    [GeneratedRegex(@"\\'[0-9a-fA-F]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\\(\*|[a-zA-Z]{1,32}-?\d{0,10} ?)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}
