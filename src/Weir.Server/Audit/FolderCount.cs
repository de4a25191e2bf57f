using Weir.Detection.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Server.Audit;

/// <summary>What was counted in one folder.</summary>
internal sealed record FolderCount
{
    public required string Mailbox { get; init; }
    public required string Folder { get; init; }
    public required FolderUse Use { get; init; }

    /// <summary>Stopped before its end.</summary>
    public bool IsPartial { get; set; }

    public SortedDictionary<Verdict, long> Verdicts { get; init; } = [];

    /// <summary>Messages that were not read, by reason.</summary>
    public SortedDictionary<string, long> NotRead { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Messages of which a fact is not known, by what is missing.</summary>
    public SortedDictionary<string, long> Unknown { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Messages that another filter judged too: how both see it.</summary>
    public long BothBad { get; set; }
    public long OnlyOtherBad { get; set; }
    public long OnlyWeirBad { get; set; }
    public long BothGood { get; set; }

    public long Judged => Verdicts.Values.Sum();

    public void Add(Verdict verdict, OtherVerdict? other)
    {
        Verdicts[verdict] = Verdicts.GetValueOrDefault(verdict) + 1;
        switch (other?.IsBad, verdict >= Verdict.Spam)
        {
            case (true, true):
                BothBad++;
                break;
            case (true, false):
                OnlyOtherBad++;
                break;
            case (false, true):
                OnlyWeirBad++;
                break;
            case (false, false):
                BothGood++;
                break;
        }
    }

    public void Skip(string reason) => NotRead[reason] = NotRead.GetValueOrDefault(reason) + 1;

    public void Miss(string what) => Unknown[what] = Unknown.GetValueOrDefault(what) + 1;
}
