using System.Web;
using Microsoft.AspNetCore.Components;

namespace Weir.Portal.Shell;

/// <summary>Where an entity page was opened from, kept in its address as <c>back</c>.</summary>
internal static class BackAddress
{
    /// <summary>A longer address would not fit into another one.</summary>
    private const int Longest = 2_000;

    private static readonly (string Path, string Name)[] Pages =
        [("/explorer", "Back to results"), ("/hunting", "Back to hunting"), ("/action-center/history", "Back to the Action center"), ("/quarantine", "Back to quarantine")];

    /// <summary>This page when one can go back to it; from an entity page on, where that one was opened from.</summary>
    public static string? Here(NavigationManager navigation)
    {
        var here = new Uri(navigation.Uri);
        var back = here.AbsolutePath.StartsWith("/email/", StringComparison.Ordinal) ? HttpUtility.ParseQueryString(here.Query)["back"] : here.PathAndQuery;
        return Read(back) is null ? null : back;
    }

    /// <summary>Where to go and what to call it; nothing unless it is a page of results of ours.</summary>
    public static (string Address, string Name)? Read(string? back)
    {
        foreach (var (path, name) in Pages)
        {
            if (back is { Length: <= Longest } && (back == path || back.StartsWith($"{path}?", StringComparison.Ordinal)))
            {
                return (back, name);
            }
        }

        return null;
    }
}
