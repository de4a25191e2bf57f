using Weir.Mail.Contracts;

namespace Weir.Detection.Contracts;

/// <summary>The door to Detection.</summary>
public interface IMessageJudge
{
    /// <summary>Never throws for hostile mail; a detector that breaks becomes a signal of weight 0.</summary>
    ValueTask<JudgedMessage> JudgeAsync(MessageToJudge message, CancellationToken cancellationToken);
}

/// <summary>A message to judge.</summary>
public sealed record MessageToJudge
{
    public required Weir.Kernel.NetworkMessageId Id { get; init; }
    public required ReadOnlyMemory<byte> Raw { get; init; }
    public required Envelope Envelope { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Results of an upstream server that stand in for Weir's own authentication.</summary>
    public AuthenticationResults? RecordedAuthentication { get; init; }

    /// <summary>What Weir itself found when the message came: for stored mail, of which DNS may say something else by now. Nothing to find it out.</summary>
    public AuthenticationResults? EarlierAuthentication { get; init; }

    /// <summary>It was judged before: history leaves it out and does not count it again.</summary>
    public bool IsAgain { get; init; }

    /// <summary>What history told when the message came, in the words of <see cref="JudgedMessage.History"/>; empty to ask what it tells now.</summary>
    public string EarlierHistory { get; init; } = "";

    /// <summary>Beside what history told then: what bodies, links and files of other mail have been found to be since.</summary>
    public bool WithLaterKnowledge { get; init; }
}

/// <summary>A message and everything Weir knows of it after judging.</summary>
public sealed record JudgedMessage
{
    public required Weir.Kernel.NetworkMessageId Id { get; init; }
    public required ParsedMessage Message { get; init; }
    public required Envelope Envelope { get; init; }
    public required AuthenticationResults Authentication { get; init; }
    public required Direction Direction { get; init; }
    public required Judgement Judgement { get; init; }

    /// <summary>What another filter said of it, as far as it can be believed. Never weighed.</summary>
    public OtherVerdict? Other { get; init; }

    /// <summary>What to do for each envelope recipient, in the order of the envelope.</summary>
    public required IReadOnlyList<DeliveryDecision> Decisions { get; init; }

    /// <summary>What policies said for each envelope recipient, in order, and why; empty where no policies were asked.</summary>
    public IReadOnlyList<PolicyOutcome> Outcomes { get; init; } = [];

    /// <summary>What history told of it, as text to keep.</summary>
    public string History { get; init; } = "";

    /// <summary>For each envelope recipient, in order: no accepted mail went between it and the author before. Empty for our own mail and when the history is not known.</summary>
    public IReadOnlyList<bool> FirstContacts { get; init; } = [];
}
