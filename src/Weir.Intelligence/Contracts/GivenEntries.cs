using System.Security.Cryptography;
using System.Text;
using Weir.Intelligence.Lists;

namespace Weir.Intelligence.Contracts;

/// <summary>A list of entries that do not change, for work without a data directory.</summary>
public sealed class GivenEntries(IReadOnlyList<AllowBlockEntry> entries) : IAllowBlockList
{
    private readonly EntryIndex _index = new(entries);
    private readonly string _content = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', entries.Select(entry => $"{entry.IsAllow} {entry.Kind} {entry.Value} {entry.Expires?.UtcTicks}").Order(StringComparer.Ordinal)))))[..12];

    public long Version => 0;

    public IReadOnlyList<AllowBlockEntry> Current(DateTimeOffset at) => [.. entries.Where(entry => !(entry.Expires <= at))];

    public IReadOnlyList<AllowBlockEntry> Find(MailTraits message, DateTimeOffset at) => [.. _index.Find(message).Where(entry => !(entry.Expires <= at))];

    public string ContentAt(DateTimeOffset at) => _content;

    public ListChanges ChangesSince(long version) => new(0, [], []);
}
