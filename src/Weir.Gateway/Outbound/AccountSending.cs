using System.Numerics;
using Weir.Gateway.Contracts;

namespace Weir.Gateway.Outbound;

/// <summary>What one account sent in a day, in pieces of five minutes, and whether its last messages were bad. At most 289 pieces and one number, whatever it sends.</summary>
internal sealed class AccountSending
{
    private static readonly TimeSpan Piece = TimeSpan.FromMinutes(5);

    private readonly Queue<(DateTimeOffset From, int Messages, int Recipients)> _pieces = new();
    private (DateTimeOffset From, int Messages, int Recipients) _newest;
    private ulong _bad;
    private int _judged;

    /// <summary>The time of the last message.</summary>
    public DateTimeOffset Last { get; private set; }

    public void Count(DateTimeOffset at, int recipients)
    {
        Last = at > Last ? at : Last;
        var from = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % Piece.Ticks), TimeSpan.Zero);
        // One that comes late belongs to the newest piece: never less is counted than was sent.
        if (from > _newest.From)
        {
            if (_newest.Messages > 0)
            {
                _pieces.Enqueue(_newest);
            }

            _newest = (from, 0, 0);
        }

        _newest = (_newest.From, _newest.Messages + 1, _newest.Recipients + recipients);
        while (_pieces.TryPeek(out var oldest) && oldest.From < Last - TimeSpan.FromDays(1) - Piece)
        {
            _pieces.Dequeue();
        }
    }

    public void Judge(bool isBad)
    {
        _bad = (_bad << 1) | (isBad ? 1UL : 0UL);
        _judged = Math.Min(64, _judged + 1);
    }

    public Sent Now(int badOf)
    {
        if (Last == default)
        {
            return new Sent(0, 0, 0, 0, 0, 0);
        }

        var hour = Since(Last - TimeSpan.FromHours(1));
        var day = Since(Last - TimeSpan.FromDays(1));
        var judged = Math.Min(badOf, _judged);
        var bad = judged == 0 ? 0 : BitOperations.PopCount(_bad & (ulong.MaxValue >> (64 - judged)));
        return new Sent(hour.Messages, day.Messages, hour.Recipients, day.Recipients, bad, judged);
    }

    private (long Messages, long Recipients) Since(DateTimeOffset from)
    {
        var some = _pieces.Append(_newest).Where(piece => piece.From + Piece > from);
        return some.Aggregate((Messages: 0L, Recipients: 0L), (sum, piece) => (sum.Messages + piece.Messages, sum.Recipients + piece.Recipients));
    }
}

/// <summary>What was sent in an hour and in a day, and how the last messages were judged.</summary>
internal readonly record struct Sent(long MessagesInHour, long MessagesInDay, long RecipientsInHour, long RecipientsInDay, int Bad, int Judged)
{
    /// <summary>The first limit that this goes over; nothing when it is within all.</summary>
    public (string Limit, long Number, long Allowed, string Words)? Over(SendingLimits limits) =>
        limits.IsExcepted ? null
        : MessagesInHour > limits.MessagesPerHour ? ("MessagesPerHour", MessagesInHour, limits.MessagesPerHour, $"{MessagesInHour} messages in an hour; {limits.MessagesPerHour} are allowed")
        : MessagesInDay > limits.MessagesPerDay ? ("MessagesPerDay", MessagesInDay, limits.MessagesPerDay, $"{MessagesInDay} messages in a day; {limits.MessagesPerDay} are allowed")
        : RecipientsInHour > limits.RecipientsPerHour ? ("RecipientsPerHour", RecipientsInHour, limits.RecipientsPerHour, $"{RecipientsInHour} recipients in an hour; {limits.RecipientsPerHour} are allowed")
        : RecipientsInDay > limits.RecipientsPerDay ? ("RecipientsPerDay", RecipientsInDay, limits.RecipientsPerDay, $"{RecipientsInDay} recipients in a day; {limits.RecipientsPerDay} are allowed")
        : Judged >= limits.BadOf && Bad * 100L > (long)limits.BadShare * Judged ? ("BadShare", Bad * 100L / Judged, limits.BadShare, $"{Bad} of the last {Judged} messages were judged bad; {limits.BadShare} per cent are allowed")
        : null;
}
