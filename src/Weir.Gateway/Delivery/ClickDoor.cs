using Weir.Events.Contracts;
using Weir.Gateway.Contracts;

namespace Weir.Gateway.Delivery;

/// <summary>Takes clicks in after a look at their words.</summary>
internal sealed class ClickDoor(IEventLog log) : IClickDoor
{
    private static readonly HashSet<string> Actions = new(["ClickAllowed", "ClickBlocked", "ClickBlockedByTenantPolicy", "UrlScanInProgress", "UrlErrorPage"], StringComparer.Ordinal);

    public async ValueTask RecordAsync(IReadOnlyList<ClickRecorded> clicks, CancellationToken cancellationToken)
    {
        foreach (var click in clicks)
        {
            if (!Actions.Contains(click.ActionType))
            {
                throw new ArgumentException($"'{click.ActionType}' is not a click action.", nameof(clicks));
            }

            if (!Guid.TryParseExact(click.ClickId, "D", out _) || click.Url.Length == 0)
            {
                throw new ArgumentException("A click needs a click id (GUID) and its URL.", nameof(clicks));
            }
        }

        if (clicks.Count > 0)
        {
            await log.AppendAsync(clicks, cancellationToken);
        }
    }
}
