using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>Answers go to somebody else than the author.</summary>
internal sealed class ReplyToElsewhere : IDetector
{
    public string Id => "reply-to-elsewhere";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var author = message.AuthorDomain;
        if (author.Length == 0 || message.Direction != Direction.Inbound)
        {
            yield break;
        }

        foreach (var reply in message.Message.ReplyTo)
        {
            // A list that directs answers to itself is among the recipients; then it is no surprise.
            if (reply.Domain.Length == 0 || Domains.AreSame(reply.Domain, author) || message.IsOurs(reply.Domain)
                || message.Message.To.Concat(message.Message.Cc).Any(to => to.Address.Equals(reply.Address, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            var evidence = $"From {author}, answers to {reply.Address}.";
            yield return (KnownHosts.IsFreeMail(reply.Domain)
                ? Say.Phish(KnownHosts.IsFreeMail(author) ? "reply-to-other-free-mail" : "reply-to-free-mail", evidence)
                : Say.Phish("reply-to-elsewhere", evidence)).At(In.Header("Reply-To"), In.Author(message));
            yield break;
        }
    }
}
