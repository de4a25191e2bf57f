using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;
using Weir.Directory.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>The sender's name is that of one of our people, the address is not theirs.</summary>
internal sealed class ImpersonatedUser : IDetector
{
    public string Id => "impersonated-user";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var author = message.Message.Author;
        if (author is null || author.DisplayName.Length == 0 || message.Direction != Direction.Inbound || message.IsTrustedSender)
        {
            yield break;
        }

        var shown = PersonName.Words(author.DisplayName);
        if (shown.Length == 0)
        {
            yield break;
        }

        foreach (var person in message.Organisation.People)
        {
            if (!IsSame(shown, PersonName.Words(person.DisplayName)) || IsTheirs(person, author.Address, message))
            {
                continue;
            }

            var evidence = $"\"{author.DisplayName}\" <{author.Address}> has the name of {person.DisplayName} <{person.Address}>.";
            yield return Say.Phish(person.IsProtected ? "impersonated-protected-user" : "impersonated-colleague", evidence, DetectionTechnology.ImpersonationUser).At(In.Author(message), In.Knowledge("directory of people")) with
            {
                Impersonates = $"{person.DisplayName} <{person.Address}>",
            };
            yield break;
        }
    }

    private static bool IsTheirs(Person person, string address, MessageFacts message) =>
        (person.Address.Equals(address, StringComparison.OrdinalIgnoreCase)
            || person.Aliases.Any(alias => alias.Equals(address, StringComparison.OrdinalIgnoreCase))
            || (person.ForwardsTo?.Equals(address, StringComparison.OrdinalIgnoreCase) ?? false))
        // With the right address the name is right; whether the address is forged is another signal.
        || (message.IsOurs(Domains.OfAddress(address)) && message.IsAuthorProven);

    private static bool IsSame(string[] a, string[] b) => b.Length >= 2 && a.AsSpan().SequenceEqual(b);
}
