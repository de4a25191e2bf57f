using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Answers the shapes of question that the portal asks, over invented mail. Anything else is an error, so a new shape is noticed.</summary>
internal sealed partial class FakeQuestions(FakeMail mail) : IQuestions
{
    private static readonly string[] AllColumns =
    [
        "Timestamp", "NetworkMessageId", "InternetMessageId", "RecipientEmailAddress", "RecipientDomain", "SenderFromAddress", "SenderMailFromAddress", "SenderFromDomain",
        "SenderMailFromDomain", "SenderDisplayName", "SenderIPv4", "SenderIPv6", "Subject", "ThreatTypes", "OriginalThreatTypes", "DetectionMethods", "DeliveryAction", "DeliveryLocation",
        "LatestDeliveryLocation", "EmailDirection", "EmailClusterId", "AttachmentCount", "UrlCount", "EmailSize", "IsFirstContact", "EmailLanguage", "AuthenticationDetails",
        "AdditionalFields", "To", "DistributionList", "ThreatClassification", "EmailAction", "EmailActionPolicy",
    ];

    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>Nobody reports deliveries.</summary>
    public bool IsDeliveryAssumed { get; set; }

    /// <summary>So many messages have come in at the top since: pages asked for now lie further down.</summary>
    public int CameIn { get; set; }

