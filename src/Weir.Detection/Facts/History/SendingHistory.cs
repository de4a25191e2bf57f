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
        var recent = question.IsOurs ? _recent.Count(question.Author, question.At, question.Recipients.Count) : 0;
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
                Bonds = [.. question.Recipients.Select(recipient => BondOf(question.Author, recipient))],
                FromDomain = _table.Of(DomainKey(question.Author)).Times,
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

            _reputations.Remember(judged);
            if (judged.SenderFromAddress.Length > 0 && IsAccepted(judged))
            {
                Remember(judged);
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

    private static bool IsAccepted(MessageJudged judged) => judged.Verdict == Contracts.Names.Of(Verdict.Clean) || judged.Verdict == Contracts.Names.Of(Verdict.Bulk);

    private void Remember(MessageJudged judged)
    {
        var author = judged.SenderFromAddress;
        var isOurs = judged.EmailDirection != Contracts.Names.Of(Direction.Inbound);
        var isProven = isOurs || judged.AuthenticationDetails.Contains("\"CompAuth\":\"pass\"", StringComparison.Ordinal);
        var recipients = judged.Recipients.Where(recipient => recipient.Decision == nameof(DeliveryDecision.Deliver)).ToList();
        if (recipients.Count == 0)
        {
            return;
        }

        _table.Add(Everything, judged.ReceivedAt, isProven);
        if (isOurs)
        {
            _table.Add(HistoryTable.Key("sends", author), judged.ReceivedAt, isProven, recipients.Count);
        }
        else
        {
            _table.Add(DomainKey(author), judged.ReceivedAt, isProven);
        }

        var name = isProven ? PersonName.Key(judged.SenderDisplayName) : "";
        var owner = HistoryTable.Key("address", author);
        foreach (var recipient in recipients)
        {
            _table.Add(HistoryTable.Key("pair", author, recipient.Address), judged.ReceivedAt, isProven);
            if (name.Length > 0)
            {
                _table.AddOwned(HistoryTable.Key("name", name, recipient.Address), owner, judged.ReceivedAt);
            }
        }
    }

    private Bond BondOf(string author, string recipient)
    {
        var received = _table.Of(HistoryTable.Key("pair", author, recipient));
        var sent = _table.Of(HistoryTable.Key("pair", recipient, author));
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
