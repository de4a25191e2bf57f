using Weir.Detection.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Server.Audit;

/// <summary>Whether a judged message belongs into the report, and as what.</summary>
internal static class Verdicts
{
    private const int MostEvidence = 6;
    private const int MostText = 300;

    /// <summary>The finding; nothing when the message lies where it should.</summary>
    public static Finding? Of(MailboxToRead mailbox, FolderToRead folder, StoredMessage stored, DateTimeOffset at, JudgedMessage judged, Hindsight hindsight, OtherVerdict? other, Correspondence correspondence)
    {
        var verdict = judged.Judgement.Verdict;
        var isBad = verdict >= Verdict.Spam;
        var author = judged.Message.Author?.Address ?? "";
        var answeredAt = correspondence.AnsweredAt(judged.Message.MessageId);
        var isAnswered = stored.IsAnswered || answeredAt is not null;
        var isKnown = folder.Use != FolderUse.Sent && correspondence.Knew(author, at);
        var doubts = Doubts(verdict, folder.Use, stored, isAnswered, isKnown);
        FindingKind? kind = (isBad, folder.Use) switch
        {
            (true, FolderUse.Sent) => FindingKind.Sent,
            (true, _) when IsDangerous(verdict) && (isAnswered || stored.IsForwarded) && !isKnown => FindingKind.Answered,
            (true, FolderUse.Inbox or FolderUse.Own) => doubts.Count > 0 && verdict != Verdict.Malware ? FindingKind.Doubtful : FindingKind.InMailbox,
            (false, FolderUse.Junk) when verdict == Verdict.Clean => FindingKind.CleanInJunk,
            _ => null,
        };
        return kind is null ? null : new Finding
        {
            Kind = kind.Value,
            Verdict = verdict,
            Confidence = judged.Judgement.Confidence,
            Mailbox = mailbox.Name,
            Folder = folder.Name,
            Use = folder.Use,
            Key = stored.Key,
            At = at,
            From = Short(judged.Message.Author is { } from ? from.DisplayName.Length > 0 ? $"{from.DisplayName} <{from.Address}>" : from.Address : ""),
            MailFrom = Short(hindsight.Envelope.MailFrom),
            Subject = Short(judged.Message.Subject),
            MessageId = Short(judged.Message.MessageId),
            IsRead = stored.IsRead,
            IsAnswered = isAnswered,
            IsForwarded = stored.IsForwarded,
            IsFlagged = stored.IsFlagged,
            AnsweredAt = answeredAt,
            IsKnownSender = isKnown,
            Because = [.. judged.Judgement.Because.Select(SignalTitles.Of).Distinct(StringComparer.Ordinal)],
            Evidence = [.. judged.Judgement.Signals
                .OrderByDescending(signal => signal.IsConclusive).ThenByDescending(signal => isBad ? signal.Weight : -signal.Weight)
                .Where(signal => signal.IsConclusive || (isBad ? signal.Weight > 0 : signal.Weight < 0))
                .Select(signal => Short(signal.Evidence)).Distinct(StringComparer.Ordinal).Take(MostEvidence)],
            Doubts = doubts,
            Unknown = [.. hindsight.Unknown, .. NotExamined(judged.Judgement)],
            OtherFilter = other is null ? "" : Short(Words(other)),
            AllowedBy = isBad ? [.. Allows(judged.Judgement, other)] : [],
        };
    }

    public static bool IsDangerous(Verdict verdict) => verdict >= Verdict.Phish;

    private static List<string> Doubts(Verdict verdict, FolderUse use, StoredMessage stored, bool isAnswered, bool isKnown)
    {
        var doubts = new List<string>();
        Add(isKnown, "the owner wrote to this sender before");
        Add(isAnswered && !IsDangerous(verdict), "it was answered");
        Add(isAnswered && IsDangerous(verdict) && isKnown, "it was answered");
        Add(use == FolderUse.Own, "it was filed into a folder of the owner's own");
        Add(stored.IsFlagged, "it was flagged");
        return doubts;

        void Add(bool holds, string text)
        {
            if (holds)
            {
                doubts.Add(text);
            }
        }
    }

    private static IEnumerable<string> NotExamined(Judgement judgement) => judgement.Signals
        .Where(signal => signal.Name is "not-examined" or "dns-not-available" or "list-not-available")
        .Select(signal => Short(signal.Evidence)).Distinct(StringComparer.Ordinal).Take(3);

    private static IEnumerable<string> Allows(Judgement judgement, OtherVerdict? other) =>
        (other?.Allows ?? []).Select(rule => Short($"{other!.Filter}: {rule}"))
            .Concat(judgement.Signals.Where(signal => signal.Override == OverrideKind.OrganizationAllow || signal.Name == "allow-not-applied").Select(signal => Short($"Weir's list: {signal.Evidence}")))
            .Take(5);

    private static string Words(OtherVerdict other)
    {
        var score = other.Score is { } number ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", score {number:0.0}{(other.Threshold is { } limit ? $" of {limit:0.0}" : "")}") : "";
        return $"{other.Filter} {(other.IsBad ? "bad" : "good")}: {other.Says}{score}";
    }

    private static string Short(string text) => text.Length > MostText ? string.Concat(text.AsSpan(0, MostText - 1), "…") : text;
}