    /// <summary>Every question asked, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public ValueTask<Answer> AskAsync(Caller caller, Question question, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        _asked.Enqueue(question.Kql);
        var answer = Answer(question.Kql, question.MaxRows);
        return ValueTask.FromResult(answer.Rows.Count > question.MaxRows ? answer with { Rows = [.. answer.Rows.Take(question.MaxRows)], IsTruncated = true } : answer);
    }

    public async IAsyncEnumerable<Answer> StreamAsync(Caller caller, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await AskAsync(caller, question, cancellationToken);
    }

    private Answer Answer(string kql, int maxRows)
    {
        if (kql.Contains("fails-to-compile", StringComparison.Ordinal))
        {
            throw new QuestionException("There is no operator named \"fails\".", 1, 1);
        }

        if (RenderText().Match(kql) is { Success: true } render)
        {
            return Drawn(render.Groups["value"].Value);
        }

        if (Id().Match(kql) is { Success: true } id)
        {
            return OneMessage(kql, FakeMail.IndexOf(id.Groups["value"].Value));
        }

        if (!kql.StartsWith("EmailEvents\n", StringComparison.Ordinal))
        {
            throw new QuestionException($"The fake store does not know this question: {kql}", 1, 1);
        }

        var indexes = Matching(kql);
        if (kql.Contains("| summarize Count = count() by Start", StringComparison.Ordinal))
        {
            return Histogram(kql, indexes);
        }

        if (kql.EndsWith("| top 6 by Count desc", StringComparison.Ordinal))
        {
            return new Answer([new("Series", "string"), new("Count", "long")], [["northwind.example", 10L], ["fabrikam.example", 5L]]) { At = mail.Newest };
        }

        return Page(kql, indexes, maxRows);
    }

    /// <summary>Counts by hour and threat, or by domain, as a chart of that kind wants them.</summary>
    private Answer Drawn(string kind) => kind.StartsWith("time", StringComparison.Ordinal) || kind is "linechart" or "areachart"
        ? new Answer([new("Timestamp", "datetime"), new("ThreatTypes", "string"), new("count_", "long")],
            [.. Enumerable.Range(0, 48).SelectMany(hour => new[] { "", "Phish", "Spam" }.Select((threat, at) =>
                new object?[] { mail.Newest.UtcDateTime.AddHours(-hour), threat, (long)((at + 2) * (10 + ((hour * 7) + (at * 5)) % 23)) }))]) { At = mail.Newest, Render = kind }
        : new Answer([new("SenderFromDomain", "string"), new("count_", "long")],
            [.. Enumerable.Range(0, 14).Select(at => new object?[] { at == 3 ? "<b>very-long-domain-name-of-a-sender-that-nobody-knows</b>.example" : $"domain-{at}.example", (long)(900 / (at + 1)) })]) { At = mail.Newest, Render = kind };

    private Range Matching(string kql)
    {
        if (kql.Contains("nothing-matches", StringComparison.Ordinal))
        {
            return 0..0;
        }

        var times = Instants().Matches(kql).Select(match => DateTimeOffset.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)).ToList();
        return times.Count < 2 ? 0..mail.Count : mail.FirstBefore(times[1])..mail.FirstBefore(times[0]);
    }

    private readonly ConcurrentDictionary<(Range, TimeSpan, long), Answer> _histograms = new();

    private Answer Histogram(string kql, Range indexes) =>
        _histograms.GetOrAdd((indexes, Step(StepText().Match(kql).Groups["value"].Value), Origin(kql)), key => Histogram(key.Item1, key.Item2, key.Item3));

    private static long Origin(string kql) => OriginText().Match(kql) is { Success: true } origin
        ? DateTimeOffset.Parse(origin.Groups["value"].Value, CultureInfo.InvariantCulture).UtcTicks
        : 0;

    private Answer Histogram(Range indexes, TimeSpan step, long origin)
    {
        var counts = new Dictionary<(long Start, string Series), long>();
        for (var index = indexes.Start.Value; index < indexes.End.Value; index++)
        {
            var ticks = mail.TimeOf(index).Ticks;
            var into = (ticks - origin) % step.Ticks;
            var key = (ticks - (into < 0 ? into + step.Ticks : into), FakeMail.SeriesOf(index));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return new Answer([new("Start", "datetime"), new("Series", "string"), new("Count", "long")],
            [.. counts.Select(pair => new object?[] { new DateTime(pair.Key.Start, DateTimeKind.Utc), pair.Key.Series, pair.Value })]) { At = mail.Newest };
    }

    private Answer Page(string kql, Range indexes, int maxRows)
    {
        var columns = ProjectText().Match(kql) is { Success: true } project ? project.Groups["value"].Value.Split(", ") : AllColumns;
        var takes = TakeText().Matches(kql).Select(match => int.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)).ToList();
        var ascending = SortText().Match(kql).Groups["value"].Value == "asc";
        var all = Enumerable.Range(indexes.Start.Value + CameIn, indexes.End.Value - indexes.Start.Value - CameIn);
        var rows = (ascending ? all.Reverse() : all).Take(takes.Count > 0 ? takes[0] : maxRows + 1);
        if (takes.Count > 1)
        {
            rows = rows.TakeLast(takes[1]).Reverse();
        }

        return kql.Contains("assumed", StringComparison.Ordinal) && !IsDeliveryAssumed ? mail.Rows([], columns) : mail.Rows(rows, columns);
    }

    private Answer OneMessage(string kql, int index)
    {
        if (index >= mail.Count)
        {
            return mail.Rows([], AllColumns);
        }

        var at = mail.TimeOf(index);
        var recipient = (string)mail.Cell(index, "RecipientEmailAddress")!;
        return kql[..kql.IndexOf('\n', StringComparison.Ordinal)] switch
        {
            "EmailEvents" => mail.Rows([index], AllColumns),
            "EmailAttachmentInfo" => FakeEvidence.Attachments(at, recipient, mail.Newest),
            "EmailUrlInfo" => FakeEvidence.Urls(at, mail.Newest),
            "UrlClickEvents" => FakeEvidence.Clicks(at, recipient, mail.Newest),
            "WeirMessageEvidence" => FakeEvidence.Message(at, FakeMail.SeriesOf(index), mail.Newest),
            "WeirDeliveryEvents" => FakeEvidence.Deliveries(at, recipient, mail.Newest),
            _ => new Answer([], []) { At = mail.Newest },
        };
    }

    private static TimeSpan Step(string text) => int.Parse(text[..^1], CultureInfo.InvariantCulture) * text[^1] switch
    {
        'd' => TimeSpan.FromDays(1),
        'h' => TimeSpan.FromHours(1),
        'm' => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(1),
    };

    [GeneratedRegex(@"NetworkMessageId == '(?<value>019a0000-[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Id();

    [GeneratedRegex(@"datetime\((?<value>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Instants();

    [GeneratedRegex(@"bin(_at)?\(Timestamp, (?<value>\w+)[,)]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex StepText();

    [GeneratedRegex(@"bin_at\(Timestamp, \w+, datetime\((?<value>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OriginText();

    [GeneratedRegex(@"\| project (?<value>[^\n]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ProjectText();

    [GeneratedRegex(@"\| sort by Timestamp (?<value>asc|desc)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SortText();

    [GeneratedRegex(@"\| render (?<value>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RenderText();

    [GeneratedRegex(@"\| take (?<value>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TakeText();
}
