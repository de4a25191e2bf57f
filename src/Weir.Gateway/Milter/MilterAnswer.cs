using System.Buffers;
using System.Text;
using Weir.Detection.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Intake;
using Weir.Gateway.OwnMail;

namespace Weir.Gateway.Milter;

/// <summary>What the mail server is told at the end of a message.</summary>
internal static class MilterAnswer
{
    public const string TryAgain = "451 4.7.1 Message cannot be examined at the moment, try again later";
    public const string TooLarge = "552 5.3.4 Message is too large to be examined";
    public const string NoRoom = "452 4.3.1 Not enough room to keep the message, try again later";
    public const string TooMany = "452 4.5.3 Too many recipients";
    private const string Refused = "550 5.7.1 Message refused by policy, reference ";

    /// <summary>
    /// All recipients rejected: 550 (the sender learns it). Else, all rejected or quarantined: discard (Weir keeps the bytes).
    /// Else those recipients are removed and the message goes on with Weir's fields; the junk field only when it is junk for everybody left.
    /// </summary>
    public static void Write(IBufferWriter<byte> writer, MilterTransaction message, AcceptedMessage accepted)
    {
        var decisions = accepted.Judged.Decisions;
        if (decisions.Count != message.Recipients.Count)
        {
            throw new InvalidOperationException("There must be one decision for each recipient.");
        }

        if (decisions.Count > 0 && decisions.All(decision => decision == DeliveryDecision.Reject))
        {
            Reply(writer, Refused + accepted.Id);
            return;
        }

        if (decisions.Count > 0 && decisions.All(IsHeldBack))
        {
            MilterFrames.Write(writer, MilterProtocol.Discard);
            return;
        }

        for (var i = 0; i < decisions.Count; i++)
        {
            if (IsHeldBack(decisions[i]))
            {
                MilterFrames.Write(writer, MilterProtocol.DeleteRecipient, number: null, message.Recipients[i]);
            }
        }

        RemoveForeignFields(writer, message);
        Insert(writer, WeirFields.Id, accepted.Id.ToString());
        Insert(writer, WeirFields.Verdict, Names.Of(accepted.Judged.Judgement.Verdict));
        if (decisions.Count > 0 && decisions.Where(decision => !IsHeldBack(decision)).All(decision => decision == DeliveryDecision.Junk))
        {
            Insert(writer, WeirFields.Junk, "yes");
        }

        // A field is on the message: all who get it see it.
        foreach (var name in accepted.Judged.Outcomes.Where(outcome => outcome.Header.Length > 0 && !IsHeldBack(outcome.Decision)).Select(outcome => outcome.Header).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Insert(writer, name, Names.Of(accepted.Judged.Judgement.Verdict));
        }

        MilterFrames.Write(writer, MilterProtocol.Continue);
    }

    /// <summary>Lets an unjudged message through, under its id when it could at least be kept.</summary>
    public static void WriteUnjudged(IBufferWriter<byte> writer, MilterTransaction message, Kernel.NetworkMessageId? id)
    {
        RemoveForeignFields(writer, message);
        if (id is { } kept)
        {
            Insert(writer, WeirFields.Id, kept.ToString());
        }

        MilterFrames.Write(writer, MilterProtocol.Continue);
    }

    /// <summary>Lets Weir's own mail through as it is; what was released gets its id, and loses fields in Weir's name that it came with.</summary>
    public static void WriteOwn(IBufferWriter<byte> writer, MilterTransaction message, OwnMailAnswer own)
    {
        if (own.IsSecond)
        {
            MilterFrames.Write(writer, MilterProtocol.Discard);
            return;
        }

        if (!own.KeepsMark)
        {
            RemoveForeignFields(writer, message);
        }

        if (own.Id is { } id)
        {
            Insert(writer, WeirFields.Id, id.ToString());
        }

        MilterFrames.Write(writer, MilterProtocol.Continue);
    }

    /// <summary>An SMTP reply of our own; a percent sign is doubled because the other side formats the text.</summary>
    public static void Reply(IBufferWriter<byte> writer, string reply) =>
        MilterFrames.Write(writer, MilterProtocol.ReplyCode, Encoding.ASCII.GetBytes(reply.Replace("%", "%%", StringComparison.Ordinal) + '\0'));

    private static bool IsHeldBack(DeliveryDecision decision) => decision is DeliveryDecision.Quarantine or DeliveryDecision.Reject;

    private static void RemoveForeignFields(IBufferWriter<byte> writer, MilterTransaction message)
    {
        foreach (var (name, occurrence) in message.ForeignFields)
        {
            MilterFrames.Write(writer, MilterProtocol.ChangeHeader, occurrence, name, "");
        }
    }

    private static void Insert(IBufferWriter<byte> writer, string name, string value) =>
        MilterFrames.Write(writer, MilterProtocol.InsertHeader, 1, name, " " + value);
}
