using Weir.Detection.Facts.Text;

namespace Weir.Detection.Facts.Names;

/// <summary>Compares a domain with one it may imitate. Pure.</summary>
internal static class Lookalike
{
    private const int LongestLabel = 63;

    /// <summary>Letters of an added word without a hyphen, and of what is left.</summary>
    private const int ShortestGlued = 4;

    /// <summary>Words that imitations add to a name.</summary>
    private static readonly HashSet<string> Additions = new(StringComparer.Ordinal)
    {
        "account", "accounts", "acct", "admin", "alert", "alerts", "app", "auth", "bank", "banking", "bill", "billing", "card", "care", "center", "claim", "client", "cloud", "connect", "corp", "customer", "delivery", "desk", "direct", "docs", "file", "files", "finance",
        "group", "gmbh", "hr", "help", "helpdesk", "home", "id", "inc", "info", "int", "intl", "invoice", "kunden", "live", "llc", "login", "logon", "ltd", "mail", "mailbox", "msg", "my", "net", "notice", "office", "official", "online", "order", "parcel", "pay", "payment", "payments", "payroll",
        "portal", "post", "prime", "promo", "recovery", "refund", "reward", "rewards", "safe", "safety", "secure", "secured", "security", "server", "service", "services", "servicio", "share", "shop", "sicher", "sicherheit", "sign", "signin", "site", "sso", "staff", "store", "support", "team", "tech", "track", "tracking", "update", "updates", "user", "vendor",
        "verification", "verify", "vpn", "web", "webmail", "wallet", "www", "de", "uk", "us", "eu", "fr", "es", "br", "it", "nl",
    };

    /// <summary>How the one resembles the other; the heaviest likeness first.</summary>
    /// <param name="candidate">Of a sender or link.</param>
    /// <param name="original">The domain that may be imitated.</param>
    public static Likeness Compare(KnownDomain candidate, KnownDomain original)
    {
        if (candidate.Registered == original.Registered)
        {
            return Likeness.None;
        }

        var a = candidate.Name;
        var b = original.Name;
        if (a == b)
        {
            // Short and common names are registered everywhere by their own owners.
            return b.Length >= 6 ? Likeness.OtherTopLevel : Likeness.None;
        }

        // Short names have chance neighbours: ups and ups-store, dhl and dhi.
        if (b.Length >= 5 && candidate.Skeleton == original.Skeleton)
        {
            return Likeness.Confusable;
        }

        if (b.Length >= 4 && HasAdded(candidate.Latin, b))
        {
            return Likeness.AddedWords;
        }

        if (b.Length >= 5 && candidate.Cores.Any(core => core != b && Confusables.Skeleton(core) == original.Skeleton))
        {
            return Likeness.ConfusableAndWords;
        }

        if (b.Length >= 8 && candidate.Cores.Any(core => Math.Abs(core.Length - b.Length) <= 1 && Distance(core, b) == 1))
        {
            return Likeness.ConfusableAndWords;
        }

        return b.Length >= 6 && Math.Abs(a.Length - b.Length) <= 1 && Distance(a, b) == 1 ? Likeness.OneLetter
            : b.Length >= 10 && Math.Abs(a.Length - b.Length) <= 2 && a[0] == b[0] && Distance(a, b) == 2 ? Likeness.OneLetter
            : Likeness.None;
    }

    /// <summary>The name with only words that imitations add, with or without hyphens: <c>contoso-secure</c>, <c>logincontoso</c>.</summary>
    private static bool HasAdded(string candidate, string original)
    {
        var at = candidate.IndexOf(original, StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        var before = candidate[..at].Trim('-');
        var after = candidate[(at + original.Length)..].Trim('-');
        return (before.Length > 0 || after.Length > 0) && AreAdditions(before) && AreAdditions(after);
    }

    private static bool AreAdditions(string text) => text.Split('-', StringSplitOptions.RemoveEmptyEntries).All(IsAddition);

    /// <summary>What is left of a name without the words that imitations add before or after it: <c>paypa1</c> of <c>secure-paypa1-login</c>.</summary>
    internal static IReadOnlyList<string> Cores(string name)
    {
        var pieces = name.Split('-', StringSplitOptions.RemoveEmptyEntries);
        var (first, last) = (0, pieces.Length);
        while (first < last && IsAddition(pieces[first]))
        {
            first++;
        }

        while (last > first && IsAddition(pieces[last - 1]))
        {
            last--;
        }

        var cores = new List<string>(4);
        if (last - first < pieces.Length && last > first)
        {
            cores.Add(string.Join('-', pieces[first..last]));
        }

        var joined = string.Concat(pieces[first..last]);
        foreach (var word in Additions.Where(word => word.Length >= ShortestGlued && joined.Length - word.Length >= ShortestGlued))
        {
            if (joined.StartsWith(word, StringComparison.Ordinal))
            {
                cores.Add(joined[word.Length..]);
            }

            if (joined.EndsWith(word, StringComparison.Ordinal))
            {
                cores.Add(joined[..^word.Length]);
            }
        }

        return cores;
    }

    private static bool IsAddition(string word) => Additions.Contains(word) || word.All(char.IsAsciiDigit);

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two short names.</summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        // A label of a domain name has at most 63 octets (RFC 1035 §2.3.4); what is longer is no neighbour of a name people know.
        if (a.Length > LongestLabel || b.Length > LongestLabel)
        {
            return int.MaxValue;
        }

        Span<int> beforeLast = stackalloc int[LongestLabel + 1];
        Span<int> last = stackalloc int[LongestLabel + 1];
        Span<int> row = stackalloc int[LongestLabel + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                row[j] = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? Math.Min(best, beforeLast[j - 2] + 1) : best;
            }

            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[b.Length];
    }
}

/// <summary>How one domain resembles another.</summary>
internal enum Likeness { None, Confusable, ConfusableAndWords, OneLetter, AddedWords, OtherTopLevel }

/// <summary>A domain taken apart for comparison.</summary>
/// <param name="Registered">With international letters, without host names.</param>
/// <param name="Name">The label that people read as the name.</param>
/// <param name="Latin">What a reader takes the name for.</param>
/// <param name="Skeleton">The same in small print.</param>
internal sealed record KnownDomain(string Registered, string Name, string Latin, string Skeleton)
{
    /// <summary>The name without words that imitations add; empty when there are none.</summary>
    public IReadOnlyList<string> Cores => field ??= Lookalike.Cores(Latin);

    public static KnownDomain Of(string host)
    {
        var registered = Domains.Registered(Domains.ToUnicode(host));
        var name = registered.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? registered[..dot] : registered;
        return new KnownDomain(registered, name, Confusables.Latin(name), Confusables.Skeleton(name));
    }
}
