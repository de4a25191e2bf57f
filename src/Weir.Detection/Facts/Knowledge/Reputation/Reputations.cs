using System.Net;
using System.Net.Sockets;
using Weir.Detection.Contracts;
using Weir.Detection.Facts.History;
using Weir.Events.Contracts;

namespace Weir.Detection.Facts.Knowledge.Reputation;

/// <summary>
/// A fold of the judgements of inbound mail, in memory: how often an address, a domain, a link, a host or a file was seen and how often in bad mail,
/// and the last messages by the fingerprints of their bodies. Not safe for concurrent use; <see cref="SendingHistory"/> guards it.
/// </summary>
internal sealed class Reputations(int most = Reputations.MostEntries)
{
    /// <summary>About 40 MB.</summary>
    private const int MostEntries = 500_000;
    private const int MostRecent = 30_000;
    private const int MostBad = 10_000;

    /// <summary>Of one message.</summary>
    private const int MostUrls = 20;
    private const int MostFiles = 50;
    private const int MostRecipients = 50;

    private const int LeastMessages = 100;

    /// <summary>Bits between the fingerprints of two copies of one text.</summary>
    private const int NearBits = 3;

    private static readonly TimeSpan LeastTime = TimeSpan.FromDays(7);
    private static readonly TimeSpan Alike = TimeSpan.FromDays(14);
    private static readonly TimeSpan WaveTime = TimeSpan.FromHours(6);
    private static readonly TimeSpan FloodTime = TimeSpan.FromMinutes(30);
    private static readonly ulong Everything = HistoryTable.Key("all", "");

    private HistoryTable _table = new(most);
    private RecentMail _recent = new(MostRecent);
    private RecentMail _bad = new(MostBad);

    public IEnumerable<KeyValuePair<ulong, HistoryEntry>> Entries => _table.All;

    public IEnumerable<RecentEntry> Recent => _recent.All;

    public IEnumerable<RecentEntry> Bad => _bad.All;

    public void Restore(IEnumerable<KeyValuePair<ulong, HistoryEntry>> entries, IEnumerable<RecentEntry> recent, IEnumerable<RecentEntry> bad)
    {
        (_table, _recent, _bad) = (new HistoryTable(most), new RecentMail(MostRecent), new RecentMail(MostBad));
        foreach (var (key, entry) in entries)
        {
            _table.Put(key, entry);
        }

        foreach (var entry in recent)
        {
            _recent.Add(entry);
        }

        foreach (var entry in bad)
        {
            _bad.Add(entry);
        }
    }

    /// <summary>Takes in the judgement of a new message.</summary>
    /// <param name="said">Its verdict without the organisation's blocks.</param>
    public void Remember(MessageJudged judged, string said)
    {
        if (judged.EmailDirection != Contracts.Names.Of(Direction.Inbound))
        {
            return;
        }

        var verdict = VerdictOf(said);
        if (_recent.VerdictOf(judged.Id.Value) is not null)
        {
            // Two doors, one message: it is one message.
            Correct(judged, said);
            return;
        }

        foreach (var (key, isBad) in Things(judged, verdict))
        {
            _table.Add(key, judged.ReceivedAt, isBad);
        }

        foreach (var recipient in judged.Recipients.Take(MostRecipients))
        {
            _table.Add(HistoryTable.Key("inbox", recipient.Address), judged.ReceivedAt, isProven: false);
            _recent.Add(EntryOf(judged, verdict, recipient.Address, recipient.IsFirstContact));
        }

        if (verdict != RecentVerdict.Good)
        {
            _bad.Add(EntryOf(judged, verdict, "", isFirst: false));
        }
    }

    /// <summary>A message judged again was counted before, and is from now on what it is now.</summary>
    /// <returns>Whether it was good before; nothing when that is not known.</returns>
    public bool? Correct(MessageJudged judged, string said)
    {
        var (message, verdict) = (judged.Id.Value, VerdictOf(said));
        var wasBad = _bad.Rejudge(message, verdict);
        var before = _recent.Rejudge(message, verdict) ?? wasBad;
        if (before is not { } was || judged.EmailDirection != Contracts.Names.Of(Direction.Inbound))
        {
            return null;
        }

        if (verdict != RecentVerdict.Good && wasBad is null)
        {
            _bad.Add(EntryOf(judged, verdict, "", isFirst: false));
        }

        foreach (var ((key, wasCounted), (_, isBad)) in Things(judged, was).Zip(Things(judged, verdict)))
        {
            if (wasCounted != isBad)
            {
                _table.Correct(key, isBad);
            }
        }

        return was == RecentVerdict.Good;
    }

