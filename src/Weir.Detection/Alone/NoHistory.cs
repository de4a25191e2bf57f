using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Knowledge.Reputation;

namespace Weir.Detection.Alone;

/// <summary>Without a data directory nothing was before.</summary>
internal sealed class NoHistory : ISendingHistory, IReputations
{
    public SenderHistory Before(SendingQuestion question) => SenderHistory.Unknown;

    public Standings Of(ReputationQuestion question) => Standings.Unknown;
}
