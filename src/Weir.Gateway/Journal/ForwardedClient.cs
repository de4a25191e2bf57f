using System.Globalization;
using System.Net;
using System.Text;

namespace Weir.Gateway.Journal;

/// <summary>The client that handed the message to the mail server, as the mail server says with XFORWARD (Postfix: <c>smtp_send_xforward_command</c>).</summary>
internal sealed record ForwardedClient
{
    /// <summary>What this door understands.</summary>
    public const string Attributes = "NAME ADDR PORT PROTO HELO IDENT SOURCE";

    public string Address { get; init; } = "";
    public string Name { get; init; } = "";
    public string Helo { get; init; } = "";

    /// <summary>IDENT: the mail server's queue id.</summary>
    public string QueueId { get; init; } = "";

    /// <summary>With further attributes; nothing when one of them is not <c>NAME=value</c>.</summary>
    public ForwardedClient? With(string attributes)
    {
        var client = this;
        foreach (var attribute in attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = attribute.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return null;
            }

            var value = Decoded(attribute[(equals + 1)..]);
            client = attribute[..equals].ToUpperInvariant() switch
            {
                "ADDR" => client with { Address = IPAddress.TryParse(value.StartsWith("IPV6:", StringComparison.OrdinalIgnoreCase) ? value[5..] : value, out var address) ? address.ToString() : "" },
                "NAME" => client with { Name = value },
                "HELO" => client with { Helo = value },
                "IDENT" => client with { QueueId = value },
                _ => client,
            };
        }

        return client;
    }

    /// <summary>xtext (RFC 3461 §4); empty for what the server does not know.</summary>
    private static string Decoded(string text)
    {
        if (text is "[UNAVAILABLE]" or "[TEMPUNAVAIL]")
        {
            return "";
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '+' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append(code is < 0x20 or 0x7F ? '?' : (char)code);
                i += 2;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
