using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Detection.Detectors;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Antimalware;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Knowledge;
using Weir.Detection.Facts.Places;
using Weir.Detection.Learning;
using Weir.Detection.Policies;
using Weir.Detection.Verdicts;
using Weir.Directory.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Support;

/// <summary>Valid values; a test names only what it is about.</summary>
internal static class Some
{
    public static DateTimeOffset Time { get; } = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<IDetector> Detectors { get; } =
        [.. PartsRegistration.EveryImplementation<IDetector>(typeof(IDetector).Assembly).Select(type => (IDetector)Activator.CreateInstance(type)!)];

    public static FeatureReader Features { get; } =
        new([.. PartsRegistration.EveryImplementation<IFeatures>(typeof(IFeatures).Assembly).Select(type => (IFeatures)Activator.CreateInstance(type)!)]);

    public static MessageJudge Judge(
        AuthenticationResults? authentication = null,
        AntimalwareResult? scan = null,
        IReadOnlyList<AllowBlockEntry>? entries = null,
        IEnumerable<IDetector>? detectors = null,
        DetectionOptions? options = null,
        SenderHistory? history = null,
        KnownFacts? known = null,
        PolicySet? policies = null) =>
        JudgeAt(TimeProvider.System, authentication, scan, entries, detectors, options, history, known, policies);

    public static MessageJudge JudgeAt(
        TimeProvider time,
        AuthenticationResults? authentication = null,
        AntimalwareResult? scan = null,
        IReadOnlyList<AllowBlockEntry>? entries = null,
        IEnumerable<IDetector>? detectors = null,
        DetectionOptions? options = null,
        SenderHistory? history = null,
        KnownFacts? known = null,
        PolicySet? policies = null)
    {
        var inForce = new PoliciesInForce(new FixedDirectory());
        inForce.Use(policies ?? BuiltInPolicies.Of(PolicyMode.On));
        var configured = Options.Create(options ?? new DetectionOptions());
        var gatherer = new FactsGatherer(
            new FixedAuthenticator(authentication ?? new AuthenticationResults()),
            new FixedAntimalware(scan ?? new AntimalwareResult(AntimalwareStatus.Clean)),
            FileInspection.Here,
            new FixedDirectory(),
            inForce,
            new FixedList(entries ?? []),
            new FixedHistory(history ?? SenderHistory.Unknown),
            new FixedKnowledge(known ?? KnownFacts.Nothing),
            configured);
        var weights = new Weights(configured);
        var examiner = new MessageExaminer(detectors ?? Detectors, weights, configured, time, NullLogger<MessageExaminer>.Instance);
        // Tests of detectors and of the rule are not about what a model adds; tests of the model say which.
        var models = new LearntModels(Options.Create(configured.Value with { Model = configured.Value.Model.Length > 0 ? configured.Value.Model : "none" }));
        var learnt = new LearntJudge(models, weights, Features);
        return new MessageJudge(gatherer, examiner, learnt, new SignalLocator(NullLogger<SignalLocator>.Instance), new JudgingVersions(weights, configured, [models]), inForce, TrustedRelays.None, configured);
    }

    public static Policy Custom(PolicyType type, string name, PolicyScope scope, int priority = 0, params (PolicyCause Cause, PolicyAction Action)[] actions) => new()
    {
        Id = Guid.CreateVersion7(Time.AddSeconds(priority)),
        Type = type,
        Name = name,
        Scope = scope,
        Priority = priority,
        Actions = BuiltInPolicies.Default(type).Actions.Where(pair => actions.All(action => action.Cause != pair.Key)).Select(pair => (pair.Key, pair.Value)).Concat(actions).ToDictionary(pair => pair.Item1, pair => pair.Item2),
    };

    public static MessageToJudge Message(string raw, Envelope? envelope = null) => new()
    {
        Id = NetworkMessageId.New(Time),
        Raw = Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n")),
        Envelope = envelope ?? new Envelope { MailFrom = "someone@elsewhere.example", Recipients = ["tom.weber@harbour.example"], ClientIp = "203.0.113.7" },
        ReceivedAt = Time,
    };

    public static Signal Signal(string name, double weight = 1, ThreatType? threat = ThreatType.Phish) =>
        new() { Name = name, Technology = DetectionTechnology.AdvancedFilter, Threat = threat, Weight = weight, Evidence = "seen" };
}

internal sealed class FixedAuthenticator(AuthenticationResults results) : IMailAuthenticator
{
    public ValueTask<AuthenticationResults> AuthenticateAsync(ReadOnlyMemory<byte> raw, ParsedMessage message, Envelope envelope, CancellationToken cancellationToken) => new(results);
}

internal sealed class FixedAntimalware(AntimalwareResult result) : IAntimalware
{
    public ValueTask<AntimalwareResult> ScanAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => new(result);
}

internal sealed class FixedHistory(SenderHistory history) : ISendingHistory
{
    public SenderHistory Before(SendingQuestion question) => history;
}

internal sealed class FixedKnowledge(KnownFacts known) : IKnowledge
{
    public ValueTask<KnownFacts> AskAsync(MessageToJudge message, ParsedMessage parsed, IReadOnlyList<UrlFacts> targets, int words, CancellationToken cancellationToken) =>
        new(known with { ClientIp = message.Envelope.ClientIp });
}

internal sealed class FixedList(IReadOnlyList<AllowBlockEntry> entries) : IAllowBlockList
{
    public long Version => entries.Count;

    public IReadOnlyList<AllowBlockEntry> Current(DateTimeOffset at) => entries;

    public IReadOnlyList<AllowBlockEntry> Find(MailTraits message, DateTimeOffset at) => entries;

    public string ContentAt(DateTimeOffset at) => Weir.Detection.Verdicts.JudgingVersions.Hash(entries.Select(entry => entry.ToString()));

    public ListChanges ChangesSince(long version) => new(Version, [.. entries.Skip((int)version)], []);
}

/// <summary>Harbour Freight Forwarding, an invented company.</summary>
internal sealed class FixedDirectory : IDirectory, IOrganisation
{
    public IOrganisation Current => this;

    public string Name => "Harbour Freight Forwarding";

    public IReadOnlyList<string> OwnDomains { get; } = ["harbour.example"];

    public IReadOnlyList<string> ProtectedDomains { get; } = ["northquay.example"];

    public IReadOnlyList<DistributionList> Lists { get; } =
    [
        new("board@harbour.example", "Board", ["maria.keller@harbour.example"]),
        new("all@harbour.example", "Everybody", ["board@harbour.example", "tom.weber@harbour.example"]),
    ];

    public IReadOnlyList<Person> People { get; } =
    [
        new() { ObjectId = "1", DisplayName = "Maria Keller", Address = "maria.keller@harbour.example", Title = "Chief financial officer", IsProtected = true },
        new() { ObjectId = "2", DisplayName = "Tom Weber", Address = "tom.weber@harbour.example", Aliases = ["t.weber@harbour.example"] },
    ];

    public Person? Find(string address) => People.FirstOrDefault(person => person.Address == address || person.Aliases.Contains(address));

    public DistributionList? FindList(string address) => Lists.FirstOrDefault(list => list.Address == address);

    public bool IsOwnDomain(string domain) => OwnDomains.Contains(domain, StringComparer.OrdinalIgnoreCase);

    public ValueTask<IReadOnlyList<string>> ImportCsvAsync(Caller caller, string folder, CancellationToken cancellationToken) => throw new NotSupportedException();
}
