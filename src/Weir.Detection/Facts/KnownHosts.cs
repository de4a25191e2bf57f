using System.Collections.Frozen;

namespace Weir.Detection.Facts;

/// <summary>Kinds of hosts that matter to a judgement. Membership is a fact about what the service does, not a reputation.</summary>
internal static class KnownHosts
{
    /// <summary>Anybody gets a site below these names within minutes.</summary>
    public static FrozenSet<string> Shared { get; } = FactLists.Set("shared-hosting.txt");

    /// <summary>Services that hide the target of a link.</summary>
    public static FrozenSet<string> Shorteners { get; } = FactLists.Set("shorteners.txt");

    /// <summary>Anybody gets an address at these domains.</summary>
    public static FrozenSet<string> FreeMail { get; } = FactLists.Set("free-mail.txt");

    /// <summary>Anybody uploads a picture or a file to these without an account, or for free.</summary>
    public static FrozenSet<string> PictureDrops { get; } = FactLists.Set("picture-drops.txt");

    /// <summary>Top-level domains that abuse studies name year after year for free or very cheap names.</summary>
    public static FrozenSet<string> CheapTopLevels { get; } = FactLists.Set("cheap-top-levels.txt");

    /// <summary>Services that send mail for their customers, and the hosts their links and bounces use.</summary>
    public static FrozenSet<string> Senders { get; } = FactLists.Set("sending-services.txt");

    /// <summary>Anybody makes a form at these; where a path follows, only below it.</summary>
    private static readonly FrozenSet<string> Forms = FactLists.Set("form-builders.txt");

    public static bool IsForm(UrlFacts target) =>
        ParentIn(target.Host, Forms) || (target.Uri.Segments is [_, var first, ..] && Forms.Contains($"{target.Host}/{first.TrimEnd('/')}"));

    public static bool IsSharedHosting(string host) => ParentIn(host, Shared);

    public static bool IsShortener(string host) => ParentIn(host, Shorteners);

    public static bool IsFreeMail(string domain) => FreeMail.Contains(domain);

    public static bool IsPictureDrop(string host) => ParentIn(host, PictureDrops);

    public static bool IsSendingService(string host) => ParentIn(host, Senders);

    public static bool IsCheap(string host) => host.LastIndexOf('.') is >= 0 and var dot && CheapTopLevels.Contains(host[(dot + 1)..]);

    /// <summary>The hosting provider below whose name a host stands; empty when there is none.</summary>
    public static string SharedParent(string host) => FirstIn(host, Shared);

    private static bool ParentIn(string host, FrozenSet<string> set) => FirstIn(host, set).Length > 0;

    private static string FirstIn(string host, FrozenSet<string> set)
    {
        while (true)
        {
            if (set.Contains(host))
            {
                return host;
            }

            if (host.IndexOf('.', StringComparison.Ordinal) is not (>= 0 and var dot))
            {
                return "";
            }

            host = host[(dot + 1)..];
        }
    }
}
