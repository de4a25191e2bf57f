using System.Collections.Frozen;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>Files that run something when opened, by content and by name, also inside archives.</summary>
internal sealed class DangerousAttachment : IDetector
{
    /// <summary>Programs and scripts that Windows runs on a double click, and containers used to carry them past the mark of the web.</summary>
    private static readonly FrozenSet<string> Runs = FrozenSet.ToFrozenSet(
        [
            "ade", "adp", "apk", "appinstaller", "application", "appref-ms", "appx", "appxbundle", "bas", "bat", "chm", "cmd", "com", "cpl", "diagcab", "dll", "dmg", "elf", "exe", "gadget", "hta", "inf", "ins", "isp", "jar", "jnlp", "js", "jse", "lib", "library-ms",
            "lnk", "mach-o", "macho", "mde", "msc", "msh", "msi", "msix", "msixbundle", "msp", "mst", "ocx", "pif", "ps1", "ps1xml", "psc1", "psd1", "psm1", "reg", "scf", "scr", "sct", "search-ms", "settingcontent-ms", "shb", "sys", "theme", "url", "vb", "vbe", "vbp", "vbs", "vxd", "wsc", "wsf", "wsh", "xll", "xnk", "pe",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Images = FrozenSet.ToFrozenSet(["iso", "img", "vhd", "vhdx", "udf"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Macros = FrozenSet.ToFrozenSet(["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppam", "ppsm", "sldm", "xlsb"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Extensions that make people trust a file.</summary>
    private static readonly FrozenSet<string> Harmless = FrozenSet.ToFrozenSet(["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "jpg", "jpeg", "png", "gif", "txt", "csv", "rtf", "mp3", "mp4", "wav", "zip", "invoice"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Unread files that are named; of more the number is said.</summary>
    private const int MostNamed = 20;

    /// <summary>A double click on a file of this type or extension runs something.</summary>
    public static bool Starts(string type) => Runs.Contains(type);

    /// <summary>The type says already that it carries macros.</summary>
    public static bool CarriesMacros(string type) => Macros.Contains(type);

    public string Id => "dangerous-attachment";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        // What stands behind a limit is in no part and no text: a flood must not hide a program or words silently.
        foreach (var flood in message.Message.Defects.Where(defect => defect.Kind is "too-many-parts" or "html-too-complex" or "header-too-large"))
        {
            yield return Say.Any("attachment-not-inspected", $"{flood.Detail} What stands behind it was not read.", DetectionTechnology.FileReputation).At(In.Knowledge("limits of reading"));
        }

        foreach (var signal in Unread(message.Message))
        {
            yield return signal;
        }

        foreach (var part in message.Message.Parts)
        {
            if (!part.IsAttachment && part.FileName.Length == 0)
            {
                continue;
            }

            foreach (var signal in OfFile(part))
            {
                yield return signal;
            }

            foreach (var signal in OfMembers(part, message))
            {
                yield return signal;
            }
        }
    }

    /// <summary>Files that were not read to their end: the first by name, how many more there are, and that the message used up what reading one may take.</summary>
    private static IEnumerable<Signal> Unread(ParsedMessage message)
    {
        if (message.Defects.FirstOrDefault(defect => defect.Kind == InspectionResult.Exhausted) is { } exhausted)
        {
            yield return Say.Any("inspection-exhausted", $"{exhausted.Detail} Ordinary mail does not need so much; what must not be seen hides behind what takes long.", DetectionTechnology.FileReputation).At(In.Knowledge("limits of reading"));
        }

        var unread = message.Parts.Where(part => part.NotRead.Length > 0).ToList();
        foreach (var part in unread.Take(MostNamed))
        {
            yield return Say.Any("attachment-not-inspected", $"{(part.FileName.Length > 0 ? part.FileName : $"Part {part.Path}")} was not read to its end: {part.NotRead}", DetectionTechnology.FileReputation, part.Sha256);
        }

        if (unread.Count > MostNamed)
        {
            yield return Say.Any("attachment-not-inspected", $"And {unread.Count - MostNamed} more files were not read to their end.", DetectionTechnology.FileReputation).At(unread.Skip(MostNamed).Take(MostNamed).Select(In.Part));
        }
    }

    private static IEnumerable<Signal> OfFile(MailPart part)
    {
        if (part.FileName.AsSpan().ContainsAny("\u202E\u202D\u2066\u2067"))
        {
            yield return Malware("attachment-reversed-name", $"The name of {Shown(part.FileName)} is turned around by a control character.", part);
        }

        if (IsDoubled(part.FileName))
        {
            yield return Malware("attachment-double-extension", $"{part.FileName} pretends to be a document.", part);
        }

        if (Runs.Contains(part.FileType) || Runs.Contains(part.Extension))
        {
            yield return Harmless.Contains(part.Extension)
                ? Malware("attachment-disguised-program", $"{part.FileName} is {part.FileType} by content.", part)
                // Developers send each other object files; a desktop runs none on a click.
                : Malware(part.FileType is "elf" && part.Extension is not ("exe" or "jar" or "js") ? "attachment-unix-program" : "attachment-program", $"{part.FileName} runs when opened ({part.FileType}).", part);
        }
        else if (Images.Contains(part.FileType) || Images.Contains(part.Extension))
        {
            yield return Malware("attachment-disk-image", $"{part.FileName} is a disk image, which hides where its files come from.", part);
        }
        else if (Macros.Contains(part.FileType) || Macros.Contains(part.Extension) || part.FileType.Contains("macro", StringComparison.Ordinal))
        {
            yield return Malware("attachment-macros", $"{part.FileName} carries macros.", part);
        }
        else if (part.FileType is "onenote" or "one" || part.Extension == "one")
        {
            yield return Malware("attachment-onenote", $"{part.FileName} is a notebook that may embed programs.", part);
        }
        else if (IsMismatch(part))
        {
            yield return Malware("attachment-type-mismatch", $"{part.FileName} is {part.FileType} by content.", part);
        }
    }

    private static IEnumerable<Signal> OfMembers(MailPart part, MessageFacts message)
    {
        var program = part.Members.FirstOrDefault(member => Runs.Contains(member.FileType) || Runs.Contains(member.Extension) || IsDoubled(member.Path));
        if (program is not null)
        {
            yield return Malware("attachment-program-in-archive", $"{part.FileName} holds {Shown(program.Path)} ({program.FileType}), which runs when opened.", part).At(In.Member(part, program.Path));
        }

        if (part.Members.FirstOrDefault(member => Macros.Contains(member.FileType) || Macros.Contains(member.Extension)) is { } macros)
        {
            yield return Malware("attachment-macros-in-archive", $"{part.FileName} holds {Shown(macros.Path)} with macros.", part).At(In.Member(part, macros.Path));
        }

        // PGP and S/MIME encrypt for a person, not against a scanner.
        if ((part.IsEncrypted && part.FileType is not "pgp") || part.Members.Any(member => member.IsEncrypted))
        {
            var words = message.Text.Words;
            var password = Password(words);
            var opened = message.Files.Where(report => report.PartPath == part.Path).SelectMany(report => report.Features).FirstOrDefault(feature => feature.Name == "opened-with-password-of-text");
            yield return opened is not null
                ? Malware("attachment-opened-with-password", $"{part.FileName} is encrypted against scanners; {opened.Detail}, which stands in the mail.", part).At(In.Part(part), password.End > 0 ? In.Text(message.Text, password.Start, password.End) : In.Subject)
                : password.End > 0
                ? Malware("attachment-encrypted-with-password", $"{part.FileName} is encrypted and the text names its password, so that only the reader can look inside.", part).At(In.Part(part), In.Text(message.Text, password.Start, password.End))
                : Malware("attachment-encrypted", $"{part.FileName} is encrypted; nobody could look inside.", part);
        }
    }

    private static Signal Malware(string name, string evidence, MailPart part) => Say.Malware(name, evidence, DetectionTechnology.FileReputation, part.Sha256);

    private static bool IsDoubled(string name)
    {
        var pieces = name.Split('.', StringSplitOptions.TrimEntries);
        return pieces.Length >= 3 && Runs.Contains(pieces[^1]) && Harmless.Contains(pieces[^2].Split(' ')[0]);
    }

    /// <summary>An extension that promises another kind of content. Kinds that are containers of one another are not compared.</summary>
    private static bool IsMismatch(MailPart part) => part.Extension switch
    {
        "pdf" => part.FileType is "html" or "zip" or "rar" or "7z" or "ole" or "rtf",
        "jpg" or "jpeg" or "png" or "gif" => part.FileType is "html" or "zip" or "rar" or "7z" or "pdf" or "ole",
        "doc" or "docx" or "xls" or "xlsx" => part.FileType is "html" or "rar" or "7z" or "pdf",
        _ => false,
    };

    /// <summary>Where the text speaks of a password; nowhere, when it doesn't.</summary>
    private static (int Start, int End) Password(IReadOnlyList<Facts.Text.Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Folded is "password" or "passwort" or "kennwort" or "passwd" or "contrasena" or "senha" or "wachtwoord" or "passcode" or "pin")
            {
                return (words[i].Start, words[i].End);
            }

            if (i + 2 < words.Count && words[i].Folded == "mot" && words[i + 2].Folded == "passe")
            {
                return (words[i].Start, words[i + 2].End);
            }
        }

        return default;
    }

    private static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) || c is '\u202E' or '\u202D' or '\u2066' or '\u2067' ? '�' : c));
}
