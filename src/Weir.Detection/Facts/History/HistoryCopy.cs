using Weir.Detection.Facts.Knowledge.Reputation;

namespace Weir.Detection.Facts.History;

/// <summary>The history as it is kept.</summary>
/// <param name="Cursor">The last sequence number of the log that is in it.</param>
/// <param name="Entries">Who wrote to whom.</param>
/// <param name="Standings">Counts of addresses, domains, links and files.</param>
/// <param name="Recent">The last messages.</param>
/// <param name="Bad">The last bad ones.</param>
internal sealed record HistoryCopy(
    long Cursor,
    IReadOnlyList<KeyValuePair<ulong, HistoryEntry>> Entries,
    IReadOnlyList<KeyValuePair<ulong, HistoryEntry>> Standings,
    IReadOnlyList<RecentEntry> Recent,
    IReadOnlyList<RecentEntry> Bad);
