using System.Globalization;
using System.Net;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>Reads the text of an allow/block list: one entry a line, <c>#</c> begins a note.</summary>
/// <remarks><code>
/// block sender mallory@evil.example      # sent invoices
/// allow domain partner.example expires 2026-12-01
/// block url https://evil.example/login
/// block url-domain evil.example
/// block sha256 275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f
/// block ip 192.0.2.0/24
/// </code></remarks>
internal static class AllowBlockText
{
    /// <summary>The entries that could be read, and an error for each line that could not.</summary>
    public static (IReadOnlyList<AllowBlockEntry> Entries, IReadOnlyList<AllowBlockError> Errors) Parse(string text)
    {
        var entries = new List<AllowBlockEntry>();
        var errors = new List<AllowBlockError>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var (content, note) = SplitNote(line.ToString());
            if (content.Length == 0)
            {
                continue;
            }

            if (ParseLine(content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), note, out var entry) is { } message)
            {
                errors.Add(new AllowBlockError(number, message));
            }
            else if (entry is not null)
            {
                entries.Add(entry);
            }
        }

        return (entries, errors);
    }

    private static (string Content, string Note) SplitNote(string line)
    {
        // A # inside a URL is its fragment; a note stands at the start or after white space.
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                return (line[..i].Trim(), line[(i + 1)..].Trim());
            }
        }

        return (line.Trim(), "");
    }

    /// <summary>The error, or nothing when <paramref name="entry"/> was read.</summary>
    private static string? ParseLine(string[] words, string note, out AllowBlockEntry? entry)
    {
        entry = null;
        if (words is not [("block" or "allow") and var verb, var kind, var value, .. var rest])
        {
            return "Write: block|allow sender|domain|url|url-domain|sha256|ip VALUE [expires YYYY-MM-DD] [# note].";
        }

        DateTimeOffset? expires = null;
        if (rest is ["expires", var date])
        {
            if (!DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
            {
                return $"\"{date}\" is not a date; write it as 2026-12-01.";
            }

            expires = parsed;
        }
        else if (rest.Length > 0)
        {
            return $"\"{rest[0]}\" is not known after the value; only \"expires YYYY-MM-DD\" may follow.";
        }

        if (Value(kind, value, out var entryKind, out var normalised) is { } error)
        {
            return error;
        }

        entry = new AllowBlockEntry(entryKind, normalised, verb == "allow", expires, note);
        return null;
    }

    private static string? Value(string kind, string value, out EntryKind entryKind, out string normalised)
    {
        normalised = value.ToLowerInvariant();
        entryKind = EntryKind.Sender;
        switch (kind)
        {
            case "sender":
                return normalised.IndexOf('@', StringComparison.Ordinal) > 0 ? null : $"\"{value}\" is not an address.";
            case "domain":
                entryKind = EntryKind.SenderDomain;
                normalised = normalised.TrimStart('@', '*').Trim('.');
                return IsDomain(normalised) ? null : $"\"{value}\" is not a domain.";
            case "url-domain":
                entryKind = EntryKind.UrlDomain;
                normalised = normalised.TrimStart('*').Trim('.');
                return IsDomain(normalised) ? null : $"\"{value}\" is not a domain.";
            case "url":
                entryKind = EntryKind.Url;
                normalised = value;
                return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? null : $"\"{value}\" is not an absolute URL.";
            case "sha256":
                entryKind = EntryKind.FileHash;
                return normalised.Length == 64 && normalised.All(char.IsAsciiHexDigit) ? null : $"\"{value}\" is not a SHA-256 of 64 hexadecimal digits.";
            case "ip":
                entryKind = EntryKind.IpAddress;
                return IPNetwork.TryParse(value, out _) || IPAddress.TryParse(value, out _) ? null : $"\"{value}\" is neither an IP address nor a network such as 192.0.2.0/24.";
            default:
                return $"\"{kind}\" is not known; use sender, domain, url, url-domain, sha256 or ip.";
        }
    }

    private static bool IsDomain(string value) => value.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(value) == UriHostNameType.Dns;
}

/// <summary>What is wrong in one line of the list.</summary>
/// <param name="Line">Counts from 1.</param>
internal sealed record AllowBlockError(int Line, string Message);
