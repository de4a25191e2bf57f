using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;

namespace Weir.Response.Campaigns;

/// <summary>
/// The grouping itself. A bad message joins the campaign, or makes one with the message, with which it shares one strong trait or two traits of different
/// families; strong ties to several make them one, and the older id stays. Spam has campaigns of its own. Mail that was judged less and has a strong tie and one of
/// another family is a lookalike: it joins, too, whether it came before (what was judged clean) or comes after. See docs/campaigns.md.
/// </summary>
internal sealed class MailGrouping : IMailGrouping
{
    private const int MostAttacks = 100_000;
    private const int MostSpam = 50_000;
    private const int MostGood = 50_000;
    private const int MostEveryday = 400_000;
    private const int MostAlike = 64;
    private const int MostGoodAlike = 1_000;

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EverydayTraits _everyday;
    private readonly TieSearch _search;
    private readonly Shelf _attacks;
    private readonly Shelf _spam;
    private readonly Shelf _good;
    private readonly Dictionary<NetworkMessageId, GroupedMail> _mails = [];
    private readonly Dictionary<string, CampaignState> _campaigns = new(StringComparer.Ordinal);
    private readonly Helos _helos = new();

    /// <param name="share">Of the usual bounds, for tests.</param>
    public MailGrouping(double share = 1)
    {
        int Of(int most) => Math.Max(1, (int)(most * share));
        _everyday = new EverydayTraits(Of(MostEveryday));
        _search = new TieSearch(_everyday);
        _attacks = new Shelf(Of(MostAttacks), MostAlike, strongOnly: false);
        _spam = new Shelf(Of(MostSpam), MostAlike, strongOnly: false);
        _good = new Shelf(Of(MostGood), MostGoodAlike, strongOnly: true);
    }

    /// <summary>Messages and campaigns that are remembered.</summary>
    public (int Messages, int Campaigns) Remembered => (_mails.Count, _campaigns.Count);

    public IReadOnlyList<Fact> Take(LoggedFact logged, DateTimeOffset now)
    {
        if (logged.Fact is not MessageJudged judged)
        {
            Remember(logged);
            return [];
        }

        var said = new CampaignFacts(now, logged.Sequence);
        var traits = MailTraits.Of(judged, _helos.Take(judged.Id));
        if (Enter(judged, traits, said) is { } mail)
        {
            Decide(mail, judged, traits, said);
        }

        return said.All;
    }

    public void Remember(LoggedFact logged)
    {
        switch (logged.Fact)
        {
            case MessageReceived received:
                _helos.Remember(received);
                break;
            case MessageJudged judged:
                Enter(judged, MailTraits.Of(judged, _helos.Take(judged.Id)), said: null);
                break;
            case CampaignChanged changed:
                Remember(changed);
                break;
            case CampaignJoined joined when _mails.TryGetValue(joined.Id, out var mail):
                var campaign = Campaign(joined.CampaignId);
                if (joined.Revision > campaign.Revision)
                {
                    (campaign.Revision, campaign.Name, campaign.Type, campaign.Subtype) = (joined.Revision, joined.Name, joined.Type, joined.Subtype);
                }

                Join(mail, campaign);
                break;
            case CampaignLeft left when _mails.TryGetValue(left.Id, out var mail):
                Leave(mail);
                break;
        }
    }

    private static MailClass ClassOf(string verdict) =>
        verdict == Names.Of(Verdict.Malware) || verdict == Names.Of(Verdict.Phish) || verdict == Names.Of(Verdict.HighConfidencePhish) ? MailClass.Attack
        : verdict == Names.Of(Verdict.Spam) ? MailClass.Spam
        : MailClass.Good;

    /// <summary>Puts a judged message on its shelf.</summary>
    /// <param name="said">Told of what follows at once; nothing when it was decided before.</param>
    /// <returns>The message when it is to be decided where it belongs.</returns>
    private GroupedMail? Enter(MessageJudged judged, List<SpokenTrait> traits, CampaignFacts? said)
    {
        var kind = ClassOf(judged.Verdict);
        var isInbound = judged.EmailDirection == Names.Of(Direction.Inbound);
        var isKnown = _mails.TryGetValue(judged.Id, out var mail);
        if (isKnown && mail!.Class == kind)
        {
            mail.Verdict = judged.Verdict;
            return null;
        }

        var minute = (int)Math.Clamp((judged.ReceivedAt - Epoch).TotalMinutes, 1, int.MaxValue / 2);
        if (kind != MailClass.Good)
        {
            traits.ForEach(one => _everyday.SawBad(one.Trait, minute));
        }
        else if (!isKnown && (!isInbound || judged.Recipients.Any(recipient => !recipient.IsFirstContact)))
        {
            // Of a stranger's mail nobody knows whether it is good.
            var domain = judged.SenderFromAddress[(judged.SenderFromAddress.LastIndexOf('@') + 1)..].GetHashCode(StringComparison.OrdinalIgnoreCase);
            traits.ForEach(one => _everyday.SawGood(one.Trait, minute, domain));
        }

        if (isKnown)
        {
            Shelved(mail!.Class).Remove(mail);
            mail.Class = kind;
            mail.Verdict = judged.Verdict;
            if (said is not null && mail.Campaign is { } campaign && (kind == MailClass.Good || (kind == MailClass.Attack && campaign.IsSpam)))
            {
                said.Leave(mail, mail.Joined!);
                Leave(mail);
                if (kind == MailClass.Good)
                {
                    // People have decided that it is none of them.
                    return null;
                }
            }
        }
        else if (kind == MailClass.Good && !isInbound)
        {
            return null;
        }
        else
        {
            mail = new GroupedMail { Id = judged.Id, Minute = minute, Class = kind, Verdict = judged.Verdict, Traits = [.. traits.Select(one => one.Trait)] };
            _mails[judged.Id] = mail;
        }

        if (Shelved(kind).Add(mail!) is { } forgotten)
        {
            Forget(forgotten);
        }

        return mail;
    }

