using Weir.Access.Contracts;

namespace Weir.Intelligence.Contracts;

/// <summary>What entries of the list do to mail, asked in KQL. Requires <see cref="Permission.EmailMetadataRead"/>.</summary>
public interface IEntryEffects
{
    /// <summary>The stored mail of the last thirty days that an entry would have spoken of.</summary>
    /// <param name="draft">With its value as it is kept.</param>
    ValueTask<EntryEffect> EffectAsync(Caller caller, EntryDraft draft, CancellationToken cancellationToken);

    /// <summary>Allows that let mail in which is malware or phish without them, in the last thirty days, by number of the entry.</summary>
    ValueTask<IReadOnlyDictionary<long, LetIn>> LetInAsync(Caller caller, CancellationToken cancellationToken);
}

/// <summary>What an entry would have spoken of.</summary>
/// <param name="Kql">Gives exactly these rows, one for each recipient.</param>
/// <param name="Examples">The newest.</param>
/// <param name="At">When it was counted.</param>
public sealed record EntryEffect(string Kql, IReadOnlyList<VerdictCount> ByVerdict, IReadOnlyList<EffectExample> Examples, DateTimeOffset At)
{
    public long Messages => ByVerdict.Sum(count => count.Messages);

    public long Recipients => ByVerdict.Sum(count => count.Recipients);

    /// <summary>Messages that would be called something else.</summary>
    public long Changed => ByVerdict.Where(count => count.WouldChange).Sum(count => count.Messages);
}

/// <summary>Of one verdict.</summary>
/// <param name="WouldChange">The entry would have given another verdict; for an allow: could have.</param>
public sealed record VerdictCount(string Verdict, long Messages, long Recipients, bool WouldChange);

/// <summary>A message in one mailbox.</summary>
public sealed record EffectExample(string MessageId, string Recipient, DateTimeOffset ReceivedAt, string Sender, string Subject, string Verdict);

/// <summary>Bad mail that an allow let in.</summary>
/// <param name="Kql">Gives its rows.</param>
public sealed record LetIn(long Messages, DateTimeOffset Last, string Kql);
