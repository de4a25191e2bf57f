using System.Globalization;
using System.Text;

namespace Weir.Portal.Explorer;

/// <summary>Values as KQL literals. Whatever a person types stays a value: nothing in it can end the literal.</summary>
internal static class KqlText
{
    public static string Literal(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (var rune in value.EnumerateRunes())
        {
            // EnumerateRunes turns a lone surrogate into U+FFFD, which is what a store would keep.
            switch (rune.Value)
            {
                case '\'': text.Append("\\'"); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < 0x20 or 0x7F or (>= 0x80 and < 0xA0) or 0x2028 or 0x2029:
                    text.Append("\\u").Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default: text.Append(rune.ToString()); break;
            }
        }

        return text.Append('\'').ToString();
    }

    public static string Literal(DateTimeOffset instant) =>
        $"datetime({instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)})";

    public static string Literal(TimeSpan span) => span switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => $"{ticks / TimeSpan.TicksPerDay}d",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => $"{ticks / TimeSpan.TicksPerHour}h",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => $"{ticks / TimeSpan.TicksPerMinute}m",
        _ => $"{span.Ticks / TimeSpan.TicksPerSecond}s",
    };

    public static string List(IEnumerable<string> values) => $"({string.Join(", ", values.Select(Literal))})";
}
