namespace Weir.Gateway.Delivery.Postfix;

/// <summary>Reads what Postfix's programs say. Addresses and replies are a stranger's words, so fields are read from the left, in order, quotes respected.</summary>
internal static class PostfixEvents
{
    private const string RejectMark = "reject: RCPT from ";

    public static PostfixEvent? Parse(PostfixLine line) => line.Daemon switch
    {
        "qmgr" when line.Text == "removed" => new QueueRemoved(),
        "qmgr" when line.Text.Contains("status=expired, returned to sender", StringComparison.Ordinal) => new QueueExpired(),
        "smtpd" when line.Text.StartsWith(RejectMark, StringComparison.Ordinal) => Rejection(line.Text[RejectMark.Length..]),
        _ when line.Text.StartsWith("to=<", StringComparison.Ordinal) => Status(line.Text),
        _ => null,
    };

    /// <summary>The queue id behind <c>forwarded as</c> or <c>queued as</c>; nothing when the reply names none.</summary>
    public static string? QueueIdIn(string reply, string words)
    {
        var at = reply.IndexOf(words, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var rest = reply.AsSpan(at + words.Length).TrimStart();
        var end = 0;
        while (end < rest.Length && char.IsAsciiLetterOrDigit(rest[end]))
        {
            end++;
        }

        return PostfixLine.IsQueueId(rest[..end]) ? rest[..end].ToString() : null;
    }

    /// <summary><c>to=&lt;a@b&gt;, orig_to=&lt;c@b&gt;, relay=…, delay=…, dsn=…, status=sent (reply)</c></summary>
    private static RecipientStatus? Status(string text)
    {
        var rest = text.AsSpan();
        if (Address(ref rest, "to=<") is not { } recipient)
        {
            return null;
        }

        var original = Address(ref rest, ", orig_to=<") ?? "";
        var relay = Between(ref rest, ", relay=", ", ");
        var status = Between(ref rest, "status=", " (");
        if (status is null)
        {
            return null;
        }

        var reply = rest.EndsWith(")") ? rest[..^1] : rest;
        return new RecipientStatus(recipient, original, relay ?? "", status, reply.ToString());
    }

    /// <summary><c>host[1.2.3.4]: 550 5.1.1 &lt;x@y&gt;: …; from=&lt;a@b&gt; to=&lt;x@y&gt; proto=ESMTP helo=&lt;h&gt;</c></summary>
    private static RecipientRejected? Rejection(string text)
    {
        var colon = text.IndexOf("]: ", StringComparison.Ordinal);
        var open = colon < 0 ? -1 : text.LastIndexOf('[', colon);
        var from = text.LastIndexOf("; from=<", StringComparison.Ordinal);
        if (open < 0 || from < colon)
        {
            return null;
        }

        var rest = text.AsSpan(from + 2);
        if (Address(ref rest, "from=<") is not { } sender || Address(ref rest, " to=<") is not { } recipient)
        {
            return null;
        }

        var helo = Between(ref rest, "helo=<", ">") ?? "";
        return new RecipientRejected(sender, recipient, text[(colon + 3)..from], text[(open + 1)..colon], helo);
    }

    private static string? Address(ref ReadOnlySpan<char> rest, string prefix)
    {
        if (!rest.StartsWith(prefix))
        {
            return null;
        }

        var at = prefix.Length;
        var isQuoted = false;
        for (; at < rest.Length; at++)
        {
            if (rest[at] == '\\' && isQuoted)
            {
                at++;
            }
            else if (rest[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (rest[at] == '>' && !isQuoted)
            {
                break;
            }
        }

        if (at >= rest.Length)
        {
            return null;
        }

        var address = rest[prefix.Length..at].ToString();
        rest = rest[(at + 1)..];
        return address;
    }

    private static string? Between(ref ReadOnlySpan<char> rest, string before, string after)
    {
        var start = rest.IndexOf(before);
        var end = start < 0 ? -1 : rest[(start + before.Length)..].IndexOf(after);
        if (end < 0)
        {
            return null;
        }

        var found = rest.Slice(start + before.Length, end).ToString();
        rest = rest[(start + before.Length + end + (after == ", " ? 0 : after.Length))..];
        return found;
    }
}
