using System.Globalization;
using System.Text;

namespace Weir.Sample.Files;

/// <summary>A meeting invitation (RFC 5545).</summary>
internal static class CalendarFile
{
    public static byte[] Write(string id, string subject, DateTimeOffset sent, DateTimeOffset start, string organiser, IEnumerable<string> guests)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nPRODID:-//Nordhaven//Calendar//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n");
        text.Append(CultureInfo.InvariantCulture, $"UID:{id}\r\nDTSTAMP:{Stamp(sent)}\r\nDTSTART:{Stamp(start)}\r\nDTEND:{Stamp(start.AddHours(1))}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"SUMMARY:{subject.Replace(",", "\\,", StringComparison.Ordinal)}\r\nORGANIZER:mailto:{organiser}\r\n");
        foreach (var guest in guests)
        {
            text.Append(CultureInfo.InvariantCulture, $"ATTENDEE;RSVP=TRUE:mailto:{guest}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("END:VEVENT\r\nEND:VCALENDAR\r\n").ToString());
    }

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
