using System.Globalization;

namespace Weir.Gateway.Delivery.Postfix;

/// <summary>A line of Postfix's log.</summary>
/// <param name="Daemon">Which program wrote it: <c>smtpd</c>, <c>lmtp</c>, <c>qmgr</c>, …</param>
/// <param name="QueueId"><c>NOQUEUE</c> before a message has one; empty for lines about no message.</param>
/// <param name="Text">What follows the queue id.</param>
internal sealed record PostfixLine(DateTimeOffset At, string Daemon, string QueueId, string Text)
{
    /// <summary>Reads <c>Nov 24 13:53:08 host postfix/lmtp[24455]: 16E13B1E026: …</c> and the same with an ISO 8601 time. Nothing for other lines.</summary>
    /// <param name="now">Tells the year, which the older form leaves out.</param>
    /// <param name="zone">In which the older form is written.</param>
    public static PostfixLine? Parse(string line, DateTimeOffset now, TimeZoneInfo zone)
    {
        var tagEnd = line.IndexOf("]: ", StringComparison.Ordinal);
        var tagStart = tagEnd < 0 ? -1 : line.LastIndexOf(' ', tagEnd);
        var bracket = tagStart < 0 ? -1 : line.IndexOf('[', tagStart);
        if (bracket < 0 || bracket > tagEnd)
        {
            return null;
        }

        var tag = line[(tagStart + 1)..bracket];
        var slash = tag.LastIndexOf('/');
        if (slash < 0 || Time(line, now, zone) is not { } at)
        {
            return null;
        }

        var text = line[(tagEnd + 3)..];
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && IsQueueId(text.AsSpan(0, colon))
            ? new PostfixLine(at, tag[(slash + 1)..], text[..colon], text[(colon + 2)..])
            : new PostfixLine(at, tag[(slash + 1)..], "", text);
    }

    /// <summary>Short ids are hexadecimal, long ones letters and digits.</summary>
    public static bool IsQueueId(ReadOnlySpan<char> text)
    {
        if (text.Length is < 6 or > 24)
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                return false;
            }
        }

        return text is "NOQUEUE" || text.IndexOfAnyInRange('0', '9') >= 0;
    }

    private static DateTimeOffset? Time(string line, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (line.Length > 19 && char.IsAsciiDigit(line[0]))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            return space > 0 && DateTimeOffset.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) ? exact.ToUniversalTime() : null;
        }

        if (line.Length < 16)
        {
            return null;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(now, zone).Year} {line[..15].Replace("  ", " ", StringComparison.Ordinal)}");
        if (!DateTime.TryParseExact(text, "yyyy MMM d HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var at = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();

        // December's lines read in January.
        return at > now + TimeSpan.FromDays(1) ? at.AddYears(-1) : at;
    }
}
