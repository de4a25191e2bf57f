namespace Weir.Response.Campaigns;

/// <summary>A trait that a message shares with an earlier one.</summary>
/// <param name="Value">What a person reads.</param>
internal readonly record struct Tie(TraitKind Kind, bool IsStrong, string Value, GroupedMail With);

/// <summary>What a message shares with one campaign, or with one message that is still alone: one tie of each kind, the strongest.</summary>
internal sealed class Ties
{
    private readonly SortedDictionary<TraitKind, Tie> _ties = [];

    public IEnumerable<Tie> All => _ties.Values.OrderByDescending(tie => tie.IsStrong).ThenBy(tie => tie.Kind);

    public bool HasStrong => _ties.Values.Any(tie => tie.IsStrong);

    /// <summary>One strong tie, or two of different families.</summary>
    public bool IsEnough => HasStrong || Families > 1;

    /// <summary>For mail that was judged less: a strong tie and one of another family. Spam must carry what the attack carries: that it reads alike is common.</summary>
    public bool IsEnoughForLookalike(MailClass kind) => Families > 1 && _ties.Values.Any(tie => tie.IsStrong && (kind != MailClass.Spam || tie.Kind.Family() == TraitFamily.Payload));

    /// <summary>More is nearer.</summary>
    public int Weight => _ties.Values.Sum(tie => tie.IsStrong ? 10 : 1) + (Families * 3);

    private int Families => _ties.Keys.Select(kind => kind.Family()).Distinct().Count();

    public void Add(Tie tie)
    {
        if (!_ties.TryGetValue(tie.Kind, out var known) || (tie.IsStrong && !known.IsStrong))
        {
            _ties[tie.Kind] = tie;
        }
    }
}
