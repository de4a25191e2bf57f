using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>WeirOtherFilter: a row for each message that another filter judged too.</summary>
internal static class OtherFilterRows
{
    public static IEnumerable<StoreRow> Of(MessageFacts message, MessageJudged judged)
    {
        if (judged.OtherFilter is not { } other)
        {
            yield break;
        }

        var isBad = judged.Verdict is not ("Clean" or "Bulk");
        yield return new StoreRow(WeirTables.WeirOtherFilter)
        {
            ["Timestamp"] = message.Timestamp.UtcTicks,
            ["NetworkMessageId"] = message.Id.ToString(),
            ["Filter"] = other.Filter,
            ["FilterVerdict"] = other.IsBad ? "Bad" : "Good",
            ["FilterAction"] = other.Says,
            ["FilterScore"] = other.Score,
            ["FilterThreshold"] = other.Threshold,
            ["Rules"] = StoreJson.Text(other.Rules, StoreJson.Plain.IReadOnlyListString),
            ["Allows"] = StoreJson.Text(other.Allows, StoreJson.Plain.IReadOnlyListString),
            ["Verdict"] = judged.Verdict,
            ["Because"] = StoreJson.Text(judged.Because, StoreJson.Plain.IReadOnlyListString),
            ["Agreement"] = (other.IsBad, isBad) switch { (true, true) => "Both bad", (true, false) => "Only the other filter", (false, true) => "Only Weir", _ => "Both good" },
            ["SenderFromAddress"] = judged.SenderFromAddress,
            ["RecipientEmailAddress"] = judged.Recipients.Count > 0 ? AddressText.Key(judged.Recipients[0].Address) : "",
            ["Subject"] = judged.Subject,
            ["EmailDirection"] = judged.EmailDirection,
            ["ReportId"] = AddressText.ReportId(message.Id, recipient: ""),
        };
    }
}
