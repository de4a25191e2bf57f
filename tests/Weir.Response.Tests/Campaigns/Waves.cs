using System.Globalization;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Campaigns;

namespace Weir.Response.Tests.Campaigns;

/// <summary>Judged mail for the grouping, and what it made of it.</summary>
internal sealed class Waves
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<NetworkMessageId, string?> _of = [];
    private readonly Dictionary<string, CampaignChanged> _changes = new(StringComparer.Ordinal);

    public MailGrouping Grouping { get; init; } = new();

    public List<Fact> Log { get; } = [];

    public List<CampaignJoined> Joined { get; } = [];

    /// <summary>The campaign of a message now; nothing when it has none.</summary>
    public string? Of(MessageJudged mail)
    {
        var id = _of.GetValueOrDefault(mail.Id);
        return id is not null && _changes[id].MergedInto is { } into ? into : id;
    }

    public CampaignChanged Campaign(string id) => _changes[id];

    public static NetworkMessageId Id(int number) => new(Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{0x01900000 + number:x8}-0000-7000-8000-{number:x12}")));

    /// <summary>A message that shares nothing with another number.</summary>
    public static MessageJudged Letter(int number, string verdict = "Phish", int minute = 0) => new()
    {
        At = Noon.AddMinutes(minute),
        Id = Id(number),
        ReceivedAt = Noon.AddMinutes(minute),
        Verdict = verdict,
        EmailDirection = "Inbound",
        EmailClusterId = Body(number),
        Subject = $"{Word(number)} {Word(number + 1_000_000)}",
        SenderFromAddress = $"a@{Word(number)}.example",
        SenderMailFromAddress = $"a@{Word(number)}.example",
        SenderIp = string.Create(CultureInfo.InvariantCulture, $"{11 + (number % 100)}.{number / 100 % 250}.{number / 25_000 % 250}.7"),
        AuthenticationDetails = """{"SPF":"pass","DKIM":"none","DMARC":"pass","CompAuth":"pass"}""",
        Recipients = [new RecordedRecipient { Address = "anna@corp.example", Decision = "Deliver", IsFirstContact = true }],
    };

    /// <summary>A fingerprint far from those of other numbers.</summary>
    public static long Body(int number) => (long)Trait.Of(TraitKind.Body, Word(number)).Key;

    public static RecordedUrl Link(string url) => new() { Url = url, Location = "Body" };

    public static RecordedAttachment File(string name) => new() { FileName = name, ContentType = "application/pdf", Size = 5_000, Sha256 = Trait.Of(TraitKind.File, name).Key.ToString("x64", CultureInfo.InvariantCulture) };

    /// <summary>Letters only, different for each number.</summary>
    public static string Word(int number) =>
        string.Concat(Trait.Of(TraitKind.Host, number.ToString(CultureInfo.InvariantCulture)).Key.ToString("x16", CultureInfo.InvariantCulture).Select(digit => (char)('a' + Convert.ToInt32(digit.ToString(), 16))));

    public IReadOnlyList<Fact> Take(params Fact[] facts) => [.. facts.SelectMany(TakeOne)];

    private IReadOnlyList<Fact> TakeOne(Fact fact)
    {
        Log.Add(fact);
        var led = Grouping.Take(new LoggedFact(Log.Count, fact), Noon);
        Log.AddRange(led);
        foreach (var one in led)
        {
            switch (one)
            {
                case CampaignJoined joined:
                    _of[joined.Id] = joined.CampaignId;
                    Joined.Add(joined);
                    break;
                case CampaignChanged changed:
                    Assert.True(!_changes.TryGetValue(changed.CampaignId, out var known) || known.Revision < changed.Revision);
                    _changes[changed.CampaignId] = changed;
                    break;
                case CampaignLeft left:
                    Assert.Equal(left.CampaignId, _of[left.Id]);
                    _of[left.Id] = null;
                    break;
            }
        }

        return led;
    }
}
