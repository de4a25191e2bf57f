using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Detection.Checks;
using Weir.Detection.Contracts;
using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Knowledge.Rules;
using Weir.Detection.Tests.Support;
using Weir.Kernel;

namespace Weir.Detection.Tests.Facts.Knowledge;

public sealed class RulesAndIndicatorsTests : IDisposable
{
    private const string Hash = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";

    private readonly string _folder = TestRun.NewFolder("rules");
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Fact]
    public void A_rule_is_read_with_its_conditions_and_what_follows()
    {
        var (rules, errors) = RuleText.Parse("# note\nrule one-rule\n  subject matches \\bprize\\b\n  not from contains @a.example\n  header X-Mailer is Bulk Mailer 3\n  then weight -1.5\nrule two\n  url contains evil\n  then verdict malware\n");

        Assert.Empty(errors);
        Assert.Equal([("one-rule", -1.5, null, false), ("two", 0.0, ThreatType.Malware, true)], rules.Select(rule => (rule.Name, rule.Weight, rule.Threat, rule.IsVerdict)));
        Assert.Equal([("subject", "", false), ("from", "", true), ("header", "X-Mailer", false)], rules[0].Conditions.Select(condition => (condition.Field, condition.Header, condition.IsNegated)));
        Assert.Equal("Bulk Mailer 3", rules[0].Conditions[2].Value);
    }

    [Theory]
    [InlineData("rule Bad Name\n subject is a\n then weight 1", "line 1")]
    [InlineData("rule a\n subject matches (\n then weight 1", "line 2")]
    [InlineData("rule a\n colour is red\n then weight 1", "line 2")]
    [InlineData("rule a\n header is red\n then weight 1", "line 2")]
    [InlineData("rule a\n subject is a\n then weight many", "line 3")]
    [InlineData("rule a\n subject is a\n then weight 1 4", "line 3")]
    [InlineData("rule a\n then weight 1", "line 2")]
    [InlineData("rule a\n subject is a", "has no \"then\"")]
    [InlineData("subject is a", "line 1")]
    [InlineData("then weight 1", "line 1")]
    [InlineData("rule a\n subject is a\nrule b\n subject is b\n then weight 1\n x", "line 3")]
    public void What_cannot_be_read_is_named_with_its_line(string text, string where) => Assert.Contains(RuleText.Parse(text).Errors, error => error.Contains(where, StringComparison.Ordinal));

    [Fact]
    public void A_rule_with_an_error_is_left_out_and_the_others_hold()
    {
        var (rules, errors) = RuleText.Parse("rule a\n subject matches (\n subject is a\n then weight 1\nrule b\n subject is b\n then weight 1\n");

        Assert.Equal("b", Assert.Single(rules).Name);
        Assert.Single(errors);
    }

    [Fact]
    public async Task An_expression_that_takes_too_long_is_said_and_the_message_is_judged()
    {
        // A back reference keeps the engine from working in linear time.
        var rules = RuleText.Parse("rule slow\n  body matches ^(a+)+\\1b$\n  then verdict phish\n").Rules;
        var known = Weir.Detection.Facts.Knowledge.KnownFacts.Nothing with { Rules = rules };

        var judged = await Some.Judge(known: known).JudgeAsync(Some.Message($"From: a@elsewhere.example\nTo: tom.weber@harbour.example\nSubject: x\n\n{new string('a', 5_000)}c\n"), TestContext.Current.CancellationToken);

        Assert.Contains(judged.Judgement.Signals, signal => signal.Name == "not-examined" && signal.Evidence.Contains("slow", StringComparison.Ordinal));
        Assert.NotEqual(Verdict.HighConfidencePhish, judged.Judgement.Verdict);
    }

    [Fact]
    public void A_changed_rule_file_is_in_force_a_second_later()
    {
        var path = Path.Combine(_folder, "rules.txt");
        var file = new RuleFile(path, _clock, NullLogger<RuleFile>.Instance);
        Assert.Empty(file.Current);

        File.WriteAllText(path, "rule a\n subject is a\n then weight 1\n");
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Single(file.Current);

        File.Delete(path);
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Empty(file.Current);
    }

    [Theory]
    [InlineData(Hash, IndicatorKind.File, Hash)]
    [InlineData($"\"{Hash}\",\"2026-01-01\"", IndicatorKind.File, Hash)]
    [InlineData("https://evil.example/a?b # seen", IndicatorKind.Url, "https://evil.example/a?b")]
    [InlineData("203.0.113.9", IndicatorKind.Address, "203.0.113.9")]
    [InlineData("2001:DB8::1", IndicatorKind.Address, "2001:db8::1")]
    [InlineData("evil.example; note", IndicatorKind.Domain, "evil.example")]
    public void A_line_of_an_indicator_file_says_what_it_names(string line, object kind, string value) => Assert.Equal((kind, value), ((object)IndicatorFiles.Read(line)!.Value.Kind, IndicatorFiles.Read(line)!.Value.Value));

    [Theory]
    [InlineData("")]
    [InlineData("# comment")]
    [InlineData("first_seen,hash")]
    [InlineData("user@evil.example")]
    [InlineData("*.example")]
    [InlineData(".example")]
    public void What_names_nothing_is_passed_over(string line) => Assert.Null(IndicatorFiles.Read(line));

    [Fact]
    public void Indicator_files_are_read_again_when_they_change_and_their_name_is_told()
    {
        var files = new IndicatorFiles(_folder, _clock, NullLogger<IndicatorFiles>.Instance);
        Assert.Null(files.SourceOf(IndicatorKind.File, Hash));

        File.WriteAllText(Path.Combine(_folder, "feed.txt"), $"# list\n{Hash}\nhttps://evil.example/login/\n");
        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("feed.txt", files.SourceOf(IndicatorKind.File, Hash.ToUpperInvariant()));
        Assert.Equal("feed.txt", files.SourceOf(IndicatorKind.Url, "https://evil.example/login"));
        Assert.Null(files.SourceOf(IndicatorKind.Domain, Hash));
    }

    [Fact]
    public async Task The_doctor_counts_rules_and_indicators_and_names_lines_that_cannot_be_read()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.txt"), "rule a\n subject is a\n then weight 1\nrule b\n colour is red\n then weight 1\n", TestContext.Current.CancellationToken);
        var check = new RulesCheck(new RuleFile(Path.Combine(_folder, "rules.txt"), _clock, NullLogger<RuleFile>.Instance), new IndicatorFiles(Path.Combine(_folder, "none"), _clock, NullLogger<IndicatorFiles>.Instance));

        var results = await check.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal([CheckState.Warning, CheckState.Ok], results.Select(result => result.State));
        Assert.Contains("line 5", results[0].Text, StringComparison.Ordinal);
        Assert.Contains("1 rules", results[1].Text, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);
}
