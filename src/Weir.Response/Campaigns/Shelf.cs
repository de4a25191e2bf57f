using System.Runtime.InteropServices;

namespace Weir.Response.Campaigns;

/// <summary>The last messages of one class, found by their traits. Bounded: the oldest goes when a new one has no room.</summary>
/// <param name="most">Messages.</param>
/// <param name="mostAlike">Messages remembered under one trait, the newest.</param>
/// <param name="strongOnly">Found by strong traits alone.</param>
internal sealed class Shelf(int most, int mostAlike, bool strongOnly)
{
    private readonly LinkedList<GroupedMail> _order = [];
    private readonly Dictionary<GroupedMail, LinkedListNode<GroupedMail>> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Trait, Holders> _holders = [];
    private readonly BodyIndex _bodies = new();

    public int Count => _places.Count;

    /// <returns>The message that had to go.</returns>
    public GroupedMail? Add(GroupedMail mail)
    {
        _places[mail] = _order.AddLast(mail);
        foreach (var trait in mail.Traits.Where(IsFound))
        {
            ref var holders = ref CollectionsMarshal.GetValueRefOrAddDefault(_holders, trait, out _);
            holders.Add(mail, mostAlike);
            if (trait.Kind == TraitKind.Body)
            {
                _bodies.Add(trait.Key);
            }
        }

        if (_places.Count <= most || _order.First is not { } oldest)
        {
            return null;
        }

        Remove(oldest.Value);
        return oldest.Value;
    }

    public void Remove(GroupedMail mail)
    {
        if (!_places.Remove(mail, out var place))
        {
            return;
        }

        _order.Remove(place);
        foreach (var trait in mail.Traits.Where(IsFound))
        {
            ref var holders = ref CollectionsMarshal.GetValueRefOrNullRef(_holders, trait);
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref holders) && holders.Remove(mail))
            {
                _holders.Remove(trait);
            }

            if (trait.Kind == TraitKind.Body)
            {
                _bodies.Remove(trait.Key);
            }
        }
    }

    /// <summary>Messages with the trait, the newest first.</summary>
    public IEnumerable<GroupedMail> With(Trait trait) => _holders.TryGetValue(trait, out var holders) ? holders.NewestFirst() : [];

    /// <summary>Bodies alike, the nearest first.</summary>
    public List<(ulong Body, int Distance)> Near(ulong body, int atMost) => _bodies.Near(body, atMost);

    private bool IsFound(Trait trait) => !strongOnly || trait.Kind.IsStrong();

    /// <summary>Most traits have one holder: a list only from the second on.</summary>
    private struct Holders
    {
        private GroupedMail? _one;
        private List<GroupedMail>? _more;

        public void Add(GroupedMail mail, int most)
        {
            if (_more is null && _one is null)
            {
                _one = mail;
                return;
            }

            _more ??= [_one!];
            _one = null;
            _more.Add(mail);
            if (_more.Count > most)
            {
                _more.RemoveAt(0);
            }
        }

        /// <returns>Whether nobody is left.</returns>
        public bool Remove(GroupedMail mail)
        {
            if (_more is null)
            {
                _one = ReferenceEquals(_one, mail) ? null : _one;
                return _one is null;
            }

            _more.Remove(mail);
            return _more.Count == 0;
        }

        public readonly IEnumerable<GroupedMail> NewestFirst()
        {
            if (_more is null)
            {
                return _one is null ? [] : [_one];
            }

            return Backwards(_more);
        }

        private static IEnumerable<GroupedMail> Backwards(List<GroupedMail> mails)
        {
            for (var i = mails.Count - 1; i >= 0; i--)
            {
                yield return mails[i];
            }
        }
    }
}
