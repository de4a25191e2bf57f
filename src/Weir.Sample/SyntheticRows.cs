namespace Weir.Sample;

/// <summary>Rows for load: any number, in order of time, spread over the days before now.</summary>
public static class SyntheticRows
{
    private static readonly string[] Subjects = ["Order {0}", "Re: Order {0}", "Invoice {0}", "Minutes {0}", "Drawing NB-{0}", "Offer {0}", "Reminder {0}", "Schedule {0}"];

    /// <param name="first">The number of the first row wanted; those before it are left out.</param>
    public static IEnumerable<SyntheticRow> Generate(int seed, DateTimeOffset now, int days, long count, long first = 0)
    {
        var step = TimeSpan.FromDays(days).Ticks / (double)Math.Max(1, count);
        var start = now.AddDays(-days);
        for (var number = first; number < count; number++)
        {
            yield return Row(seed, number, start.AddTicks((long)(number * step)));
        }
    }

    private static SyntheticRow Row(int seed, long number, DateTimeOffset at)
    {
        var dice = Dice.For(seed, "row", number);
        var direction = dice.Weighted(("Inbound", 62.0), ("Intra-org", 30), ("Outbound", 8));
        var isInbound = direction == "Inbound";
        var sort = isInbound ? dice.Weighted(("", 58.4), ("bulk", 22.6), ("Spam", 14.5), ("Phish", 3.9), ("Malware", 0.6)) : "";
        var sender = $"user{dice.Below(4_000)}@company{dice.Below(900)}.example";
        var inside = $"person{dice.Below(2_000)}@nordhaven.example";
        var topic = dice.Between(1000, 9999);
        return new SyntheticRow
        {
            At = at,
            NetworkMessageId = Id(at, dice),
            InternetMessageId = $"<{dice.Word(20)}@{(isInbound ? sender[(sender.IndexOf('@', StringComparison.Ordinal) + 1)..] : "nordhaven.example")}>",
            SenderAddress = isInbound ? sender : inside,
            SenderName = $"Sender {dice.Below(4_000)}",
            SenderIp = isInbound ? $"198.51.100.{dice.Between(1, 254)}" : "192.0.2.18",
            Recipient = direction == "Outbound" ? sender : $"person{dice.Below(2_000)}@nordhaven.example",
            Subject = string.Format(System.Globalization.CultureInfo.InvariantCulture, dice.Pick(Subjects), topic),
            Language = dice.Weighted(("en", 55.0), ("de", 25), ("fr", 12), ("pl", 8)),
            ClusterId = (long)Dice.For(seed, "cluster", topic, sort).Next(),
            AttachmentCount = dice.Weighted((0, 78.0), (1, 18), (2, 4)),
            UrlCount = sort.Length > 0 ? dice.Between(1, 6) : dice.Weighted((0, 60.0), (1, 30), (3, 10)),
            UrlDomain = $"www.company{dice.Below(900)}.example",
            Direction = direction,
            Threat = sort == "bulk" ? "" : sort,
            IsBulk = sort == "bulk",
            DeliveryAction = sort switch { "Malware" => "Blocked", "Phish" => dice.Chance(0.7) ? "Blocked" : "Junked", "Spam" => "Junked", _ => "Delivered" },
        };
    }

    // A version 7 id: 48 bits of time, then chance. Two bytes are left free for the number of a copy, so that no copy is its own original.
    private static Guid Id(DateTimeOffset at, Dice dice)
    {
        var bytes = dice.Bytes(16);
        var milliseconds = at.ToUnixTimeMilliseconds();
        for (var index = 0; index < 6; index++)
        {
            bytes[index] = (byte)(milliseconds >> (40 - (8 * index)));
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        bytes[10] = bytes[11] = 0;
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>Facts of one mail copy for load tests, without a mail behind them.</summary>
public sealed record SyntheticRow
{
    public required DateTimeOffset At { get; init; }
    public required Guid NetworkMessageId { get; init; }
    public required string InternetMessageId { get; init; }
    public required string SenderAddress { get; init; }
    public required string SenderName { get; init; }
    public required string SenderIp { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    public required string Language { get; init; }
    public required long ClusterId { get; init; }
    public required int AttachmentCount { get; init; }
    public required int UrlCount { get; init; }
    public required string UrlDomain { get; init; }

    /// <summary><c>Inbound</c>, <c>Intra-org</c> or <c>Outbound</c>.</summary>
    public required string Direction { get; init; }

    /// <summary><c>Phish</c>, <c>Malware</c>, <c>Spam</c> or empty, in the shares of the sample.</summary>
    public required string Threat { get; init; }

    public required bool IsBulk { get; init; }

    /// <summary><c>Delivered</c>, <c>Junked</c> or <c>Blocked</c>.</summary>
    public required string DeliveryAction { get; init; }
}