    public Standings Of(ReputationQuestion question)
    {
        var self = _recent.VerdictOf(question.Message);
        var all = _table.Of(Everything);
        var isLearned = all.Times >= LeastMessages && question.At - all.FirstAt >= LeastTime;
        return new Standings
        {
            IsLearned = isLearned,
            Client = StandingOf("client", Network(question.Client), question, self, RecentVerdict.Spam),
            Domain = StandingOf("domain", Domains.Registered(Domains.OfAddress(question.Author)), question, self, RecentVerdict.Spam),
            Urls = question.Urls.Take(MostUrls).Select(url => url.Url).Distinct(StringComparer.Ordinal).ToDictionary(url => url, url => StandingOf("url", url, question, self, RecentVerdict.Phish), StringComparer.Ordinal),
            Hosts = question.Urls.Take(MostUrls).Select(url => url.Host).Distinct(StringComparer.Ordinal).ToDictionary(host => host, host => StandingOf("host", host, question, self, RecentVerdict.Phish), StringComparer.Ordinal),
            Files = question.Files.Take(MostFiles).Distinct(StringComparer.Ordinal).ToDictionary(file => file, file => StandingOf("file", file, question, self, RecentVerdict.Malware), StringComparer.Ordinal),
            Alike = AlikeOf(question),
            Wave = WaveOf(question),
            Flood = isLearned ? FloodOf(question) : null,
        };
    }

    private static RecentVerdict VerdictOf(string verdict) =>
        verdict == Contracts.Names.Of(Verdict.Clean) || verdict == Contracts.Names.Of(Verdict.Bulk) ? RecentVerdict.Good
        : verdict == Contracts.Names.Of(Verdict.Spam) ? RecentVerdict.Spam
        : verdict == Contracts.Names.Of(Verdict.Malware) ? RecentVerdict.Malware
        : RecentVerdict.Phish;

    /// <summary>What is counted of a message, each thing once, and whether as bad; in the same order for every verdict.</summary>
    private static IEnumerable<(ulong Key, bool IsBad)> Things(MessageJudged judged, RecentVerdict verdict)
    {
        var isBad = verdict != RecentVerdict.Good;
        yield return (Everything, isBad);
        if (Network(judged.SenderIp) is { Length: > 0 } network)
        {
            yield return (HistoryTable.Key("client", network), isBad);
        }

        // A forger must not ruin a domain's name: what is bad counts when the domain stands behind it.
        var isProven = judged.AuthenticationDetails.Contains("\"CompAuth\":\"pass\"", StringComparison.Ordinal);
        if (Domains.Registered(Domains.OfAddress(judged.SenderFromAddress)) is { Length: > 0 } domain)
        {
            yield return (HistoryTable.Key("domain", domain), isBad && isProven);
        }

        var urls = judged.Urls.Take(MostUrls).ToList();
        foreach (var url in urls.DistinctBy(url => url.Url, StringComparer.Ordinal))
        {
            yield return (HistoryTable.Key("url", url.Url), verdict >= RecentVerdict.Phish);
        }

        foreach (var host in urls.Select(url => url.Domain).Where(host => host.Length > 0).Distinct(StringComparer.Ordinal))
        {
            yield return (HistoryTable.Key("host", host), verdict >= RecentVerdict.Phish);
        }

        foreach (var file in judged.Attachments.Where(file => file.Sha256.Length > 0).Take(MostFiles).DistinctBy(file => file.Sha256, StringComparer.Ordinal))
        {
            yield return (HistoryTable.Key("file", file.Sha256), verdict == RecentVerdict.Malware && Unblocked.IsMalware(judged, file));
        }
    }

    private static RecentEntry EntryOf(MessageJudged judged, RecentVerdict verdict, string recipient, bool isFirst) => new(
        judged.Id.Value,
        judged.EmailClusterId,
        HistoryEntry.Minute(judged.ReceivedAt),
        verdict,
        isFirst,
        HistoryTable.Key("address", judged.SenderFromAddress),
        HistoryTable.Key("domain", DomainOrAddress(judged.SenderFromAddress)),
        HistoryTable.Key("client", Network(judged.SenderIp)),
        HistoryTable.Key("address", recipient));

