namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>
/// Remembers the hints of the files seen, by the unique part of their names, which stays the same when others change flags or folders.
/// Bounded: the mailboxes used longest ago are forgotten first.
/// </summary>
internal sealed class MaildirIndex(int maxEntries)
{
    private readonly Dictionary<string, Known> _mailboxes = new(StringComparer.Ordinal);
    private long _clock;
    private long _entries;

    public IReadOnlyDictionary<string, IdentityHint> Of(string root)
    {
        lock (_mailboxes)
        {
            if (!_mailboxes.TryGetValue(root, out var known))
            {
                return Nothing;
            }

            known.Used = ++_clock;
            return known.Hints;
        }
    }

    /// <summary>Replaces what is known of a mailbox by what was just seen.</summary>
    public void Keep(string root, IReadOnlyDictionary<string, IdentityHint> hints)
    {
        lock (_mailboxes)
        {
            Forget(root);
            if (hints.Count > maxEntries)
            {
                return;
            }

            _mailboxes.Add(root, new Known(hints) { Used = ++_clock });
            _entries += hints.Count;
            while (_entries > maxEntries)
            {
                Forget(_mailboxes.MinBy(known => known.Value.Used).Key);
            }
        }
    }

    private static Dictionary<string, IdentityHint> Nothing { get; } = [];

    private void Forget(string root)
    {
        if (_mailboxes.Remove(root, out var known))
        {
            _entries -= known.Hints.Count;
        }
    }

    private sealed class Known(IReadOnlyDictionary<string, IdentityHint> hints)
    {
        public IReadOnlyDictionary<string, IdentityHint> Hints { get; } = hints;

        public long Used { get; set; }
    }
}

/// <summary>What the header of one file says about who it is. A hint only: the file is read again before anything is done to it.</summary>
/// <param name="Id">X-Weir-Id; empty when the message has none.</param>
/// <param name="MessageIdHash">Hash of the Message-ID, 0 when there is none.</param>
internal readonly record struct IdentityHint(Guid Id, int MessageIdHash);
