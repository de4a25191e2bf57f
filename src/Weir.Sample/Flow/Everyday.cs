using System.Collections.Concurrent;
using Weir.Sample.Contracts;
using Weir.Sample.Outside;

namespace Weir.Sample.Flow;

/// <summary>Ordinary days: what begins in each hour depends on the seed and that hour alone.</summary>
internal sealed class Everyday(SampleSettings settings, Conversations conversations, Unwanted unwanted, Outsiders outsiders)
{
    // Shares of all mail. Conversations count by their mean length, so that mails and not beginnings have these shares.
    private const double InternalShare = 0.27;
    private const double InternalLength = 1.55;
    private const double MachineShare = 0.03;
    private const double ExternalShare = 0.44;
    private const double ExternalLength = 1.6;
    private const double AdvertisementShare = 0.03;
    private const double SpamShare = 0.09;
    private const double PhishShare = 0.022;
    private const double MalwareShare = 0.0036;
    private const int NewsletterHour = 9;

    /// <summary>Clicks and moves come at most this long after their mail.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromHours(9);

    // Asked for again every few seconds while somebody watches.
    private readonly ConcurrentDictionary<DateTimeOffset, IReadOnlyList<Planned>> _liveHours = new();

    private double PerWeek => settings.Messages * 7.0 / Math.Max(1, settings.Days);

    /// <summary>Everything between two instants, in order of time.</summary>
    /// <param name="notBefore">No conversation begins before.</param>
    public IEnumerable<Planned> Between(DateTimeOffset from, DateTimeOffset to, DateTimeOffset notBefore, Pace pace)
    {
        var first = Clock.HourOf(Max(from - Longest(pace) - Afterwards, notBefore));
        return Merge.InOrder(Hours(), from, to);

        IEnumerable<(DateTimeOffset Hour, IEnumerable<Planned> Plans)> Hours()
        {
            for (var hour = first; hour < to; hour += TimeSpan.FromHours(1))
            {
                yield return (hour, Plans(hour, pace).Where(plan => plan.At >= notBefore));
            }
        }
    }

    /// <summary>No conversation goes on longer after its first mail.</summary>
    private static TimeSpan Longest(Pace pace) => pace == Pace.Live ? TimeSpan.FromHours(6) : TimeSpan.FromHours(96);

    private IEnumerable<Planned> Plans(DateTimeOffset hour, Pace pace)
    {
        if (pace == Pace.History)
        {
            return BeginningIn(hour, pace);
        }

        foreach (var old in _liveHours.Keys.Where(key => key < hour - TimeSpan.FromHours(24)))
        {
            _liveHours.TryRemove(old, out _);
        }

        return _liveHours.GetOrAdd(hour, key => [.. BeginningIn(key, Pace.Live)]);
    }

    private IEnumerable<Planned> BeginningIn(DateTimeOffset hour, Pace pace)
    {
        var letter = pace == Pace.Live ? "l" : "h";
        var name = $"{letter}{hour.ToUnixTimeSeconds() / 3600}";
        var factor = pace == Pace.Live ? LiveFactor(hour) : 1;
        var people = PerWeek * Clock.PeopleShare(hour) * factor;
        var machines = PerWeek * Clock.MachineShare(hour) * factor;
        IEnumerable<Planned> plans =
        [
            .. Times("i", people * InternalShare / InternalLength).SelectMany(start => conversations.Internal(start.Key, start.At, Longest(pace))),
            .. Times("m", machines * MachineShare).Select(start => conversations.Machine(start.Key, start.At)),
            .. Times("x", people * ExternalShare / ExternalLength).SelectMany(start => conversations.External(start.Key, start.At, Longest(pace))),
            .. Times("a", people * AdvertisementShare).Select(start => unwanted.Advertisement(start.Key, start.At)),
            .. Times("s", machines * SpamShare).SelectMany(start => unwanted.Spam(start.Key, start.At)),
        ];
        foreach (var plan in plans)
        {
            yield return plan;
        }

        foreach (var plan in Issues(hour).Concat(pace == Pace.Live ? LiveAttacks(hour) : Attacks(hour)))
        {
            yield return plan;
        }

        IEnumerable<(string Key, DateTimeOffset At)> Times(string stream, double expected)
        {
            var dice = Dice.For(settings.Seed, "count", name, stream);
            var count = (int)expected + (dice.Chance(expected - (int)expected) ? 1 : 0);
            return Enumerable.Range(0, count).Select(number => ($"{name}{stream}{number}", hour.AddMilliseconds(Dice.For(settings.Seed, "time", name, stream, number).Below(3_600_000)))).ToList();
        }
    }

