using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>What attached documents, shortcuts, notebooks and pages do when they are opened, as their readers saw it; also deep inside of others.</summary>
internal sealed partial class ActiveContent : IDetector
{
    /// <summary>What a reader tells, the signal it is, and the threat.</summary>
    private static readonly (string Feature, string Signal, ThreatType Threat)[] Told =
    [
        ("external-template", "attachment-loads-template", ThreatType.Malware),
        ("external-object", "attachment-loads-object", ThreatType.Malware),
        ("equation-object", "attachment-equation-object", ThreatType.Malware),
        ("rtf-updates-itself", "attachment-updates-itself", ThreatType.Malware),
        ("standard-password", "attachment-standard-password", ThreatType.Malware),
        ("lnk-runs-script", "attachment-shortcut-script", ThreatType.Malware),
        ("lnk-remote", "attachment-opens-elsewhere", ThreatType.Malware),
        ("shortcut-remote", "attachment-opens-elsewhere", ThreatType.Malware),
        ("pdf-launch", "attachment-pdf-starts-program", ThreatType.Malware),
        ("pdf-escaped-names", "attachment-pdf-disguised", ThreatType.Malware),
        ("pdf-remote-file", "attachment-opens-elsewhere", ThreatType.Malware),
        ("pdf-open-action", "attachment-pdf-acts", ThreatType.Malware),
        ("pdf-action-by-itself", "attachment-pdf-acts", ThreatType.Malware),
        ("pdf-javascript", "attachment-pdf-script", ThreatType.Malware),
        ("pdf-submit-form", "attachment-pdf-sends-form", ThreatType.Phish),
        ("html-smuggling", "attachment-page-builds-file", ThreatType.Malware),
        ("html-hidden-page", "attachment-page-hides-page", ThreatType.Phish),
        ("svg-script", "attachment-picture-script", ThreatType.Phish),
        ("svg-page", "attachment-picture-script", ThreatType.Phish),
    ];

    public string Id => "active-content";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var reports in message.Files.GroupBy(report => report.PartPath, StringComparer.Ordinal))
        {
            if (message.Message.Parts.FirstOrDefault(part => part.Path == reports.Key) is not { } part)
            {
                continue;
            }

            var seen = reports.SelectMany(report => report.Features.Select(feature => new Seen(part, report, feature))).ToList();
            foreach (var signal in Macros(seen).Concat(Dde(seen)).Concat(Files(seen)).Concat(Rules(seen)))
            {
                yield return signal;
            }

            foreach (var (feature, name, threat) in Told)
            {
                if (seen.Find(each => each.Feature.Name == feature && !IsOurs(each.Feature.Detail, message)) is { } found)
                {
                    yield return found.Signal(name, threat);
                }
            }
        }
    }

    /// <summary>Macros are everyday life in offices; macros that run by themselves and start or fetch something are not.</summary>
    private static IEnumerable<Signal> Macros(List<Seen> seen)
    {
        if (Find(seen, "vba-macro") is { } macro && !DangerousAttachment.CarriesMacros(macro.Report.FileType) && !DangerousAttachment.CarriesMacros(macro.Part.Extension))
        {
            yield return macro.Signal("attachment-macros", ThreatType.Malware);
        }

        if (Find(seen, "vba-unreadable") is { } unreadable)
        {
            yield return unreadable.Signal("attachment-macros-unread", ThreatType.Malware);
        }

        var auto = Find(seen, "vba-auto-run");
        if ((Find(seen, "vba-downloads") ?? Find(seen, "vba-runs-program") ?? (auto is null ? null : Find(seen, "vba-disguised"))) is { } acts)
        {
            yield return auto is not null && acts.Feature.Name != "vba-disguised"
                ? acts.Signal("attachment-macros-act", ThreatType.Malware, $"{auto.Feature.Detail}; {acts.Feature.Detail}")
                : acts.Signal("attachment-macros-reach-out", ThreatType.Malware);
        }

        if (Find(seen, "xlm-macro") is { } old)
        {
            yield return old.Signal("attachment-old-macros", ThreatType.Malware);
            if (Find(seen, "xlm-runs-program") is { } runs)
            {
                yield return runs.Signal("attachment-old-macros-act", ThreatType.Malware);
            }
        }
    }

    private static IEnumerable<Signal> Dde(List<Seen> seen)
    {
        if (seen.Find(each => each.Feature.Name == "dde" && Interpreter().IsMatch(each.Feature.Detail)) is { } program)
        {
            yield return program.Signal("attachment-dde-program", ThreatType.Malware);
        }
        else if (Find(seen, "dde") is { } dde)
        {
            yield return dde.Signal("attachment-dde", ThreatType.Malware);
        }
    }

    /// <summary>Programs that sit in documents and notebooks.</summary>
    private static IEnumerable<Signal> Files(List<Seen> seen)
    {
        if (seen.Find(each => each.Feature.Name is "embedded-object" or "pdf-embedded-file" && DangerousAttachment.Starts(each.Feature.Detail[(each.Feature.Detail.LastIndexOf('.') + 1)..])) is { } program)
        {
            yield return program.Signal("attachment-embeds-program", ThreatType.Malware);
        }

        if (Find(seen, "disk-image-program") is { } onDisk)
        {
            yield return onDisk.Signal("attachment-embeds-program", ThreatType.Malware);
        }

        if (seen.Find(each => each.Feature.Name == "onenote-file" && !Document().IsMatch(each.Feature.Detail)) is { } file)
        {
            yield return file.Signal("attachment-notebook-file", ThreatType.Malware);
        }
    }

    /// <summary>YARA rules of the organisation: their severity is the signal.</summary>
    private static IEnumerable<Signal> Rules(List<Seen> seen) =>
        seen.Where(each => each.Feature.Name.StartsWith("yara-", StringComparison.Ordinal))
            .Select(each => each.Signal(each.Feature.Name, ThreatType.Malware, $"matches the YARA rule {each.Feature.Detail}") with { ThreatName = each.Feature.Detail.Split(':')[0] });

    private static Seen? Find(List<Seen> seen, string feature) => seen.Find(each => each.Feature.Name == feature);

    /// <summary>Templates and objects of our own servers are what a company's documents load.</summary>
    private static bool IsOurs(string detail, MessageFacts message) => Host().Match(detail) is { Success: true } match && message.IsOurs(match.Groups["host"].Value.ToLowerInvariant());

    private sealed record Seen(MailPart Part, FileReport Report, FileFeature Feature)
    {
        public Signal Signal(string name, ThreatType threat, string? detail = null)
        {
            var file = Report.Inside.Length > 0 ? $"{Part.FileName} › {Report.Inside}" : Part.FileName;
            var evidence = $"{file}: {detail ?? Feature.Detail}{(Feature.Place.Length > 0 ? $" ({Feature.Place})" : "")}.";
            return (threat == ThreatType.Malware ? Say.Malware(name, evidence, DetectionTechnology.FileReputation, Part.Sha256) : Say.Phish(name, evidence, DetectionTechnology.FileReputation, Part.Sha256)).At(In.Part(Part));
        }
    }

    [GeneratedRegex(@"\b(cmd|powershell|pwsh|mshta|rundll32|regsvr32|wscript|cscript|certutil|bitsadmin|msiexec|wmic|msexcel)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Interpreter();

    [GeneratedRegex(@"\((pdf|docx?|xlsx?|pptx?|txt|csv|mp[34]|wav|zip|eml|msg|ics)\)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Document();

    [GeneratedRegex(@"(://|\\\\)(?<host>[\w.-]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();
}