    /// <summary>People at free mail are strangers to each other.</summary>
    private static string DomainOrAddress(string address) => Domains.OfAddress(address) is var domain && KnownHosts.IsFreeMail(domain) ? address : Domains.Registered(domain);

    /// <summary>A message says nothing of itself: what it was counted for is left out.</summary>
    /// <param name="self">What it was judged; nothing when it was not, or so long ago that it is not known any more.</param>
    /// <param name="bad">From which verdict on the thing is counted as bad.</param>
    private Standing StandingOf(string kind, string value, ReputationQuestion question, RecentVerdict? self, RecentVerdict bad)
    {
        var entry = value.Length == 0 ? default : _table.Of(HistoryTable.Key(kind, value));
        if (self is not null || question.IsAgain)
        {
            var isCounted = self is null || self >= bad;
            entry = entry with { Times = Math.Max(0, entry.Times - 1), Proven = Math.Max(0, Math.Min(entry.Proven - (isCounted ? 1 : 0), entry.Times - 1)) };
        }

        return entry.Times == 0 ? default : new Standing(entry.FirstAt, entry.LastAt, entry.Times, entry.Proven);
    }

    private AlikeMail? AlikeOf(ReputationQuestion question)
    {
        if (question.ClusterId == 0)
        {
            return null;
        }

        var (since, now) = (HistoryEntry.Minute(question.At - Alike), HistoryEntry.Minute(question.At));
        var bad = _bad.Near(question.Message, question.ClusterId, NearBits, since, now).FindAll(near => near.Entry.Verdict != RecentVerdict.Good);
        if (bad.Count == 0)
        {
            return null;
        }

        // What others were sent and was good is a common text.
        var good = _recent.Near(question.Message, question.ClusterId, NearBits, since, now).Where(near => near.Entry.Verdict == RecentVerdict.Good).Select(near => near.Entry.Message).Distinct().Count();
        var nearest = bad.MinBy(near => near.Distance);
        return good >= bad.Count
            ? null
            : new AlikeMail(nearest.Distance, bad.Count, bad.Exists(near => near.Entry.Verdict >= RecentVerdict.Phish), nearest.Entry.Message.ToString(), HistoryEntry.At(bad.Max(near => near.Entry.Minute)));
    }

    private Wave WaveOf(ReputationQuestion question)
    {
        if (question.ClusterId == 0)
        {
            return default;
        }

        var near = _recent.Near(question.Message, question.ClusterId, NearBits, HistoryEntry.Minute(question.At - WaveTime), HistoryEntry.Minute(question.At)).ConvertAll(pair => pair.Entry);
        return new Wave(
            near.Select(entry => entry.Message).Distinct().Count(),
            near.Select(entry => entry.SenderDomain).Distinct().Count(),
            near.Select(entry => entry.Client).Distinct().Count(),
            near.Select(entry => entry.Recipient).Distinct().Count());
    }

    private Flood? FloodOf(ReputationQuestion question)
    {
        var (since, now) = (HistoryEntry.Minute(question.At - FloodTime), HistoryEntry.Minute(question.At));
        var keys = question.Recipients.Take(MostRecipients).DistinctBy(recipient => recipient, StringComparer.OrdinalIgnoreCase).ToDictionary(recipient => recipient, recipient => HistoryTable.Key("address", recipient), StringComparer.OrdinalIgnoreCase);
        var strangers = _recent.Strangers(question.Message, [.. keys.Values], since, now);
        if (strangers.Count == 0)
        {
            return null;
        }

        var (recipient, key) = keys.MaxBy(pair => strangers.GetValueOrDefault(pair.Value)?.Count ?? 0);
        var count = strangers[key].Count;
        var inbox = _table.Of(HistoryTable.Key("inbox", recipient));
        var days = Math.Max(1, (question.At - inbox.FirstAt).TotalDays);
        return new Flood(recipient, count, (int)FloodTime.TotalMinutes, Math.Max(0, inbox.Times - count) / days);
    }

    /// <summary>An IPv6 sender has a whole network.</summary>
    private static string Network(string client)
    {
        if (!IPAddress.TryParse(client, out var address))
        {
            return "";
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? $"{new IPAddress([.. address.GetAddressBytes().Take(8), .. new byte[8]])}/64"
            : address.MapToIPv4().ToString();
    }
}