    // A watcher sees a mail every 20 s at night and every 5 s in the busiest hour.
    private double LiveFactor(DateTimeOffset hour)
    {
        var wanted = 3600 / (20 - (15 * Clock.Busyness(hour)));
        var ordinary = PerWeek * ((Clock.PeopleShare(hour) * (InternalShare + ExternalShare + AdvertisementShare)) + (Clock.MachineShare(hour) * (MachineShare + SpamShare)));
        return wanted / Math.Max(1, ordinary);
    }

    // Tuesday and Thursday at nine.
    private IEnumerable<Planned> Issues(DateTimeOffset hour)
    {
        var local = Clock.Local(hour);
        return local.DayOfWeek is DayOfWeek.Tuesday or DayOfWeek.Thursday && local.Hour == NewsletterHour
            ? outsiders.Newsletters.SelectMany(paper => unwanted.Issue(paper, hour, PerWeek / 4200))
            : [];
    }

    // Some days bring a wave or two; which hours, is decided for the whole day.
    private IEnumerable<Planned> Attacks(DateTimeOffset hour)
    {
        var day = Clock.Local(hour).Date;
        var perDay = PerWeek / 7;
        for (var wave = 0; wave < 2; wave++)
        {
            var dice = Dice.For(settings.Seed, "attacks", day.Ticks, wave);
            var at = dice.Between(7, 17);
            var isPhish = dice.Chance(0.6);
            var size = Math.Clamp((int)Math.Round(perDay * PhishShare / 1.0 * (0.6 + (0.8 * dice.Unit()))), 1, 50);
            if (isPhish && at == Clock.Local(hour).Hour)
            {
                foreach (var plan in unwanted.PhishWave($"p{hour.ToUnixTimeSeconds() / 3600}-{wave}", hour.AddSeconds(dice.Below(1800)), size))
                {
                    yield return plan;
                }
            }
        }

        var files = Dice.For(settings.Seed, "files", day.Ticks);
        if (files.Chance(0.3) && files.Between(7, 17) == Clock.Local(hour).Hour)
        {
            foreach (var plan in unwanted.MalwareWave($"w{hour.ToUnixTimeSeconds() / 3600}", hour.AddSeconds(files.Below(1800)), Math.Clamp((int)Math.Round(perDay * MalwareShare / 0.3), 1, 20)))
            {
                yield return plan;
            }
        }
    }

    private IEnumerable<Planned> LiveAttacks(DateTimeOffset hour)
    {
        for (var slot = 0; slot < 6; slot++)
        {
            var key = $"q{hour.ToUnixTimeSeconds() / 3600}-{slot}";
            var dice = Dice.For(settings.Seed, "live-attack", key);
            var start = hour.AddMinutes((10 * slot) + 4).AddSeconds(dice.Below(60));
            foreach (var plan in slot % 3 == 2 ? unwanted.MalwareWave(key, start, dice.Between(1, 2)) : unwanted.PhishWave(key, start, dice.Between(2, 5)))
            {
                yield return plan;
            }
        }
    }

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}

/// <summary>How fast everyday mail comes.</summary>
internal enum Pace
{
    /// <summary>As in the history: hundreds of mails a day.</summary>
    History,

    /// <summary>For somebody who watches: a mail every 5 to 20 seconds by the hour, and a small attack every ten minutes.</summary>
    Live,
}
