namespace Weir.Sample.Contracts;

/// <summary>The invented organisation: a pure function of the settings. Made by <c>SampleOrganisation.Create(settings)</c>.</summary>
public interface ISampleOrganisation
{
    /// <summary>Writes <c>people.csv</c>, <c>lists.csv</c>, <c>domains.csv</c> for the directory import.</summary>
    void WriteDirectory(string folder);

    /// <summary>DNS of everybody in the sample: JSON as <c>dns.zone-file</c> reads it.</summary>
    string DnsZone { get; }

    /// <summary>Signature lines for clamd by file name (<c>weir-sample.ndb</c>, <c>weir-sample.hsb</c>).</summary>
    IReadOnlyDictionary<string, string> ClamSignatures { get; }

    /// <summary>Lines for the allow/block list file: indicators that the demo knows from the start.</summary>
    IReadOnlyList<string> ListEntries { get; }

    /// <summary>Lines that come into that list after the history: the pages of story A turned bad when its mail had been delivered.</summary>
    IReadOnlyList<string> LateListEntries { get; }

    /// <summary>The few addresses of the sample and where they lie: CSV <c>network,country,city,asn,organisation</c>, for TEST-NET and 2001:db8::/32 only.</summary>
    string Networks { get; }

    /// <summary>The history up to Now, streamed, in order of time.</summary>
    IEnumerable<SampleEvent> History();

    /// <summary>What happens between two instants after Now, in order of time: everyday mail by the hour and a small attack every ten minutes. The same instants give the same events however the span is cut.</summary>
    IEnumerable<SampleEvent> Between(DateTimeOffset from, DateTimeOffset to);

    /// <summary>As <see cref="Between"/> at the pace of the history, for the days on which the demo was off: mail of ordinary days and two small attacks a day.</summary>
    IEnumerable<SampleEvent> Gap(DateTimeOffset from, DateTimeOffset to);

    /// <summary>Every story, row, click and count of the history, as JSON.</summary>
    string Truth();
}

/// <summary>How much of it, and when.</summary>
public sealed record SampleSettings
{
    /// <summary>Another seed gives other people, names and numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The end of the history; stories are placed backwards from here.</summary>
    public required DateTimeOffset Now { get; init; }

    public int Days { get; init; } = 30;

    /// <summary>Everyday messages in the history, roughly; stories come on top.</summary>
    public int Messages { get; init; } = 18_000;
}
