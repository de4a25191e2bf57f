using Weir.Detection.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts.Knowledge;

/// <summary>What is known of the things in a message.</summary>
internal interface IKnowledge
{
    /// <summary>Bounded in time; what gives no answer is told as such.</summary>
    /// <param name="words">Of subject and body.</param>
    ValueTask<KnownFacts> AskAsync(MessageToJudge message, ParsedMessage parsed, IReadOnlyList<UrlFacts> targets, int words, CancellationToken cancellationToken);
}
