using System.Globalization;

namespace Weir.Response.Campaigns;

/// <summary>Finds what a message shares with the messages of a shelf, campaign by campaign.</summary>
internal sealed class TieSearch(EverydayTraits everyday)
{
    /// <summary>Strong ties reach as far as a campaign may pause.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromDays(14);

    /// <summary>Supporting ties count while a wave lasts: networks and names change hands.</summary>
    public static readonly TimeSpan Wave = TimeSpan.FromDays(3);

    /// <summary>What is found with more senders of bad mail than this says nothing of one of them.</summary>
    private const int MostOwners = 8;

    private const int MostLooked = 64;
    private const int MostBodies = 16;

    /// <summary>By campaign (<see cref="CampaignState"/>) or lone message (<see cref="GroupedMail"/>).</summary>
    public Dictionary<object, Ties> Of(GroupedMail mail, IReadOnlyList<SpokenTrait> traits, Shelf shelf)
    {
        var found = new Dictionary<object, Ties>(ReferenceEqualityComparer.Instance);
        foreach (var (trait, value) in traits.Where(one => !everyday.Contains(one.Trait)))
        {
            if (trait.Kind == TraitKind.Body)
            {
                foreach (var (body, distance) in shelf.Near(trait.Key, MostBodies))
                {
                    var near = new Trait(body, TraitKind.Body);
                    if (!everyday.Contains(near))
                    {
                        Add(found, mail, near, shelf, distance <= BodyIndex.Same, distance.ToString(CultureInfo.InvariantCulture));
                    }
                }
            }
            else
            {
                Add(found, mail, trait, shelf, isNear: true, value);
            }
        }

        return found;
    }

    /// <summary>What two messages share, whatever shelf they are on.</summary>
    public Ties Between(GroupedMail mail, IReadOnlyList<SpokenTrait> traits, GroupedMail other)
    {
        var ties = new Ties();
        foreach (var (trait, value) in traits.Where(one => !everyday.Contains(one.Trait)))
        {
            foreach (var same in other.Traits.Where(same => same.Kind == trait.Kind && !everyday.Contains(same)))
            {
                var distance = trait.Kind == TraitKind.Body ? System.Numerics.BitOperations.PopCount(trait.Key ^ same.Key) : trait.Key == same.Key ? 0 : int.MaxValue;
                if (distance <= BodyIndex.Alike && StrengthOf(trait.Kind, distance <= BodyIndex.Same, mail, other) is { } isStrong)
                {
                    ties.Add(new Tie(trait.Kind, isStrong, trait.Kind == TraitKind.Body ? distance.ToString(CultureInfo.InvariantCulture) : value, other));
                }
            }
        }

        return ties;
    }

    /// <param name="isNear">Of bodies: copies of one text, not only alike.</param>
    private static void Add(Dictionary<object, Ties> found, GroupedMail mail, Trait trait, Shelf shelf, bool isNear, string value)
    {
        var owners = new Dictionary<object, (GroupedMail Other, bool IsStrong)>(ReferenceEqualityComparer.Instance);
        foreach (var other in shelf.With(trait).Take(MostLooked))
        {
            if (!ReferenceEquals(other, mail) && StrengthOf(trait.Kind, isNear, mail, other) is { } strength
                && (!owners.TryGetValue((object?)other.Campaign ?? other, out var known) || (strength && !known.IsStrong)))
            {
                owners[(object?)other.Campaign ?? other] = (other, strength);
            }
        }

        if (!trait.Kind.IsStrong() && owners.Count > MostOwners)
        {
            return;
        }

        foreach (var (owner, (other, isStrong)) in owners)
        {
            if (!found.TryGetValue(owner, out var ties))
            {
                found[owner] = ties = new Ties();
            }

            ties.Add(new Tie(trait.Kind, isStrong, value, other));
        }
    }

    /// <summary>Whether the tie is strong; nothing when it lies too far back. A text is strong while a wave lasts: later others may have copied it.</summary>
    private static bool? StrengthOf(TraitKind kind, bool isNear, GroupedMail one, GroupedMail other)
    {
        var apart = Math.Abs(one.Minute - other.Minute);
        var isInWave = apart <= Wave.TotalMinutes;
        return kind.IsStrong() switch
        {
            _ when apart > Pause.TotalMinutes => null,
            true => kind != TraitKind.Body || (isNear && isInWave),
            false => isInWave ? false : null,
        };
    }
}
