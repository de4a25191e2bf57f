using Weir.Detection.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Server.Audit;

/// <summary>Everything that was counted, and where in the journal each finding stands: what a report needs in memory, however large the audit.</summary>
internal sealed class AuditTotals
{
    private readonly List<(long Rank, long Offset)> _findings = [];
    private readonly Dictionary<string, AuditFailure> _failures = new(StringComparer.Ordinal);

    public AuditHead? Head { get; private set; }
    public SortedDictionary<(FolderUse Use, Verdict Verdict), long> Places { get; } = [];
    public SortedDictionary<FindingKind, long> Kinds { get; } = [];
    public SortedDictionary<Verdict, long> InSight { get; } = [];
    public Dictionary<string, long> Allows { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, long> NotRead { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, long> Unknown { get; } = new(StringComparer.Ordinal);
    public long BothBad { get; private set; }
    public long OnlyOtherBad { get; private set; }
    public long OnlyWeirBad { get; private set; }
    public long BothGood { get; private set; }
    public long Judged { get; private set; }
    public int MailboxesDone { get; private set; }
    public int MailboxesWithDanger { get; private set; }
    public bool IsPartial { get; private set; }

    public IReadOnlyCollection<AuditFailure> Failures => _failures.Values;

    /// <summary>Places of the findings in the journal, what to do first at the top.</summary>
    public IReadOnlyList<long> Order { get; private set; } = [];

    public static AuditTotals Of(string folder)
    {
        var totals = new AuditTotals();
        var withDanger = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (offset, line) in AuditJournal.Read(folder))
        {
            totals.Head ??= line.Audit;
            if (line.Finding is { } finding)
            {
                totals.Add(offset, finding);
                if (finding.Kind is FindingKind.Answered or FindingKind.InMailbox && Verdicts.IsDangerous(finding.Verdict))
                {
                    withDanger.Add(finding.Mailbox);
                }
            }
            else if (line.Folder is { } count)
            {
                totals.Add(count);
            }
            else if (line.Failure is { } failure)
            {
                totals._failures[$"{failure.Mailbox}/{failure.Folder}"] = failure;
            }
            else if (line.Mailbox is { } mailbox)
            {
                totals.MailboxesDone++;
                foreach (var key in totals._failures.Where(each => each.Value.Mailbox == mailbox).Select(each => each.Key).ToList())
                {
                    totals._failures.Remove(key);
                }
            }
        }

        totals.MailboxesWithDanger = withDanger.Count;
        totals.IsPartial = totals.MailboxesDone < totals.Head?.Mailboxes;
        totals.Order = [.. totals._findings.OrderBy(each => each.Rank).ThenBy(each => each.Offset).Select(each => each.Offset)];
        return totals;
    }

    public long Of(FindingKind kind) => Kinds.GetValueOrDefault(kind);

    public long In(FolderUse use, Verdict verdict) => Places.GetValueOrDefault((use, verdict));

    private void Add(long offset, Finding finding)
    {
        _findings.Add((finding.Rank, offset));
        Kinds[finding.Kind] = Kinds.GetValueOrDefault(finding.Kind) + 1;
        if (finding.Kind is FindingKind.InMailbox or FindingKind.Answered)
        {
            InSight[finding.Verdict] = InSight.GetValueOrDefault(finding.Verdict) + 1;
        }

        foreach (var allow in finding.AllowedBy)
        {
            Allows[allow] = Allows.GetValueOrDefault(allow) + 1;
        }
    }

    private void Add(FolderCount count)
    {
        foreach (var (verdict, number) in count.Verdicts)
        {
            Places[(count.Use, verdict)] = In(count.Use, verdict) + number;
            Judged += number;
        }

        foreach (var (reason, number) in count.NotRead)
        {
            NotRead[reason] = NotRead.GetValueOrDefault(reason) + number;
        }

        foreach (var (what, number) in count.Unknown)
        {
            Unknown[what] = Unknown.GetValueOrDefault(what) + number;
        }

        BothBad += count.BothBad;
        OnlyOtherBad += count.OnlyOtherBad;
        OnlyWeirBad += count.OnlyWeirBad;
        BothGood += count.BothGood;
    }
}
