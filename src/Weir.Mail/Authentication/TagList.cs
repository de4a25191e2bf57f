namespace Weir.Mail.Authentication;

/// <summary>Tag=value lists of DKIM and DMARC (RFC 6376 §3.2): names are case-sensitive there, order and white space are not.</summary>
internal sealed class TagList
{
    private readonly Dictionary<string, string> _tags;

    private TagList(Dictionary<string, string> tags, string first) => (_tags, First) = (tags, first);

    /// <summary>The name of the first tag; empty when there is none.</summary>
    public string First { get; }

    public string? this[string name] => _tags.GetValueOrDefault(name);

    /// <summary>The strict form: every tag has a name and a value, none twice; else nothing.</summary>
    public static TagList? ParseStrict(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        var first = "";
        var parts = text.Split(';');
        for (var index = 0; index < parts.Length; index++)
        {
            var part = parts[index].Trim(Blank);
            if (part.Length == 0)
            {
                // One empty piece may follow the last semicolon.
                if (index == parts.Length - 1)
                {
                    continue;
                }

                return null;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return null;
            }

            var name = part[..equals].TrimEnd(Blank);
            if (!IsName(name) || !tags.TryAdd(name, part[(equals + 1)..].TrimStart(Blank)))
            {
                return null;
            }

            first = first.Length == 0 ? name : first;
        }

        return new TagList(tags, first);
    }

    /// <summary>The tolerant form of DMARC records: pieces that are no tags are passed over, the first of two equal names counts, names fold to lower case.</summary>
    public static TagList ParseTolerant(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        var first = "";
        foreach (var piece in text.Split(';'))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : piece[..equals].Trim(Blank).ToLowerInvariant();
            if (name.Length > 0 && tags.TryAdd(name, piece[(equals + 1)..].Trim(Blank)))
            {
                first = first.Length == 0 ? name : first;
            }
        }

        return new TagList(tags, first);
    }

    private static readonly char[] Blank = [' ', '\t', '\r', '\n'];

    private static bool IsName(string name) => char.IsAsciiLetter(name.Length > 0 ? name[0] : ' ') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
