using System.Globalization;
using System.Text.RegularExpressions;

namespace Weir.Mail.Inspection.Office;

/// <summary>What the source of macros does, by the names it calls. Names written in pieces ("She" &amp; "ll", Chr(83)) are put together first.</summary>
internal static partial class MacroSource
{
    private const int Longest = 2 << 20;

    /// <summary>Says of all modules together what they do.</summary>
    public static void Tell(IReadOnlyList<VbaModule> modules, FileFindings found)
    {
        foreach (var module in modules)
        {
            if (!HasCode(module.Source))
            {
                continue;
            }

            found.Feature("vba-macro", $"macros in {module.Name}: {FirstLine(module.Source)}", place: module.Place);
            Tell(module.Source, module.Name, module.Place, found);
        }
    }

    /// <summary>Script of Basic in any place, such as an attached file.</summary>
    public static void Tell(string source, string name, string place, FileFindings found)
    {
        var folded = Folded(source.Length > Longest ? source[..Longest] : source);
        if (RunsByItself().Match(source) is { Success: true } auto)
        {
            found.Feature("vba-auto-run", $"{auto.Groups["name"].Value} in {name} runs by itself", place: place);
        }

        if (Programs().Match(folded) is { Success: true } program)
        {
            found.Feature("vba-runs-program", $"{name} starts programs: {Around(folded, program)}", place: place);
        }

        if (Downloads().Match(folded) is { Success: true } download)
        {
            found.Feature("vba-downloads", $"{name} fetches from the network: {Around(folded, download)}", place: place);
        }

        if (Files().Match(folded) is { Success: true } file)
        {
            found.Feature("vba-writes-file", $"{name} writes files: {Around(folded, file)}", place: place);
        }

        if (IsDisguised(source))
        {
            found.Feature("vba-disguised", $"{name} hides its text in pieces and numbers", place: place);
        }

        found.Text(folded, needsScheme: true);
    }

    /// <summary>Strings in pieces are joined, characters by number are written out, and strings turned around are turned back.</summary>
    private static string Folded(string source)
    {
        var text = ByNumber().Replace(source, match => int.TryParse(match.Groups["code"].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var code) && code is >= 32 and < 0xD800 and not '"' ? $"\"{(char)code}\"" : match.Value);
        text = Continued().Replace(text, " ");
        text = Joined().Replace(text, "");
        return Reversed().Replace(text, match => $"\"{string.Concat(match.Groups["text"].Value.Reverse())}\"");
    }

    private static bool HasCode(string source) =>
        source.Split('\n').Any(line => line.Trim() is { Length: > 0 } text && !text.StartsWith('\'') && !text.StartsWith("Option ", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("VERSION ", StringComparison.Ordinal));

    private static string FirstLine(string source) => source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && line[0] != '\'') ?? "";

    private static string Around(string text, Match match)
    {
        var start = text.LastIndexOf('\n', Math.Max(0, match.Index - 1)) + 1;
        var end = text.IndexOf('\n', match.Index);
        var line = text[start..(end < 0 ? text.Length : end)].Trim();
        return line.Length <= 160 ? line : string.Concat(text.AsSpan(match.Index, Math.Min(150, text.Length - match.Index)), "…");
    }

    private static bool IsDisguised(string source)
    {
        var letters = Math.Max(1, source.Length);
        var pieces = ByNumber().Count(source) + Joined().Count(source);
        return (pieces >= 20 && pieces * 60 > letters) || LongCode().IsMatch(source) || ReversedCall().IsMatch(source);
    }

    [GeneratedRegex(@"\b(sub|function)\s+(?<name>auto_?open|auto_?exec|auto_?close|auto_?exit|auto_?new|document_?open|document_?close|document_beforeclose|document_new|document_contentcontrolonenter|workbook_open|workbook_activate|workbook_beforeclose|workbook_windowactivate|worksheet_activate|worksheet_calculate|worksheet_change|\w+_(layout|painted|painting|gotfocus|mousehover|resize|beforenavigate2|documentcomplete|downloadcomplete))\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RunsByItself();

    [GeneratedRegex(@"\bshell\s*[( ""]|\bshell\.application|wscript\.shell|\bshellexecute|\bcreateprocess|win32_process\b|winmgmts:|powershell|pwsh\b|\bcmd(\.exe)?\s*/[ck]|mshta|rundll32|regsvr32|certutil|bitsadmin|msiexec|schtasks|\bwmic\b|\bcscript\b|virtualalloc|rtlmovememory|createthread|macscript|shellexecutea|winexec|mmc20\.application|\boutlook\.application""?\)\.createobject", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Programs();

    [GeneratedRegex(@"urldownloadtofile|xmlhttp|winhttprequest|internetopen|internetreadfile|net\.webclient|downloadfile|downloadstring|invoke-webrequest|\biwr\b|start-bitstransfer|serverxmlhttp|internetexplorer\.application|urlopenblockingstream", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Downloads();

    [GeneratedRegex(@"adodb\.stream|\.savetofile|\bfor\s+binary\b|\bcreatetextfile\b|\bopentextfile\b|\bfor\s+output\s+as\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Files();

    [GeneratedRegex(@"\bchr[wb]?\$?\s*\(\s*(?<code>\d{1,5})\s*\)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ByNumber();

    [GeneratedRegex(@" _\r?\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Continued();

    [GeneratedRegex(@"""\s{0,8}[&+]\s{0,8}""", RegexOptions.NonBacktracking)]
    private static partial Regex Joined();

    [GeneratedRegex(@"strreverse\s*\(\s*""(?<text>[^""\n]+)""\s*\)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reversed();

    [GeneratedRegex(@"strreverse\s*\(", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ReversedCall();

    [GeneratedRegex(@"[A-Za-z0-9+/]{200,}", RegexOptions.NonBacktracking)]
    private static partial Regex LongCode();
}
