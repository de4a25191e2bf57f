using System.Collections.Concurrent;
using System.Globalization;
using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Kept queries that last as long as the host, with the rules of the real door about rights.</summary>
internal sealed class FakeSavedQueries : ISavedQueries
{
    private readonly ConcurrentDictionary<string, (Caller Owner, SavedQueryText Text)> _all = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<SavedQuery>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        return ValueTask.FromResult<IReadOnlyList<SavedQuery>>(
        [
            .. _all.Where(pair => pair.Value.Text.IsShared || pair.Value.Owner.Id == caller.Id).OrderBy(pair => pair.Value.Text.Name, StringComparer.OrdinalIgnoreCase)
                .Select(pair => new SavedQuery(pair.Key, pair.Value.Text, pair.Value.Owner.Name, pair.Value.Owner.Id == caller.Id,
                    pair.Value.Text.IsShared ? caller.Has(Permission.SecuritySettingsManage) : pair.Value.Owner.Id == caller.Id, new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero))),
        ]);
    }

    public ValueTask<IReadOnlyList<string>> SaveAsync(Caller caller, string? id, SavedQueryText query, CancellationToken cancellationToken)
    {
        if (query.IsShared)
        {
            caller.Require(Permission.SecuritySettingsManage);
        }

        if (query.Name.Length == 0 || _all.Any(pair => pair.Key != id && pair.Value.Owner.Id == caller.Id && pair.Value.Text.Name == query.Name))
        {
            return ValueTask.FromResult<IReadOnlyList<string>>([query.Name.Length == 0 ? "Give the query a name." : "There is a query of that name already."]);
        }

        var key = id ?? _all.Count.ToString(CultureInfo.InvariantCulture);
        _all[key] = (_all.TryGetValue(key, out var known) ? known.Owner : caller, query);
        return ValueTask.FromResult<IReadOnlyList<string>>([]);
    }

    public ValueTask DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        _all.TryRemove(id, out _);
        return ValueTask.CompletedTask;
    }
}
