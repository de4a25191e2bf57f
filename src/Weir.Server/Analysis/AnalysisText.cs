using System.Globalization;
using Spectre.Console;
using Weir.Detection.Contracts;

namespace Weir.Server.Analysis;

/// <summary>An analysis for people on a terminal.</summary>
internal static class AnalysisText
{
    private const int MostPlaces = 4;

    public static void Write(IAnsiConsole console, AnalyzedFile file)
    {
        console.MarkupLineInterpolated($"[bold]{Clean(file.File)}[/]");
        if (file.Judged is not { } judged)
        {
            console.MarkupLineInterpolated($"  [red]no verdict[/]: {Clean(file.Error)}");
            return;
        }

        var judgement = judged.Judgement;
        var message = judged.Message;
        console.MarkupLineInterpolated($"  From     {Clean($"{message.Author?.DisplayName} <{message.Author?.Address}>")}");
        console.MarkupLineInterpolated($"  Subject  {Clean(message.Subject)}");
        console.Write(new Markup($"  Verdict  [bold {Color(judgement.Verdict)}]{Names.Of(judgement.Verdict)}[/]"));
        console.MarkupLineInterpolated($"  (confidence {judgement.Confidence.ToLowerInvariant()}, score {judgement.Score:0.0}{(judgement.ThreatClassification.Length > 0 ? ", " + judgement.ThreatClassification : "")})");
        if (judgement.Because.Count > 0)
        {
            console.MarkupLineInterpolated($"  Because  {Clean(string.Join(", ", judgement.Because))}");
        }

        if (judgement.WouldChange is { } change)
        {
            console.MarkupLineInterpolated($"  Would change it  without {Clean(string.Join(", ", change.Remove))}: {Names.Of(change.To)}");
        }

        var results = judged.Authentication;
        console.MarkupLineInterpolated($"  Authentication   SPF {results.Spf}, DKIM {results.Dkim}, DMARC {results.Dmarc}, composite {results.Composite}{(results.IsRecorded ? " (as recorded, not found by Weir)" : "")}{(results.CompositeReason.Length > 0 && !results.IsRecorded ? $": {Clean(results.CompositeReason)}" : "")}");
        if (judgement.Signals.Count == 0)
        {
            console.MarkupLine("  No signals.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("Weight").RightAligned()).AddColumn("Signal").AddColumn("Technology").AddColumn("Evidence");
        foreach (var signal in judgement.Signals)
        {
            var weight = signal.IsConclusive ? "decides" : signal.Weight.ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture);
            table.AddRow(new Text(weight), new Text(Clean(signal.Name)), new Text(Names.Of(signal.Technology)), new Text($"{Clean(signal.Evidence)}\n{Places(signal.Places)}"));
        }

        console.Write(table);
        console.MarkupLineInterpolated($"  Judged by {string.Join(", ", judgement.Versions.Select(version => $"{version.Key} {version.Value}"))}");
    }

    private static string Places(IReadOnlyList<Place> places) =>
        string.Join("; ", places.Take(MostPlaces).Select(place => Clean(place.ToString()))) + (places.Count > MostPlaces ? $"; and {places.Count - MostPlaces} more" : "");

    private static string Color(Verdict verdict) => verdict switch
    {
        Verdict.Clean => "green",
        Verdict.Bulk => "yellow",
        Verdict.Spam => "darkorange",
        _ => "red",
    };

    /// <summary>Text of a stranger must not steer the terminal.</summary>
    private static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '�' : c));
}
