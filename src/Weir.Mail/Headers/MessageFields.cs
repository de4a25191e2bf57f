using System.Text;
using Weir.Mail.Addresses;
using Weir.Mail.Contracts;
using Weir.Mail.Mime;

namespace Weir.Mail.Headers;

/// <summary>The header fields of a message, read; what is wrong with them goes to the defects.</summary>
internal sealed class MessageFields
{
    private const int MostHeaderText = 256 << 10;
    private const int LongestLine = 998;
    private static readonly string[] Single =
        ["Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Subject", "MIME-Version"];

    private readonly Dictionary<string, string> _unfolded = new(StringComparer.OrdinalIgnoreCase);
    private readonly DefectList _defects;

    public MessageFields(ReadOnlySpan<byte> raw, HeaderBlock block, DefectList defects)
    {
        _defects = defects;
        var headers = new List<MailHeader>(block.Fields.Count);
        var received = new List<ReceivedHop>();
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in block.Fields)
        {
            var name = Encoding.ASCII.GetString(raw[field.Start..field.NameEnd]);
            var value = raw[field.ValueStart..field.ValueEnd];
            var unfolded = HeaderText.Unfold(value);
            var decoded = HeaderText.Decode(unfolded);
            headers.Add(new MailHeader(name, decoded, Encoding.Latin1.GetString(value), field.Start));
            Check(name, unfolded, raw[field.Start..field.End], field.Start);
            var count = counts.GetValueOrDefault(name) + 1;
            counts[name] = count;
            if (count == 1)
            {
                _unfolded[name] = unfolded;
            }
            else if (Array.Exists(Single, each => each.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                defects.Add($"duplicate-{name.ToLowerInvariant()}", $"{name} is there more than once.", field.Start);
            }

            if (name.Equals("Received", StringComparison.OrdinalIgnoreCase) && received.Count < 100)
            {
                received.Add(ReceivedField.Parse(decoded));
            }
        }

        Headers = headers;
        Received = received;
        Text = Charsets.Guess(raw[block.FieldsStart..Math.Min(block.BodyStart, block.FieldsStart + MostHeaderText)]);
        CheckBlock(block);
    }

    public IReadOnlyList<MailHeader> Headers { get; }

    public IReadOnlyList<ReceivedHop> Received { get; }

    public string Text { get; }

    /// <summary>Unfolded, undecoded value of the first field of this name; empty when there is none.</summary>
    public string Value(string name) => _unfolded.GetValueOrDefault(name, "");

    public bool Has(string name) => _unfolded.ContainsKey(name);

    public IReadOnlyList<MailAddress> Addresses(string name)
    {
        if (!Has(name))
        {
            return [];
        }

        var addresses = AddressField.Parse(Value(name), out var isMalformed);
        if (isMalformed)
        {
            _defects.Add("malformed-address", $"{name} is not written as addresses are.", OffsetOf(name));
        }

        return addresses;
    }

    public DateTimeOffset? Date()
    {
        if (!Has("Date"))
        {
            _defects.Add("missing-date", "There is no Date field.");
            return null;
        }

        if (DateField.TryParse(Value("Date"), out var at))
        {
            return at;
        }

        _defects.Add("bad-date", "The Date field is no date.", OffsetOf("Date"));
        return null;
    }

    public long OffsetOf(string name) => Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Offset ?? -1;

    /// <summary>Message ids in angle brackets, in order.</summary>
    public static IReadOnlyList<string> Ids(string value)
    {
        var ids = new List<string>();
        for (var open = value.IndexOf('<', StringComparison.Ordinal); open >= 0 && ids.Count < 1_000; open = value.IndexOf('<', open + 1))
        {
            var close = value.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            ids.Add(value[open..(close + 1)]);
        }

        return ids;
    }

    private void Check(string name, string unfolded, ReadOnlySpan<byte> field, int offset)
    {
        if (!Ascii.IsValid(field))
        {
            _defects.Add("8bit-header", $"{name} holds bytes beyond ASCII that are not encoded.", offset);
        }

        if (field.Length > LongestLine && HasLongLine(field))
        {
            _defects.Add("long-header-line", $"A line of {name} has more than {LongestLine} characters.", offset);
        }

        if (unfolded.Contains("=?", StringComparison.Ordinal))
        {
            foreach (var charset in HeaderText.CharsetsOf(unfolded).Take(20))
            {
                if (Charsets.Find(charset) is null)
                {
                    _defects.Add("unknown-charset", $"{name} names the character set {charset}.", offset);
                }
            }
        }
    }

    private void CheckBlock(HeaderBlock block)
    {
        if (block.StrayLine >= 0)
        {
            _defects.Add("missing-blank-line", "The header block ends with a line that is no field.", block.StrayLine);
        }

        if (block.IsUnterminated)
        {
            _defects.Add("header-only", "There is no blank line after the header block.");
        }

        if (block.IsCut)
        {
            _defects.Add("header-too-large", "The header block is larger than the limits; fields were left out.");
        }

        if (!Has("From"))
        {
            _defects.Add("missing-from", "There is no From field.");
        }

        if (!Has("Message-ID"))
        {
            _defects.Add("missing-message-id", "There is no Message-ID field.");
        }
    }

    private static bool HasLongLine(ReadOnlySpan<byte> field)
    {
        foreach (var range in field.Split((byte)'\n'))
        {
            if (field[range].TrimEnd((byte)'\r').Length > LongestLine)
            {
                return true;
            }
        }

        return false;
    }
}
