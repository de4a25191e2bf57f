using Weir.Sample.Contracts;
using Weir.Sample.Files;
using Weir.Sample.Flow;
using Weir.Sample.Outside;
using Weir.Sample.People;
using Weir.Sample.Stories;

namespace Weir.Sample;

/// <summary>Nordhaven Marine and everything that happens to it: a pure function of the settings.</summary>
public sealed class SampleOrganisation : ISampleOrganisation
{
    private static readonly IStory[] Stories = [new ParcelFee(), new InvoiceFraud(), new MalwareFamilies(), new CompromisedAccount(), new FalseAlarms(), new OddMail()];

    private readonly SampleSettings _settings;
    private readonly Staff _staff;
    private readonly Everyday _everyday;
    private readonly Cast _cast;
    private readonly List<string> _protected;
    private List<Planned>? _storyPlans;

    private SampleOrganisation(SampleSettings settings)
    {
        _settings = settings;
        _staff = new Staff(settings.Seed);
        var outsiders = new Outsiders(settings.Seed);
        var strangers = new Strangers(settings.Seed);
        var post = new Post(_staff);
        var conversations = new Conversations(settings.Seed, post, outsiders);
        _everyday = new Everyday(settings, conversations, new Unwanted(settings.Seed, post, outsiders, strangers, conversations), outsiders);
        _cast = new Cast(settings, _staff, post, outsiders, strangers, conversations);
        _protected = [.. outsiders.Suppliers.Select(supplier => supplier.Domain)];
        var zone = new ZoneWriter(outsiders);
        strangers.AddTo(zone);
        DnsZone = zone.Write();
    }

    public string DnsZone { get; }

    public string Networks => AddressPlan.Networks;

    public IReadOnlyDictionary<string, string> ClamSignatures => DemoMalware.ClamSignatures();

    public IReadOnlyList<string> ListEntries =>
    [
        $"block domain {_cast.Strangers.Spammers[0].Domain} # known for weeks",
        $"block domain {_cast.Strangers.Spammers[1].Domain} # known for weeks",
        $"allow domain {_cast.Outsiders.Suppliers[0].Domain} # long-standing supplier",
    ];

    public IReadOnlyList<string> LateListEntries =>
        [.. _cast.Strangers.Parcel.Select(company => $"block url-domain {company.Domain} # the page asks for cards since this morning")];

    public static ISampleOrganisation Create(SampleSettings settings) => new SampleOrganisation(settings);

    public void WriteDirectory(string folder) => DirectoryFiles.Write(_staff, _protected, folder);

    public IEnumerable<SampleEvent> History() => Merge.Made(PlannedHistory());

    public IEnumerable<SampleEvent> Between(DateTimeOffset from, DateTimeOffset to) => Merge.Made(_everyday.Between(from, to, _settings.Now, Pace.Live));

    public IEnumerable<SampleEvent> Gap(DateTimeOffset from, DateTimeOffset to) => Merge.Made(_everyday.Between(from, to, _settings.Now, Pace.History));

    public string Truth() => Sample.Truth.Write(_settings, PlannedHistory(), Stories);

    /// <summary>Stories lie in the history like everything else: two streams in order of time, taken together.</summary>
    internal IEnumerable<Planned> PlannedHistory()
    {
        var from = _settings.Now.AddDays(-_settings.Days);
        _storyPlans ??= [.. Stories.SelectMany(story => story.Plan(_cast)).Where(plan => plan.At >= from && plan.At < _settings.Now).OrderBy(plan => plan.At).ThenBy(plan => plan.Key, StringComparer.Ordinal)];
        var next = 0;
        foreach (var plan in _everyday.Between(from, _settings.Now, from, Pace.History))
        {
            while (next < _storyPlans.Count && _storyPlans[next].At <= plan.At)
            {
                yield return _storyPlans[next++];
            }

            yield return plan;
        }

        while (next < _storyPlans.Count)
        {
            yield return _storyPlans[next++];
        }
    }
}
