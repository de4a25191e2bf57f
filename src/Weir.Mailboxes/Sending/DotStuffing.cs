namespace Weir.Mailboxes.Sending;

/// <summary>A message as DATA wants it: every line ends in CRLF, and a dot that begins a line is doubled (RFC 5321 §4.5.2). No other byte changes.</summary>
internal static class DotStuffing
{
    public static byte[] Of(ReadOnlySpan<byte> raw)
    {
        using var result = new MemoryStream(raw.Length + 64);
        var isAtStart = true;
        for (var i = 0; i < raw.Length; i++)
        {
            if (isAtStart && raw[i] == '.')
            {
                result.WriteByte((byte)'.');
            }

            isAtStart = raw[i] is (byte)'\n' or (byte)'\r';
            if (!isAtStart)
            {
                result.WriteByte(raw[i]);
                continue;
            }

            result.Write("\r\n"u8);
            i += raw[i] == '\r' && i + 1 < raw.Length && raw[i + 1] == '\n' ? 1 : 0;
        }

        if (!isAtStart)
        {
            result.Write("\r\n"u8);
        }

        return result.ToArray();
    }
}
