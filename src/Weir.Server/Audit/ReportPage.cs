using System.Globalization;
using System.Net;
using Weir.Detection.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Server.Audit;

/// <summary>
/// The report as one file: no script, no picture, nothing from outside (its own policy forbids it), all text of mail escaped. What to do
/// first stands first; a page of it is enough for who decides.
/// </summary>
internal sealed class ReportPage(AuditTotals totals, DateTimeOffset now)
{
    /// <summary>Findings of one kind on the page; the list has all.</summary>
    public const int Most = 250;

    private static readonly Verdict[] Columns = [Verdict.Malware, Verdict.HighConfidencePhish, Verdict.Phish, Verdict.Spam, Verdict.Bulk, Verdict.Clean];
    private static readonly FolderUse[] Rows = [FolderUse.Inbox, FolderUse.Own, FolderUse.Deleted, FolderUse.Junk, FolderUse.Sent];

    public void Write(TextWriter output, IEnumerable<Finding> findings)
    {
        using var style = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("Weir.Server.Audit.report.css") ?? throw new InvalidOperationException("The report's style is not embedded."));
        output.Write("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        output.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"><meta name=\"referrer\" content=\"no-referrer\"><meta name=\"robots\" content=\"noindex\">");
        output.Write($"<title>Mailbox audit · Weir</title>\n<style>\n{style.ReadToEnd()}</style></head><body><main>\n");
        WriteHead(output);
        WriteTiles(output);
        WritePlaces(output);
        WriteSections(output, findings);
        WriteAllows(output);
        WriteOtherFilter(output);
        WriteUnknown(output);
        output.Write("</main></body></html>\n");
    }

    private void WriteHead(TextWriter output)
    {
        var head = totals.Head;
        output.Write("<header><p class=\"brand\">Weir · mailbox audit</p>");
        output.Write($"<h1>{Text(Headline())}</h1>");
        output.Write($"<p class=\"scope\">{Text(Scope())}</p>");
        if (totals.IsPartial)
        {
            output.Write($"<p class=\"note\">Not finished: {Number(totals.MailboxesDone)} of {Number(head?.Mailboxes ?? 0)} mailboxes were read to their end. Start the same command again to go on; every number here is of what was read so far.</p>");
        }

        output.Write("</header>\n");
    }

    private string Headline()
    {
        var dangerous = totals.InSight.Where(each => Verdicts.IsDangerous(each.Key)).Sum(each => each.Value);
        return dangerous == 0
            ? "No dangerous mail was found in sight"
            : $"{Count(dangerous, "dangerous mail lies", "dangerous mails lie")} in {Count(totals.MailboxesWithDanger, "mailbox", "mailboxes")}{(totals.Of(FindingKind.Answered) is > 0 and var answered ? $"; {Number(answered)} {(answered == 1 ? "was" : "were")} answered or forwarded" : "")}";
    }

    private string Scope()
    {
        var head = totals.Head;
        return head is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Count(totals.Judged, "message", "messages")} of {Count(totals.MailboxesDone, "mailbox", "mailboxes")} in {head.Source}, received from {head.Since:yyyy-MM-dd} to {head.Started:yyyy-MM-dd} ({head.Days} days). Nothing was changed. Written {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
    }

    private void WriteTiles(TextWriter output)
    {
        output.Write("<nav class=\"tiles\" aria-label=\"Findings\">");
        foreach (var kind in Enum.GetValues<FindingKind>())
        {
            var count = totals.Of(kind);
            output.Write($"<a class=\"tile {(count == 0 ? "none" : kind.ToString().ToLowerInvariant())}\" href=\"#{kind}\"><b>{Number(count)}</b><span>{Text(ReportWords.Short(kind))}</span></a>");
        }

        output.Write("</nav>\n");
    }

    private void WritePlaces(TextWriter output)
    {
        output.Write("<section><h2>Where it lies</h2><div class=\"wide\"><table class=\"numbers even\"><thead><tr><th scope=\"col\">Folder</th>");
        foreach (var verdict in Columns)
        {
            output.Write($"<th scope=\"col\">{Text(Names.Of(verdict))}</th>");
        }

        output.Write("<th scope=\"col\">All</th></tr></thead><tbody>");
        foreach (var use in Rows)
        {
            output.Write($"<tr><th scope=\"row\">{ReportWords.Of(use)}</th>");
            foreach (var verdict in Columns)
            {
                var count = totals.In(use, verdict);
                var isWrong = count > 0 && verdict >= Verdict.Spam && use is FolderUse.Inbox or FolderUse.Own or FolderUse.Sent;
                output.Write($"<td{(count == 0 ? " class=\"zero\"" : isWrong ? $" class=\"{ReportWords.Class(verdict)}\"" : "")}>{Number(count)}</td>");
            }

            output.Write($"<td>{Number(Columns.Sum(verdict => totals.In(use, verdict)))}</td></tr>");
        }

        output.Write("</tbody></table></div></section>\n");
    }

    private void WriteSections(TextWriter output, IEnumerable<Finding> findings)
    {
        var number = 0;
        var shown = 0;
        FindingKind? open = null;
        var before = new HashSet<FindingKind>();
        foreach (var finding in findings)
        {
            number++;
            if (open != finding.Kind)
            {
                Close(output, open, shown);
                (open, shown) = (finding.Kind, 0);
                before.Add(finding.Kind);
                output.Write($"<section id=\"{finding.Kind}\"><h2>{Text(ReportWords.Title(finding.Kind))} <small>{Number(totals.Of(finding.Kind))}</small></h2><p>{Text(ReportWords.Advice(finding.Kind))}</p><ol class=\"findings\">\n");
            }

            if (shown < Most)
            {
                shown++;
                WriteFinding(output, number, finding);
            }
        }

        Close(output, open, shown);
        foreach (var kind in Enum.GetValues<FindingKind>().Where(kind => !before.Contains(kind)))
        {
            output.Write($"<section id=\"{kind}\"><h2>{Text(ReportWords.Title(kind))} <small>0</small></h2><p class=\"empty\">None found.</p></section>\n");
        }
    }

    private void Close(TextWriter output, FindingKind? kind, int shown)
    {
        if (kind is { } open)
        {
            var left = totals.Of(open) - shown;
            output.Write("</ol>");
            output.Write(left > 0 ? $"<p class=\"more\">The first {Number(shown)} of {Number(totals.Of(open))} are shown; all are in {AuditReport.ListName}, in the same order.</p></section>\n" : "</section>\n");
        }
    }

    private static void WriteFinding(TextWriter output, int number, Finding finding)
    {
        output.Write($"<li value=\"{number.ToString(CultureInfo.InvariantCulture)}\"><details><summary><span class=\"pill {ReportWords.Class(finding.Verdict)}\">{Text(Names.Of(finding.Verdict))}</span>");
        output.Write($"<span class=\"subject\"><bdi>{Text(finding.Subject.Length > 0 ? finding.Subject : "(no subject)")}</bdi></span><span class=\"from\"><bdi>{Text(finding.From)}</bdi></span>");
        output.Write($"<span class=\"where\"><bdi>{Text(finding.Mailbox)}</bdi></span><span class=\"when\">{Time(finding.At)}</span><span class=\"marks\"><bdi>{Text(finding.Folder)}</bdi> · {Text(string.Join(" · ", Marks(finding)))}</span>");
        output.Write($"<span class=\"why\">{Text(finding.Because.Count > 0 ? string.Join(" · ", finding.Because) : "No sign of danger")}</span></summary><dl>");
        Line(output, "What was seen", finding.Evidence);
        Line(output, "Speaks against the verdict", finding.Doubts);
        Line(output, "Answered at", finding.AnsweredAt is { } at ? [Time(at)] : []);
        Line(output, "Let in by", finding.AllowedBy);
        Line(output, "Other filter", finding.OtherFilter.Length > 0 ? [finding.OtherFilter] : []);
        Line(output, "Envelope sender", finding.MailFrom.Length > 0 ? [finding.MailFrom] : []);
        Line(output, "Message-ID", finding.MessageId.Length > 0 ? [finding.MessageId] : []);
        Line(output, "Confidence", [finding.Confidence]);
        Line(output, "Cannot be told", finding.Unknown);
        Line(output, "Place", [finding.Key]);
        output.Write("</dl></details></li>\n");
    }

    private static IEnumerable<string> Marks(Finding finding)
    {
        yield return finding.IsRead ? "read" : "not read";
        if (finding.IsAnswered)
        {
            yield return "answered";
        }

        if (finding.IsForwarded)
        {
            yield return "forwarded";
        }

        if (finding.IsFlagged)
        {
            yield return "flagged";
        }

        if (finding.IsKnownSender)
        {
            yield return "known sender";
        }
    }

    private static void Line(TextWriter output, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            output.Write($"<dt>{name}</dt><dd>{string.Join("<br>", values.Select(value => $"<bdi>{Text(value)}</bdi>"))}</dd>");
        }
    }

    private void WriteAllows(TextWriter output)
    {
        output.Write("<section id=\"Allows\"><h2>What let bad mail in</h2>");
        if (totals.Allows.Count == 0)
        {
            output.Write("<p class=\"empty\">No allow list is named in the header of a bad mail, and no entry of a given list of Weir's held for one.</p></section>\n");
            return;
        }

        output.Write("<p>Allow rules that held for mail that Weir calls bad. A rule that lets much of it in, or dangerous mail at all, is one to take back.</p><table class=\"numbers\"><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Bad messages</th></tr></thead><tbody>");
        foreach (var (rule, count) in totals.Allows.OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).Take(100))
        {
            output.Write($"<tr><th scope=\"row\"><bdi>{Text(rule)}</bdi></th><td>{Number(count)}</td></tr>");
        }

        output.Write("</tbody></table></section>\n");
    }

    private void WriteOtherFilter(TextWriter output)
    {
        var all = totals.BothBad + totals.BothGood + totals.OnlyOtherBad + totals.OnlyWeirBad;
        output.Write("<section id=\"OtherFilter\"><h2>Beside the other filter</h2>");
        output.Write(all == 0
            ? "<p class=\"empty\">No verdict of rspamd or SpamAssassin was found that a sender could not have written. If your servers take such fields off incoming mail, say so with --believe-filter.</p></section>\n"
            : $"<p>{Number(all)} messages carry the verdict of rspamd or SpamAssassin; both agree on {Number(totals.BothBad + totals.BothGood)} of them. What the other filter refused never came into a mailbox and is not counted.</p><table class=\"numbers\"><thead><tr><th scope=\"col\"></th><th scope=\"col\">Weir: bad</th><th scope=\"col\">Weir: good</th></tr></thead><tbody><tr><th scope=\"row\">Other filter: bad</th><td>{Number(totals.BothBad)}</td><td>{Number(totals.OnlyOtherBad)}</td></tr><tr><th scope=\"row\">Other filter: good</th><td>{Number(totals.OnlyWeirBad)}</td><td>{Number(totals.BothGood)}</td></tr></tbody></table></section>\n");
    }

    private void WriteUnknown(TextWriter output)
    {
        output.Write("<section id=\"Unknown\"><h2>What cannot be judged in hindsight</h2><dl class=\"unknown\">");
        foreach (var (what, why) in ReportWords.AlwaysUnknown)
        {
            output.Write($"<dt>{Text(what)}</dt><dd>{Text(why)}</dd>");
        }

        output.Write("</dl>");
        Numbers(output, "Of single messages", "Messages", totals.Unknown);
        Numbers(output, "Not read", "Messages", totals.NotRead);
        if (totals.Failures.Count > 0)
        {
            output.Write("<h3>Mailboxes and folders that could not be read</h3><table><thead><tr><th scope=\"col\">Mailbox</th><th scope=\"col\">Folder</th><th scope=\"col\">Why</th></tr></thead><tbody>");
            foreach (var failure in totals.Failures.Take(Most))
            {
                output.Write($"<tr><td><bdi>{Text(failure.Mailbox)}</bdi></td><td><bdi>{Text(failure.Folder)}</bdi></td><td>{Text(failure.Reason)}</td></tr>");
            }

            output.Write("</tbody></table>");
        }

        output.Write("</section>\n");
    }

    private static void Numbers(TextWriter output, string title, string column, SortedDictionary<string, long> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        output.Write($"<h3>{title}</h3><table class=\"numbers\"><thead><tr><th scope=\"col\">What</th><th scope=\"col\">{column}</th></tr></thead><tbody>");
        foreach (var (what, count) in counts.OrderByDescending(each => each.Value))
        {
            output.Write($"<tr><th scope=\"row\">{Text(what)}</th><td>{Number(count)}</td></tr>");
        }

        output.Write("</tbody></table>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(Plain.Text(text));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(long number, string one, string many) => $"{Number(number)} {(number == 1 ? one : many)}";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
