using System.Globalization;
using System.Net;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>Asks the record what entries would have spoken of, and what they let in.</summary>
internal sealed class EntryEffects(IQuestions questions) : IEntryEffects
{
    private const int Examples = 5;
    private const string Bad = "\"Malware\", \"High confidence phish\", \"Phish\"";

    /// <summary>Rows of one allowed entry each, as the judgement names it.</summary>
    private const string Allowed = $"""
        WeirMessageEvidence
        | where Timestamp > ago(30d) and WithoutAllow in ({Bad}) and Verdict !in ({Bad})
        | mv-expand Signal = Signals
        | extend Entry = tolong(Signal.ListEntry)
        | where isnotnull(Entry) and tostring(Signal.Override) == "OrganizationAllow"
        """;

    public async ValueTask<EntryEffect> EffectAsync(Caller caller, EntryDraft draft, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> v6 = [];
        if (EntryKql.RangeV6(draft.Kind, draft.Value) is { } range)
        {
            var addresses = await questions.AskAsync(caller, new Question(EntryKql.AddressesV6), cancellationToken);
            v6 = [.. addresses.Rows.Select(row => (string)row[0]!).Where(text => IPAddress.TryParse(text, out var address) && range.Contains(address))]; // text cells are never null
        }

        var kql = EntryKql.Of(draft.Kind, draft.Value, draft.IsAllow, v6);
        var counts = await questions.AskAsync(caller, new Question($"{kql}\n| summarize Messages = count_distinct(NetworkMessageId), Recipients = count() by Verdict\n| sort by Messages desc"), cancellationToken);
        var examples = await questions.AskAsync(caller, new Question($"{kql}\n| top {Examples} by Timestamp desc\n| project NetworkMessageId, RecipientEmailAddress, Timestamp, SenderFromAddress, Subject, Verdict"), cancellationToken);
        return new EntryEffect(
            kql,
            [.. counts.Rows.Select(row => new VerdictCount((string)row[0]!, (long)row[1]!, (long)row[2]!, WouldChange(draft, (string)row[0]!)))], // counts and text cells are never null
            [.. examples.Rows.Select(row => new EffectExample((string)row[0]!, (string)row[1]!, Utc(row[2]), (string)row[3]!, (string)row[4]!, (string)row[5]!))],
            counts.At);
    }

    public async ValueTask<IReadOnlyDictionary<long, LetIn>> LetInAsync(Caller caller, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync(caller, new Question($"{Allowed}\n| summarize Messages = count_distinct(NetworkMessageId), Last = max(Timestamp) by Entry"), cancellationToken);
        return answer.Rows.ToDictionary(row => (long)row[0]!, row => new LetIn((long)row[1]!, Utc(row[2]), LetInKql((long)row[0]!)));
    }

    private static string LetInKql(long id) => string.Create(CultureInfo.InvariantCulture, $"""
        let Mails = {Allowed}
        | where Entry == {id}
        | distinct NetworkMessageId;
        EmailEvents
        | where Timestamp > ago(30d)
        | where NetworkMessageId in (Mails)
        """);

    /// <summary>A block gives the worst verdict but malware; an allow can make everything clean but malware, of which an allowed URL or file takes away what is said of it.</summary>
    private static bool WouldChange(EntryDraft draft, string verdict) => draft switch
    {
        { IsAllow: false, Kind: EntryKind.FileHash } => verdict != "Malware",
        { IsAllow: false } => verdict is not ("Malware" or "High confidence phish"),
        { Kind: EntryKind.FileHash or EntryKind.Url or EntryKind.UrlDomain } => verdict != "Clean",
        _ => verdict is not ("Clean" or "Malware"),
    };

    private static DateTimeOffset Utc(object? cell) => new(DateTime.SpecifyKind((DateTime)cell!, DateTimeKind.Utc)); // Timestamp is in every row
}
