using System.Security.Cryptography;
using Weir.Gateway.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>What makes a message the same as another (design: the same message twice).</summary>
internal sealed record Fingerprints
{
    public required string Sha256 { get; init; }
    public required string BodySha256 { get; init; }
    public required string MessageId { get; init; }

    /// <summary>Envelope recipients in lower case.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>The id in an <c>X-Weir-Id</c> field, when the door may be believed.</summary>
    public NetworkMessageId? ClaimedId { get; init; }

    /// <summary>A copy of mail that passed: whoever of its recipients is known with this content, it is the same mail, and the others are further recipients of it.</summary>
    public bool IsCopy { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public static Fingerprints Of(IncomingMessage message, DateTimeOffset receivedAt)
    {
        var raw = message.Raw.Span;
        var fields = RawHeaders.Read(raw);

        // A milter's mail comes from strangers, who can write any field.
        var claimed = message.Door != Doors.Milter && NetworkMessageId.TryParse(fields.First(WeirFields.Id), out var id) ? id : (NetworkMessageId?)null;
        return new Fingerprints
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(raw)),
            BodySha256 = MailContent.BodySha256(message.Raw),
            MessageId = fields.MessageId(),
            Recipients = [.. message.Envelope.Recipients.Select(Normal)],
            ClaimedId = claimed,
            IsCopy = message.Door == Doors.Journal,
            ReceivedAt = receivedAt,
        };
    }

    public static string Normal(string address) => address.Trim().ToLowerInvariant();
}

/// <summary>Names of the doors in the record.</summary>
internal static class Doors
{
    public const string Milter = "milter";
    public const string Import = "import";
    public const string Sample = "sample";
    public const string Journal = "journal";

    /// <summary>Behind these doors lies mail that was delivered already: what Weir would have done with it is not what happened.</summary>
    public static bool IsBehindDelivery(string door) => door is Import or Journal;
}

/// <summary>Header fields that Weir writes; anybody else's are removed at the door.</summary>
internal static class WeirFields
{
    public const string Prefix = "X-Weir-";
    public const string Id = "X-Weir-Id";
    public const string Verdict = "X-Weir-Verdict";
    public const string Junk = "X-Weir-Junk";
}
