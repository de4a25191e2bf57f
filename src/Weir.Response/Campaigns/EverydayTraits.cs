namespace Weir.Response.Campaigns;

/// <summary>
/// Traits of mail between people who know each other: a link to a railway, a colleague's signature file, the network of a large provider. A trait is
/// everyday when such mail had it a day before bad mail did, or from three senders' domains at any time. Then sharing it says nothing.
/// Bounded: beyond the limit the tenth that was seen longest ago is forgotten.
/// </summary>
internal sealed class EverydayTraits(int most)
{
    private const int Day = 24 * 60;
    private const byte ManyDomains = 3;

    private readonly Dictionary<Trait, Sighting> _sightings = [];

    public int Count => _sightings.Count;

    public bool Contains(Trait trait) =>
        _sightings.TryGetValue(trait, out var seen) && seen.Good > 0 && (seen.Domains >= ManyDomains || seen.Bad == 0 || seen.Good + Day <= seen.Bad);

    /// <param name="domain">A hash of the sender's domain.</param>
    public void SawGood(Trait trait, int minute, int domain)
    {
        var seen = _sightings.GetValueOrDefault(trait);
        seen.Good = seen.Good == 0 ? minute : Math.Min(seen.Good, minute);
        if (seen.Domains < ManyDomains && (seen.Domains < 1 || seen.One != domain) && (seen.Domains < 2 || seen.Other != domain))
        {
            (seen.One, seen.Other) = (seen.Domains == 0 ? domain : seen.One, seen.Domains == 1 ? domain : seen.Other);
            seen.Domains++;
        }

        Put(trait, seen, minute);
    }

    public void SawBad(Trait trait, int minute)
    {
        var seen = _sightings.GetValueOrDefault(trait);
        seen.Bad = seen.Bad == 0 ? minute : Math.Min(seen.Bad, minute);
        Put(trait, seen, minute);
    }

    private void Put(Trait trait, Sighting seen, int minute)
    {
        seen.Last = Math.Max(seen.Last, minute);
        _sightings[trait] = seen;
        if (_sightings.Count <= most)
        {
            return;
        }

        foreach (var old in _sightings.OrderBy(pair => pair.Value.Last).Take((most / 10) + 1).Select(pair => pair.Key).ToList())
        {
            _sightings.Remove(old);
        }
    }

    /// <summary>Minutes of the first sightings in good and bad mail and of the last one; 0 for never.</summary>
    private struct Sighting
    {
        public int Good;
        public int Bad;
        public int Last;
        public int One;
        public int Other;
        public byte Domains;
    }
}
