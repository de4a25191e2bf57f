using Weir.Detection.Contracts;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Names;
using Weir.Events.Contracts;

namespace Weir.Detection.Facts.History;

/// <summary>
/// A fold of the judgements in the log, in memory, with the reputations beside it. Only accepted mail counts: judged clean or bulk, and let through. A forger can make an address
/// known, but not proven. Safe for concurrent use.
/// </summary>
internal sealed class SendingHistory(int most = SendingHistory.MostEntries) : ISendingHistory, IReputations
{
    /// <summary>About 80 MB.</summary>
    private const int MostEntries = 1_000_000;

    /// <summary>Below it everybody is a stranger, because Weir is new.</summary>
    private const int LeastMessages = 100;

    private static readonly TimeSpan LeastTime = TimeSpan.FromDays(7);
    private static readonly ulong Everything = HistoryTable.Key("all", "");

    private readonly Lock _gate = new();
    private readonly RecentSending _recent = new();
    private readonly Reputations _reputations = new(Math.Max(1, most / 2));
    private HistoryTable _table = new(most);
    private bool _isComplete;

    /// <summary>The last sequence number of the log that is in here.</summary>
    public long Cursor { get; private set; }

    public SenderHistory Before(SendingQuestion question)
    {
        var recent = !question.IsOurs ? 0
            : question.IsAgain ? _recent.Around(question.Author, question.At, question.Recipients.Count)
            : _recent.Count(question.Author, question.At, question.Recipients.Count);
        lock (_gate)
        {
            var all = _table.Of(Everything);
            if (!_isComplete || question.Author.Length == 0)
            {
                return SenderHistory.Unknown with { RecipientsInTenMinutes = recent };
            }

            var sends = _table.Of(HistoryTable.Key("sends", question.Author));
            return new SenderHistory
            {
                IsComplete = true,
                IsLearned = all.Times >= LeastMessages && question.At - all.FirstAt >= LeastTime,
                Bonds = [.. question.Recipients.Select(recipient => BondOf(question, recipient))],
                FromDomain = Earlier(DomainKey(question.Author), question).Times,
                SameNameElsewhere = question.Recipients.Select(recipient => NameElsewhere(question, recipient)).DefaultIfEmpty().Max(),
                RecipientsInTenMinutes = recent,
                RecipientsADay = sends.Times == 0 ? 0 : sends.Times / Math.Max(1, (question.At - sends.FirstAt).TotalDays),
            };
        }
    }

    public Standings Of(ReputationQuestion question)
    {
        lock (_gate)
        {
            return _isComplete ? _reputations.Of(question) : Standings.Unknown;
        }
    }

    /// <summary>Takes in one fact of the log.</summary>
    public void Remember(LoggedFact logged)
    {
        lock (_gate)
        {
            Cursor = logged.Sequence;
            if (logged.Fact is not MessageJudged judged)
            {
                return;
            }

            var verdict = Unblocked.VerdictOf(judged);
            if (judged.RejudgingId.Length > 0)
            {
                Correct(judged, _reputations.Correct(judged, verdict), IsAccepted(verdict));
                return;
            }

            _reputations.Remember(judged, verdict);
            if (judged.SenderFromAddress.Length > 0 && IsAccepted(verdict))
            {
                Count(judged, isMore: true);
            }
        }
    }

    /// <summary>The record is read to its end.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
        }
    }

    /// <summary>A copy to keep: the cursor and everything up to it.</summary>
    public HistoryCopy Copy()
    {
        lock (_gate)
        {
            return new HistoryCopy(Cursor, [.. _table.All], [.. _reputations.Entries], [.. _reputations.Recent], [.. _reputations.Bad]);
        }
    }

    /// <summary>Begins from a kept copy.</summary>
    public void Restore(HistoryCopy copy)
    {
        lock (_gate)
        {
            _table = new HistoryTable(most);
            foreach (var (key, entry) in copy.Entries)
            {
                _table.Put(key, entry);
            }

            _reputations.Restore(copy.Standings, copy.Recent, copy.Bad);
            Cursor = copy.Cursor;
        }
    }

    private static bool IsAccepted(string verdict) => verdict == Contracts.Names.Of(Verdict.Clean) || verdict == Contracts.Names.Of(Verdict.Bulk);

    /// <summary>Mail that was judged again makes nobody known a second time; what turned out bad makes nobody known at all.</summary>
    /// <param name="wasAccepted">Nothing when it is not known any more what it was.</param>
    private void Correct(MessageJudged judged, bool? wasAccepted, bool isAccepted)
    {
        if (judged.SenderFromAddress.Length > 0 && wasAccepted is { } was && was != isAccepted)
        {
            Count(judged, isAccepted);
        }
    }

    private void Count(MessageJudged judged, bool isMore)
    {
        var author = judged.SenderFromAddress;
        var isOurs = judged.EmailDirection != Contracts.Names.Of(Direction.Inbound);
        var isProven = isOurs || judged.AuthenticationDetails.Contains("\"CompAuth\":\"pass\"", StringComparison.Ordinal);
        var recipients = judged.Recipients.Where(recipient => !isMore || recipient.Decision == nameof(DeliveryDecision.Deliver)).ToList();
        if (recipients.Count == 0)
        {
            return;
        }

        Add(Everything);
        if (isOurs)
        {
            Add(HistoryTable.Key("sends", author), recipients.Count);
        }
        else
        {
            Add(DomainKey(author));
        }

        var name = isProven ? PersonName.Key(judged.SenderDisplayName) : "";
        var owner = HistoryTable.Key("address", author);
        foreach (var recipient in recipients)
        {
            Add(HistoryTable.Key("pair", author, recipient.Address));
            var known = HistoryTable.Key("name", name, recipient.Address);
            if (name.Length > 0 && isMore)
            {
                _table.AddOwned(known, owner, judged.ReceivedAt);
            }
            else if (name.Length > 0 && _table.Of(known).Owner == owner)
            {
                _table.Remove(known, isProven: false);
            }
        }

        void Add(ulong key, int times = 1)
        {
            if (isMore)
            {
                _table.Add(key, judged.ReceivedAt, isProven, times);
            }
            else
            {
                _table.Remove(key, isProven, times);
            }
        }
    }

    /// <summary>What was counted, without what the message itself and later ones brought, as far as that can be told.</summary>
    private HistoryEntry Earlier(ulong key, SendingQuestion question)
    {
        var entry = _table.Of(key);
        return question.IsAgain && entry.First >= HistoryEntry.Minute(question.At) ? default : entry;
    }

    private Bond BondOf(SendingQuestion question, string recipient)
    {
        var received = Earlier(HistoryTable.Key("pair", question.Author, recipient), question);
        var sent = Earlier(HistoryTable.Key("pair", recipient, question.Author), question);
        DateTimeOffset? first = (received.Times, sent.Times) switch
        {
            (0, 0) => null,
            (0, _) => sent.FirstAt,
            (_, 0) => received.FirstAt,
            _ => received.FirstAt < sent.FirstAt ? received.FirstAt : sent.FirstAt,
        };
        return new Bond(received.Times, received.Proven, sent.Times, first);
    }

    private int NameElsewhere(SendingQuestion question, string recipient)
    {
        var name = PersonName.Key(question.AuthorName);
        var known = name.Length == 0 ? default : _table.Of(HistoryTable.Key("name", name, recipient));
        return known.Owner == HistoryTable.Key("address", question.Author) ? 0 : known.Times;
    }

    private static ulong DomainKey(string author) => HistoryTable.Key("domain", Domains.Registered(Domains.OfAddress(author)));
}
