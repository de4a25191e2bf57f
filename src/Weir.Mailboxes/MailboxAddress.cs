namespace Weir.Mailboxes;

/// <summary>The address of a mailbox, taken apart and safe to put into a path or a login name.</summary>
/// <param name="Local">In lower case.</param>
/// <param name="Domain">In lower case.</param>
internal sealed record MailboxAddress(string Local, string Domain)
{
    /// <summary>Nothing when the text is no plain <c>local@domain</c>: recipients come from strangers, so path separators, control characters and leading dots are refused.</summary>
    public static MailboxAddress? Parse(string text)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1 || text.Length > 320)
        {
            return null;
        }

        var local = text[..at].ToLowerInvariant();
        var domain = text[(at + 1)..].ToLowerInvariant();
        return IsSafe(local) && IsSafe(domain) ? new MailboxAddress(local, domain) : null;
    }

    /// <summary>Replaces <c>{local}</c>, <c>{domain}</c> and <c>{mailbox}</c>.</summary>
    public string Fill(string template) =>
        template.Replace("{mailbox}", ToString(), StringComparison.Ordinal)
            .Replace("{local}", Local, StringComparison.Ordinal)
            .Replace("{domain}", Domain, StringComparison.Ordinal);

    public override string ToString() => $"{Local}@{Domain}";

    private static bool IsSafe(string text) =>
        text[0] != '.' && !text.Any(c => c is '/' or '\\' or '*' or '"' or '{' or '}' or '@' || char.IsControl(c) || char.IsWhiteSpace(c));
}
