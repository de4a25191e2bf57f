using System.Buffers;
using System.Text;
using Weir.Gateway.Intake;
using Weir.Gateway.Listening;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Milter;

/// <summary>One message as it comes in: envelope, fields, body. Holds no more than the limits allow, whatever is sent.</summary>
internal sealed class MilterTransaction(MilterOptions options, MemoryBudget budget) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<string> _recipients = [];
    private readonly List<(string Name, bool IsForeign)> _fields = [];
    private long _taken;
    private bool _isInBody;

    public string MailFrom { get; private set; } = "";

    /// <summary>As the client gave them, brackets included: the mail server wants them back letter for letter.</summary>
    public IReadOnlyList<string> Recipients => _recipients;

    public NotTaken NotTaken { get; private set; }

    /// <summary>Fields in Weir's name, and results of authentication in the mail server's, that somebody else wrote: name and which occurrence of it (from 1), the last first, so that removing one moves no other.</summary>
    public IReadOnlyList<(string Name, uint Occurrence)> ForeignFields
    {
        get
        {
            var seen = new Dictionary<string, uint>(StringComparer.OrdinalIgnoreCase);
            var foreign = new List<(string, uint)>();
            foreach (var (name, isForeign) in _fields)
            {
                var occurrence = seen[name] = seen.GetValueOrDefault(name) + 1;
                if (isForeign)
                {
                    foreign.Add((name, occurrence));
                }
            }

            foreign.Reverse();
            return foreign;
        }
    }

    public void Mail(ReadOnlySpan<byte> data) => MailFrom = WithoutBrackets(MilterFrames.Strings(data).FirstOrDefault(""));

    public void Recipient(ReadOnlySpan<byte> data)
    {
        if (_recipients.Count >= options.Recipients)
        {
            NotTaken = NotTaken.TooManyRecipients;
            return;
        }

        var address = MilterFrames.Strings(data).FirstOrDefault("");
        if (Take(address.Length))
        {
            _recipients.Add(address);
        }
    }

    /// <summary>A field of the header.</summary>
    /// <param name="ourName">The mail server's name: results of authentication under it are not for strangers to write (RFC 8601 §5).</param>
    public void Header(ReadOnlySpan<byte> data, bool hasLeadingSpace, string ourName = "")
    {
        var zero = data.IndexOf((byte)0);
        var name = zero < 0 ? data : data[..zero];
        var value = zero < 0 ? [] : data[(zero + 1)..];
        value = value.Length > 0 && value[^1] == 0 ? value[..^1] : value;
        if (NotTaken == NotTaken.No && name.StartsWithIgnoringCase(WeirFields.Prefix))
        {
            _fields.Add((Encoding.Latin1.GetString(name), true));
        }
        else if (NotTaken == NotTaken.No && Ascii.EqualsIgnoreCase(name, AuthenticationResultsField.Name))
        {
            _fields.Add((AuthenticationResultsField.Name, !options.KeepAuthenticationResults && AuthenticationResultsField.IsFrom(value, ourName)));
        }

        Append(name);
        Append(hasLeadingSpace ? ":"u8 : ": "u8);
        while (value.Length > 0)
        {
            // Folded lines come with a bare line feed; on the wire they were CRLF.
            var feed = value.IndexOf((byte)'\n');
            var line = feed < 0 ? value : value[..feed];
            Append(line.Length > 0 && line[^1] == '\r' ? line[..^1] : line);
            value = feed < 0 ? [] : value[(feed + 1)..];
            if (feed >= 0)
            {
                Append("\r\n"u8);
            }
        }

        Append("\r\n"u8);
    }

    public void Body(ReadOnlySpan<byte> chunk)
    {
        EndHeaders();
        Append(chunk);
    }

    /// <summary>The whole message as it came over the wire.</summary>
    public ReadOnlyMemory<byte> Raw()
    {
        EndHeaders();
        return _bytes.WrittenMemory;
    }

    public Envelope Envelope(MilterMacros macros) => new()
    {
        MailFrom = MailFrom,
        Recipients = [.. _recipients.Select(WithoutBrackets)],
        ClientIp = macros.ClientAddress,
        ClientName = macros.ClientName,
        Helo = macros.Helo,
        QueueId = macros["i"],
        AuthenticatedUser = macros["{auth_authen}"],
    };

    public void Dispose() => budget.Return(_taken);

    private static string WithoutBrackets(string address)
    {
        var text = address.Trim();
        return text.StartsWith('<') && text.EndsWith('>') ? text[1..^1] : text;
    }

    private void EndHeaders()
    {
        if (!_isInBody)
        {
            _isInBody = true;
            Append("\r\n"u8);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (Take(bytes.Length))
        {
            _bytes.Write(bytes);
        }
    }

    private bool Take(int bytes)
    {
        if (NotTaken != NotTaken.No)
        {
            return false;
        }

        if (_taken + bytes > options.MaxMessageBytes)
        {
            NotTaken = NotTaken.TooLarge;
            return false;
        }

        if (!budget.TryTake(bytes))
        {
            NotTaken = NotTaken.NoMemory;
            return false;
        }

        _taken += bytes;
        return true;
    }
}

/// <summary>Comparing bytes with ASCII text.</summary>
internal static class AsciiBytes
{
    public static bool StartsWithIgnoringCase(this ReadOnlySpan<byte> bytes, string prefix) =>
        bytes.Length >= prefix.Length && Ascii.EqualsIgnoreCase(bytes[..prefix.Length], prefix);
}
