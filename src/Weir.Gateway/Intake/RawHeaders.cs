using System.Text;

namespace Weir.Gateway.Intake;

/// <summary>Reads header fields without understanding them: enough to know a message again and to find its envelope.</summary>
internal static class RawHeaders
{
    /// <summary>Against header floods: what lies behind is not looked at.</summary>
    private const int MaxBytes = 1 << 20;

    public static IReadOnlyList<RawField> Read(ReadOnlySpan<byte> message)
    {
        var fields = new List<RawField>();
        var name = "";
        var value = new StringBuilder();
        var rest = message[..Math.Min(message.Length, MaxBytes)];
        while (rest.Length > 0)
        {
            var feed = rest.IndexOf((byte)'\n');
            var line = feed < 0 ? rest : rest[..feed];
            rest = feed < 0 ? [] : rest[(feed + 1)..];
            if (line.Length > 0 && line[^1] == '\r')
            {
                line = line[..^1];
            }

            if (line.Length == 0)
            {
                break;
            }

            if (line[0] is (byte)' ' or (byte)'\t')
            {
                value.Append(' ').Append(Encoding.Latin1.GetString(line).Trim());
                continue;
            }

            Add(fields, name, value);
            var colon = line.IndexOf((byte)':');
            name = colon > 0 ? Encoding.Latin1.GetString(line[..colon]).TrimEnd() : "";
            value.Append(colon > 0 ? Encoding.Latin1.GetString(line[(colon + 1)..]).Trim() : "");
        }

        Add(fields, name, value);
        return fields;
    }

    /// <summary>The first value of a field; empty when there is none.</summary>
    public static string First(this IReadOnlyList<RawField> fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return field.Value;
            }
        }

        return "";
    }

    public static IEnumerable<string> All(this IReadOnlyList<RawField> fields, string name) =>
        fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    /// <summary>The Message-ID with its angle brackets; the trimmed value when it has none; empty without the field.</summary>
    public static string MessageId(this IReadOnlyList<RawField> fields)
    {
        var value = fields.First("Message-ID");
        var open = value.IndexOf('<', StringComparison.Ordinal);
        var close = open < 0 ? -1 : value.IndexOf('>', open);
        return close > open ? value[open..(close + 1)] : value;
    }

    private static void Add(List<RawField> fields, string name, StringBuilder value)
    {
        if (name.Length > 0)
        {
            fields.Add(new RawField(name, value.ToString()));
        }

        value.Clear();
    }
}
