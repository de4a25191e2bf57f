using Weir.Access.Contracts;
using Weir.Intelligence.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>An allow/block list that a test fills.</summary>
internal sealed class FakeList : IAllowBlockEntries, IEntryEffects
{
    public List<ListedEntry> Entries { get; } = [];

    public Dictionary<long, LetIn> Let { get; } = [];

    public ValueTask<EntryPage> ListAsync(Caller caller, EntryQuery query, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        var fit = Entries.Where(entry => query.State is null || entry.State == query.State).ToList();
        return new(new EntryPage(fit, fit.Count, new Dictionary<EntryKind, int>()));
    }

    public ValueTask<ListedEntry?> FindAsync(Caller caller, long id, CancellationToken cancellationToken) => new(Entries.Find(entry => entry.Entry.Id == id));

    public ValueTask<IReadOnlyDictionary<long, LetIn>> LetInAsync(Caller caller, CancellationToken cancellationToken) => new(Let);

    public ValueTask<EntryEffect> EffectAsync(Caller caller, EntryDraft draft, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<EntryCheck> CheckAsync(Caller caller, long? id, EntryDraft draft, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<EntryCheck> SaveAsync(Caller caller, long? id, EntryDraft draft, bool isConfirmed, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<int> RemoveAsync(Caller caller, IReadOnlyList<long> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<int> RestoreAsync(Caller caller, IReadOnlyList<long> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ReadLines> ReadAsync(Caller caller, string text, EntryDefaults defaults, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<AddedLines> AddAsync(Caller caller, IReadOnlyList<EntryDraft> drafts, bool isConfirmed, CancellationToken cancellationToken) => throw new NotSupportedException();
}