    private Shelf Shelved(MailClass kind) => kind switch { MailClass.Attack => _attacks, MailClass.Spam => _spam, _ => _good };

    private void Decide(GroupedMail mail, MessageJudged judged, List<SpokenTrait> traits, CampaignFacts said)
    {
        if (mail.Class != MailClass.Attack && mail.Campaign is null)
        {
            var attacks = _search.Of(mail, traits, _attacks);
            var near = attacks.Where(pair => pair.Value.IsEnoughForLookalike(mail.Class)).OrderByDescending(pair => pair.Value.Weight).ThenBy(pair => AgeOf(pair.Key), StringComparer.Ordinal).ToList();
            if (near.Count > 0)
            {
                Join(mail, CampaignOf(near[0].Key, mail, judged, traits, said), near[0].Value, said);
                return;
            }
        }

        if (mail.Class == MailClass.Good)
        {
            return;
        }

        Group(mail, judged, traits, said);
        if (mail.Class == MailClass.Attack)
        {
            FindLookalikes(mail, judged, traits, said);
        }

        if (mail.Campaign is { } campaign)
        {
            Improve(campaign, mail, judged, said);
        }
    }

    /// <summary>Joins a bad message to its like.</summary>
    private void Group(GroupedMail mail, MessageJudged judged, List<SpokenTrait> traits, CampaignFacts said)
    {
        var found = _search.Of(mail, traits, Shelved(mail.Class)).Where(pair => pair.Value.IsEnough && !ReferenceEquals(pair.Key, mail.Campaign) && IsOfKind(pair.Key, mail.Class)).ToList();
        if (found.Count == 0)
        {
            return;
        }

        var strong = found.Where(pair => pair.Value.HasStrong).OrderBy(pair => AgeOf(pair.Key), StringComparer.Ordinal).ToList();
        var best = strong.Count > 0 ? strong[0] : found.OrderByDescending(pair => pair.Value.Weight).ThenBy(pair => AgeOf(pair.Key), StringComparer.Ordinal).First();
        if (mail.Campaign is null)
        {
            // Campaigns before lone messages: their ids are known to people already.
            best = strong.Find(pair => pair.Key is CampaignState) is { Key: not null } old ? old : best;
            Join(mail, CampaignOf(best.Key, mail, judged, traits, said), best.Value, said);
        }
        else if (strong.Count == 0)
        {
            return;
        }

        foreach (var (owner, ties) in strong)
        {
            if (owner is GroupedMail { Campaign: null } alone)
            {
                Join(alone, mail.Campaign!, Turned(ties, mail), said);
            }
            else if (owner is CampaignState { Root: var other } && other != mail.Campaign)
            {
                Merge(other, mail.Campaign!, said);
            }
        }
    }

    /// <summary>Earlier mail that was judged less and belongs to the campaign of this one.</summary>
    private void FindLookalikes(GroupedMail mail, MessageJudged judged, List<SpokenTrait> traits, CampaignFacts said)
    {
        var candidates = new HashSet<GroupedMail>(ReferenceEqualityComparer.Instance);
        foreach (var trait in traits.Select(one => one.Trait).Where(trait => trait.Kind.IsStrong() && !_everyday.Contains(trait)))
        {
            if (trait.Kind == TraitKind.Body)
            {
                candidates.UnionWith(_good.Near(trait.Key, MostAlike).SelectMany(near => _good.With(new Trait(near.Body, TraitKind.Body))));
            }
            else
            {
                candidates.UnionWith(_good.With(trait));
            }
        }

        foreach (var other in candidates.Where(other => other.Campaign is null).OrderBy(other => other.Minute).ThenBy(other => other.Id.Value))
        {
            var ties = _search.Between(mail, traits, other);
            if (ties.IsEnoughForLookalike(other.Class))
            {
                Join(other, mail.Campaign ?? CampaignOf(mail, mail, judged, traits, said), Turned(ties, mail), said);
            }
        }
    }

