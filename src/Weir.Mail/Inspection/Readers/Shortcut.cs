using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Shortcuts of Windows (MS-SHLLINK): what is started, with which arguments, and the icon that dresses it up.</summary>
internal sealed partial class Shortcut : IFileReader
{
    private const int HeaderLength = 0x4C;
    private const int LongestText = 8_192;

    public bool Reads(string fileType) => fileType == "lnk";

    public void Read(FileToRead file, FileFindings found)
    {
        var bytes = file.Content.Span;
        if (bytes.Length < HeaderLength)
        {
            found.NotRead("the shortcut is cut off");
            return;
        }

        var flags = (Parts)BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]);
        var at = HeaderLength;
        var target = "";
        if (flags.HasFlag(Parts.IdList) && at + 2 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            target = Names(bytes.Slice(at + 2, Math.Min(length, bytes.Length - at - 2)));
            at = Math.Min(bytes.Length, at + 2 + length);
        }

        if (flags.HasFlag(Parts.LinkInfo) && at + 28 <= bytes.Length)
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]), bytes.Length - at);
            target = Location(bytes.Slice(at, length)) is { Length: > 0 } path ? path : target;
            at += Math.Max(4, length);
        }

        var texts = new Dictionary<Parts, string>();
        foreach (var part in (ReadOnlySpan<Parts>)[Parts.Name, Parts.RelativePath, Parts.WorkingFolder, Parts.Arguments, Parts.Icon])
        {
            if (flags.HasFlag(part))
            {
                texts[part] = Counted(bytes, ref at, flags.HasFlag(Parts.IsUnicode));
            }
        }

        target = target.Length > 0 ? target : texts.GetValueOrDefault(Parts.RelativePath, "");
        target = Expanded(bytes[Math.Min(at, bytes.Length)..]) is { Length: > 0 } expanded ? expanded : target;
        Tell(target, texts.GetValueOrDefault(Parts.Arguments, ""), texts.GetValueOrDefault(Parts.Icon, ""), found);
        Carried(file.Content, at, found);
    }

    private static void Tell(string target, string arguments, string icon, FileFindings found)
    {
        var shown = $"{target} {Blanks().Replace(arguments, " ")}".Trim();
        found.Feature("lnk-target", $"starts {shown}");
        if (Interpreter().IsMatch($"{target} {arguments}"))
        {
            found.Feature("lnk-runs-script", $"starts an interpreter: {shown}");
        }

        if (Fetching().IsMatch(arguments))
        {
            found.Feature("lnk-downloads", $"fetches from the network: {shown}");
        }

        if (arguments.Length > 260 && Blanks().IsMatch(arguments))
        {
            found.Feature("lnk-hides-arguments", $"{arguments.Length} characters of arguments, pushed out of sight by blanks");
        }

        if (target.StartsWith(@"\\", StringComparison.Ordinal))
        {
            found.Feature("lnk-remote", $"starts {target} of another machine");
        }

        if (icon.Length > 0 && DocumentIcon().IsMatch(icon) && Interpreter().IsMatch(target))
        {
            found.Feature("lnk-disguised", $"looks like a document by the icon {icon}");
        }

        found.Text($"{target}\n{arguments}\n{icon}", needsScheme: true);
    }

    /// <summary>Programs that are hung behind the shortcut, to be cut out by its own command.</summary>
    private static void Carried(ReadOnlyMemory<byte> file, int at, FileFindings found)
    {
        const int MostOfShortcut = 64 << 10;
        if (file.Length - at > MostOfShortcut)
        {
            found.Feature("lnk-carries-data", $"{file.Length - at} bytes stand behind the shortcut");
            var rest = file.Span[at..];
            if (rest.IndexOf("MZ"u8) is >= 0 and var program)
            {
                found.Embedded("behind-shortcut.exe", file[(at + program)..]);
            }
        }
    }

    /// <summary>The readable names in the list of shell items; the long ones are in UTF-16.</summary>
    private static string Names(ReadOnlySpan<byte> list)
    {
        var names = new List<string>();
        while (list.Length > 4 && names.Count < 30)
        {
            var length = Math.Clamp((int)BinaryPrimitives.ReadUInt16LittleEndian(list), 2, list.Length);
            var item = list[2..length];
            if (item.IsEmpty)
            {
                break;
            }

            if (item.Length > 3 && item[0] == 0x2F)
            {
                names.Add(Encoding.Latin1.GetString(item[1..3]));
            }
            else if (item.Length > 14 && (item[0] & 0x70) == 0x30)
            {
                var name = item[12..];
                var end = name.IndexOf((byte)0);
                var wide = item.LastIndexOf((ReadOnlySpan<byte>)[0x04, 0, 0xEF, 0xBE]);
                names.Add(wide > 0 && wide + 0x2A < item.Length && Wide(item[(wide + 0x2A)..]) is { Length: > 0 } longName ? longName : TextDecoding.Decode(end < 0 ? name : name[..end]));
            }

            list = list[length..];
        }

        return string.Join('\\', names);
    }

    /// <summary>The path on a disk or in the network that the shortcut knows beside its list.</summary>
    private static string Location(ReadOnlySpan<byte> info)
    {
        if (info.Length < 28)
        {
            return "";
        }

        var flags = BinaryPrimitives.ReadUInt32LittleEndian(info[8..]);
        var path = "";
        if ((flags & 1) != 0)
        {
            path = At(info, BinaryPrimitives.ReadUInt32LittleEndian(info[16..]));
        }

        if ((flags & 2) != 0 && BinaryPrimitives.ReadUInt32LittleEndian(info[20..]) is var share && share + 20 <= info.Length)
        {
            path = At(info[(int)share..], BinaryPrimitives.ReadUInt32LittleEndian(info[((int)share + 8)..]));
        }

        var rest = At(info, BinaryPrimitives.ReadUInt32LittleEndian(info[24..]));
        return rest.Length == 0 ? path : $"{path.TrimEnd('\\')}\\{rest}";
    }

    /// <summary>The block of a path with variables of the environment, which wins over the others when the file is started.</summary>
    private static string Expanded(ReadOnlySpan<byte> blocks)
    {
        while (blocks.Length > 8)
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(blocks), blocks.Length);
            if (length < 8)
            {
                return "";
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(blocks[4..]) == 0xA000_0001 && length >= 8 + 260)
            {
                return length >= 788 && Wide(blocks[268..788]) is { Length: > 0 } wide ? wide : At(blocks, 8);
            }

            blocks = blocks[length..];
        }

        return "";
    }

    private static string At(ReadOnlySpan<byte> bytes, uint offset)
    {
        if (offset >= bytes.Length)
        {
            return "";
        }

        var text = bytes[(int)offset..];
        var end = text.IndexOf((byte)0);
        return TextDecoding.Decode(text[..Math.Min(end < 0 ? text.Length : end, LongestText)]);
    }

    private static string Wide(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Unicode.GetString(bytes[..(Math.Min(bytes.Length, LongestText) & ~1)]);
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private static string Counted(ReadOnlySpan<byte> bytes, ref int at, bool isWide)
    {
        if (at + 2 > bytes.Length)
        {
            return "";
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) * (isWide ? 2 : 1);
        var data = bytes.Slice(at + 2, Math.Min(length, bytes.Length - at - 2));
        at += 2 + data.Length;
        return isWide ? Encoding.Unicode.GetString(data[..(data.Length & ~1)]) : TextDecoding.Decode(data);
    }

    [Flags]
    private enum Parts : uint
    {
        None = 0,
        IdList = 1,
        LinkInfo = 2,
        Name = 4,
        RelativePath = 8,
        WorkingFolder = 16,
        Arguments = 32,
        Icon = 64,
        IsUnicode = 128,
    }

    [GeneratedRegex(@"\b(cmd|powershell|pwsh|mshta|wscript|cscript|rundll32|regsvr32|msiexec|certutil|bitsadmin|conhost|forfiles|wmic|schtasks|curl|bash|wsl|explorer\.exe\s+\S*search|ftp|hh|installutil|msbuild|odbcconf|pcalua|scriptrunner|ssh)(\.exe)?\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Interpreter();

    [GeneratedRegex(@"https?://|\\\\[\w.-]+(@\w+)?\\|downloadstring|downloadfile|\biwr\b|\birm\b|invoke-webrequest|start-bitstransfer|urlcache|frombase64string|-e(nc|ncodedcommand)?\s+[A-Za-z0-9+/=]{20,}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Fetching();

    [GeneratedRegex(@"\s{40,}", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(acrobat|acrord32|msedge|chrome|winword|excel|wordpad|notepad|shell32|imageres|\.pdf|\.docx?|\.xlsx?|\.ico)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DocumentIcon();
}
