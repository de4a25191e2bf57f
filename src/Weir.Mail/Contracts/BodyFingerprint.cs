using System.Security.Cryptography;

namespace Weir.Mail.Contracts;

/// <summary>
/// SHA-256 of everything after the header block, the same for one message on its whole way: line ends count as CRLF (a Maildir keeps LF) and
/// line ends at the very end do not count (servers add or drop them). Finds a message again in a mailbox, where header fields were added.
/// </summary>
public static class BodyFingerprint
{
    /// <summary>Lower-case hex.</summary>
    public static string Of(ReadOnlySpan<byte> message)
    {
        var body = message[StartOfBody(message)..];
        while (body.Length > 0 && body[^1] is (byte)'\r' or (byte)'\n')
        {
            body = body[..^1];
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (body.Length > 0)
        {
            var feed = body.IndexOf((byte)'\n');
            if (feed < 0)
            {
                hash.AppendData(body);
                break;
            }

            var line = feed > 0 && body[feed - 1] == '\r' ? body[..(feed - 1)] : body[..feed];
            hash.AppendData(line);
            hash.AppendData("\r\n"u8);
            body = body[(feed + 1)..];
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Offset of the first byte after the empty line that ends the header block; the length when there is no such line.</summary>
    public static int StartOfBody(ReadOnlySpan<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var feed = message[at..].IndexOf((byte)'\n');
            if (feed < 0)
            {
                return message.Length;
            }

            if (feed == 0 || (feed == 1 && message[at] == '\r'))
            {
                return at + feed + 1;
            }

            at += feed + 1;
        }

        return message.Length;
    }
}