    /// <summary>The campaign of an owner; a lone message becomes the beginning of one.</summary>
    private CampaignState CampaignOf(object owner, GroupedMail mail, MessageJudged judged, List<SpokenTrait> traits, CampaignFacts said)
    {
        if (owner is CampaignState known)
        {
            return known.Root;
        }

        var first = (GroupedMail)owner;
        var campaign = Campaign(CampaignNames.IdOf(first.Id).ToString("D"));
        var kind = first.Class;
        if (campaign.Revision == 0)
        {
            campaign.Type = mail.Class == kind ? CampaignNames.TypeOf(judged, kind) : first.Verdict == Names.Of(Verdict.Malware) ? CampaignTypes.Malware : CampaignTypes.Phish;
            campaign.Subtype = mail.Class == kind ? CampaignNames.SubtypeOf(judged, kind) : "";
            campaign.SampleSubject = judged.Subject;
            campaign.Name = CampaignNames.NameOf(campaign, traits);
            said.Change(campaign);
        }

        Join(first, campaign, ties: null, said);
        return campaign;
    }

    /// <summary>Malware outweighs phish, and a name that was missing is filled in.</summary>
    private static void Improve(CampaignState campaign, GroupedMail mail, MessageJudged judged, CampaignFacts said)
    {
        if (mail.Class != (campaign.IsSpam ? MailClass.Spam : MailClass.Attack))
        {
            return;
        }

        var type = CampaignNames.TypeOf(judged, mail.Class);
        var subtype = CampaignNames.SubtypeOf(judged, mail.Class);
        var isWorse = type == CampaignTypes.Malware && campaign.Type == CampaignTypes.Phish;
        if (isWorse || (campaign.Subtype.Length == 0 && subtype.Length > 0 && type == campaign.Type))
        {
            (campaign.Type, campaign.Subtype) = (type, subtype.Length > 0 ? subtype : campaign.Subtype);
            said.Change(campaign);
        }
    }

    private static void Merge(CampaignState one, CampaignState other, CampaignFacts said)
    {
        var (older, younger) = one.IsOlderThan(other) ? (one, other) : (other, one);
        List<CampaignState> moved = [younger, .. younger.Parts];
        younger.MergeInto(older);
        older.Remembered += younger.Remembered;
        moved.ForEach(part => said.Change(part, older));
        if (younger.Type == CampaignTypes.Malware && older.Type == CampaignTypes.Phish)
        {
            (older.Type, older.Subtype) = (younger.Type, younger.Subtype);
            said.Change(older);
        }
    }

    private static void Join(GroupedMail mail, CampaignState campaign, Ties? ties, CampaignFacts said)
    {
        Join(mail, campaign);
        said.Join(mail, campaign, ties);
    }

    private static Ties Turned(Ties ties, GroupedMail with)
    {
        var turned = new Ties();
        foreach (var tie in ties.All)
        {
            turned.Add(tie with { With = with });
        }

        return turned;
    }

    private static bool IsOfKind(object owner, MailClass kind) => owner is GroupedMail alone ? alone.Class == kind : ((CampaignState)owner).IsSpam == (kind == MailClass.Spam);

    /// <summary>Sorts by age: ids begin with the time.</summary>
    private static string AgeOf(object owner) => owner is CampaignState campaign ? campaign.Id.ToString("D") : ((GroupedMail)owner).Id.ToString();

    private CampaignState Campaign(string id)
    {
        if (!_campaigns.TryGetValue(id, out var campaign))
        {
            _campaigns[id] = campaign = new CampaignState(Guid.Parse(id));
        }

        return campaign;
    }

    private static void Join(GroupedMail mail, CampaignState campaign)
    {
        Leave(mail);
        mail.Joined = campaign;
        campaign.Remembered++;
        if (campaign.Root != campaign)
        {
            campaign.Root.Remembered++;
        }
    }

    private static void Leave(GroupedMail mail)
    {
        if (mail.Joined is { } joined)
        {
            joined.Remembered--;
            if (joined.Root != joined)
            {
                joined.Root.Remembered--;
            }

            mail.Joined = null;
        }
    }

    private void Remember(CampaignChanged changed)
    {
        var campaign = Campaign(changed.CampaignId);
        if (changed.Revision <= campaign.Revision)
        {
            return;
        }

        (campaign.Revision, campaign.Name, campaign.Type, campaign.Subtype, campaign.SampleSubject) = (changed.Revision, changed.Name, changed.Type, changed.Subtype, changed.SampleSubject);
        if (changed.MergedInto is { } into && Campaign(into) is var older && older.Root != campaign.Root)
        {
            campaign.MergeInto(older);
            older.Remembered += campaign.Remembered;
        }
    }

    private void Forget(GroupedMail mail)
    {
        _mails.Remove(mail.Id);
        var joined = mail.Joined;
        Leave(mail);
        foreach (var gone in new[] { joined, joined?.Root }.OfType<CampaignState>().Where(campaign => campaign.Remembered <= 0 && campaign.Root == campaign))
        {
            _campaigns.Remove(gone.Id.ToString("D"));
            gone.Parts.ForEach(part => _campaigns.Remove(part.Id.ToString("D")));
        }
    }
}
