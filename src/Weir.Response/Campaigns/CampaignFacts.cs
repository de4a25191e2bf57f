using Weir.Events.Contracts;

namespace Weir.Response.Campaigns;

/// <summary>Collects what follows from one judgement.</summary>
internal sealed class CampaignFacts(DateTimeOffset now, long cause)
{
    private readonly List<Fact> _facts = [];

    public IReadOnlyList<Fact> All => _facts;

    public void Join(GroupedMail mail, CampaignState joined, Ties? ties) => _facts.Add(new CampaignJoined
    {
        At = now,
        CampaignId = joined.Id.ToString("D"),
        Id = mail.Id,
        Cause = cause,
        Verdict = mail.Verdict,
        Name = joined.Name,
        Type = joined.Type,
        Subtype = joined.Subtype,
        Revision = joined.Revision,
        IsLookalike = mail.Class != MailClass.Attack && !joined.IsSpam,
        Because = ties is null ? [] : [.. ties.All.Select(tie => new RecordedTie { Kind = tie.Kind.ToString(), IsStrong = tie.IsStrong, Value = tie.Value, With = tie.With.Id })],
    });

    public void Leave(GroupedMail mail, CampaignState left) => _facts.Add(new CampaignLeft { At = now, CampaignId = left.Id.ToString("D"), Id = mail.Id, Cause = cause, Verdict = mail.Verdict });

    /// <param name="into">The older campaign that it is part of now.</param>
    public void Change(CampaignState changed, CampaignState? into = null)
    {
        changed.Revision++;
        _facts.Add(new CampaignChanged
        {
            At = now,
            CampaignId = changed.Id.ToString("D"),
            Revision = changed.Revision,
            Cause = cause,
            Name = changed.Name,
            Type = changed.Type,
            Subtype = changed.Subtype,
            SampleSubject = changed.SampleSubject,
            MergedInto = into?.Id.ToString("D"),
        });
    }
}
