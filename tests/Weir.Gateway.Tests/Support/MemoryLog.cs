using System.Runtime.CompilerServices;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Mail.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Tests.Support;

/// <summary>A log in memory that counts its commits.</summary>
internal sealed class MemoryLog : IEventLog
{
    private readonly List<Fact> _facts = [];

    public IReadOnlyList<Fact> Facts
    {
        get
        {
            lock (_facts)
            {
                return [.. _facts];
            }
        }
    }

    public int Commits { get; private set; }
    public Exception? Fails { get; set; }
    public long Last => Facts.Count;

    public async ValueTask<long> AppendAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Fails is { } failure)
        {
            throw failure;
        }

        lock (_facts)
        {
            _facts.AddRange(facts);
            Commits++;
            return _facts.Count;
        }
    }

    public async IAsyncEnumerable<LoggedFact> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var facts = Facts;
        for (var i = (int)after; i < facts.Count; i++)
        {
            yield return new LoggedFact(i + 1, facts[i]);
        }
    }

    public IAsyncEnumerable<LoggedFact> FollowAsync(long after, CancellationToken cancellationToken) => ReadAsync(after, cancellationToken);

    public ValueTask WaitUntilShownAsync(long sequence, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

internal sealed class MemoryBlobs : IBlobs
{
    private readonly List<byte[]> _bodies = [];

    public int Commits { get; private set; }

    public async ValueTask<IReadOnlyList<BlobId>> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Commits++;
        return [.. bodies.Select(body =>
        {
            _bodies.Add(body.ToArray());
            return new BlobId($"{_bodies.Count - 1}");
        })];
    }

    public ValueTask<byte[]?> ReadAsync(BlobId id, CancellationToken cancellationToken) => ValueTask.FromResult<byte[]?>(_bodies[int.Parse(id.Value, null)]);

    public ValueTask<bool> EraseAsync(BlobId id, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}

/// <summary>Gives every recipient the same decision, or fails.</summary>
internal sealed class OneJudge(DeliveryDecision decision = DeliveryDecision.Deliver) : IMessageJudge
{
    private int _asked;

    public int Asked => _asked;
    public Exception? Fails { get; set; }
    public string History { get; set; } = "";
    public DeliveryDecision Decides { get; set; } = decision;
    public AuthenticationResults Authentication { get; set; } = new();
    public Func<MessageToJudge, Judgement> Says { get; set; } = _ => new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = 0 };

    public async ValueTask<JudgedMessage> JudgeAsync(MessageToJudge message, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Interlocked.Increment(ref _asked);
        return Fails is { } failure ? throw failure : new JudgedMessage
        {
            Id = message.Id,
            Message = MailParser.Parse(message.Raw),
            Envelope = message.Envelope,
            Authentication = Authentication,
            Direction = Direction.Inbound,
            Judgement = Says(message),
            History = History,
            Decisions = [.. message.Envelope.Recipients.Select(_ => Decides)],
        };
    }
}

/// <summary>An organisation of one domain, with the given lists.</summary>
internal sealed class SmallOrganisation(params DistributionList[] lists) : IDirectory, IOrganisation
{
    public IOrganisation Current => this;
    public string Name => "Corp";
    public IReadOnlyList<string> OwnDomains => ["corp.example"];
    public IReadOnlyList<Person> People { get; } = [new Person { ObjectId = "anna-1", DisplayName = "Anna", Address = "anna@corp.example", Tags = ["Priority account"] }];
    public IReadOnlyList<DistributionList> Lists => lists;
    public IReadOnlyList<string> ProtectedDomains => [];

    public Person? Find(string address) => People.FirstOrDefault(person => person.Address.Equals(address, StringComparison.OrdinalIgnoreCase));

    public DistributionList? FindList(string address) => lists.FirstOrDefault(list => list.Address.Equals(address, StringComparison.OrdinalIgnoreCase));

    public bool IsOwnDomain(string domain) => domain.Equals("corp.example", StringComparison.OrdinalIgnoreCase);

    public ValueTask<IReadOnlyList<string>> ImportCsvAsync(Caller caller, string folder, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<string>>([]);
}
