using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Knowledge.Rules;
using Weir.Kernel;

namespace Weir.Detection.Checks;

/// <summary>The analysts' rules and the indicator files can be read.</summary>
internal sealed class RulesCheck(RuleFile file, IndicatorFiles indicators) : ICheck
{
    private const int MostErrors = 10;

    public string Name => "Rules and indicators";

    public ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var (rules, errors) = file.Read();
        var (entries, files) = indicators.Count();
        var results = new List<CheckResult>();
        results.AddRange(errors.Take(MostErrors).Select(error => new CheckResult(CheckState.Warning, $"{file.Path}, {error}", "The rule is left out; correct the line.")));
        results.Add(rules.Count == 0 && entries == 0
            ? new CheckResult(CheckState.Off, "There are no rules of your own and no indicator files", $"Rules stand in {file.Path}, lists of known bad hashes, addresses and domains in the folder indicators beside it (docs/detectors.md).")
            : new CheckResult(CheckState.Ok, $"{rules.Count} rules, {entries} indicators in {files} files"));
        return new(results);
    }
}
