using Weir.Detection.Facts.History;

namespace Weir.Detection.Alone;

/// <summary>Without a data directory nothing was before.</summary>
internal sealed class NoHistory : ISendingHistory
{
    public SenderHistory Before(SendingQuestion question) => SenderHistory.Unknown;
}
