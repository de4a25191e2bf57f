using System.Text.RegularExpressions;
using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Spreadsheets as text (CSV, SYLK): formulas that start programs, macros of Excel 4.0.</summary>
internal sealed partial class SpreadsheetText : IFileReader
{
    private const int Longest = 8 << 20;

    public bool Reads(string fileType) => fileType is "csv" or "tsv" or "slk" or "iqy";

    public void Read(FileToRead file, FileFindings found)
    {
        var text = TextDecoding.Decode(file.Content.Span[..Math.Min(file.Content.Length, Longest)]);
        if (file.FileType == "slk" || text.StartsWith("ID;P", StringComparison.Ordinal))
        {
            Sylk(text, found);
        }
        else if (file.FileType == "iqy")
        {
            found.Feature("external-object", $"a query loads {text.Split('\n').Skip(2).FirstOrDefault()?.Trim()}");
            found.Text(text, needsScheme: true);
        }
        else if (file.FileType is "csv" or "tsv" && Command().Match(text) is { Success: true } command)
        {
            found.Feature("dde", $"a cell starts a program: {command.Value.Trim()}", command.Index);
        }
    }

    private static void Sylk(string text, FileFindings found)
    {
        // The option E says that the sheet is one of macros.
        if (MacroOption().IsMatch(text))
        {
            found.Feature("xlm-macro", "a sheet of Excel 4.0 macros as text");
        }

        if (AutoName().Match(text) is { Success: true } name)
        {
            found.Feature("xlm-auto-run", $"Excel 4.0 macros run by the name {name.Groups["name"].Value}", name.Index);
        }

        if (Calls().Match(text) is { Success: true } call)
        {
            found.Feature("xlm-runs-program", $"Excel 4.0 macros call {text.AsSpan(call.Index, Math.Min(150, text.Length - call.Index))}", call.Index);
        }

        if (Command().Match(text) is { Success: true } command)
        {
            found.Feature("dde", $"a cell starts a program: {command.Value.Trim()}", command.Index);
        }

        found.Text(text, needsScheme: true);
    }

    [GeneratedRegex(@"(^|[\n;,\t""])\s{0,10}[=+\-@][^\n|]{0,200}[\w.)]\s?\|[^\n!]{1,500}!['\w]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();

    [GeneratedRegex(@"(^|\n)O;([^\n]*;)?E(;|\r|\n|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MacroOption();

    [GeneratedRegex(@"\nNN;N(?<name>Auto_?\w{1,20})", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AutoName();

    [GeneratedRegex(@"(\b|;E)(EXEC|CALL|REGISTER|FOPEN|FWRITE)\s?\(", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Calls();
}
