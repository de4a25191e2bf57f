using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>A well-known name in the sender's name or subject, and neither sender nor links are at home there.</summary>
internal sealed class BrandImpersonation : IDetector
{
    public string Id => "brand-impersonation";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound || message.AuthorDomain.Length == 0 || message.IsTrustedSender)
        {
            yield break;
        }

        var name = message.AuthorName;
        foreach (var brand in Brands.In(name))
        {
            if (IsForeign(brand, message) && (!brand.IsCommonWord || IsOnlyBrand(brand, name)))
            {
                var evidence = $"The sender calls itself \"{name}\" and writes from {message.AuthorDomain}, not from {brand.Domains[0]}.";
                yield return Say.Phish(KnownHosts.IsFreeMail(message.AuthorDomain) ? "brand-name-at-free-mail" : "brand-in-sender-name", evidence, DetectionTechnology.ImpersonationBrand).At(In.Author(message)) with { Impersonates = brand.Domains[0] };
                yield break;
            }
        }

        // The local part: paypal-service@elsewhere.example.
        var local = message.Message.Author?.LocalPart ?? "";
        foreach (var brand in Brands.In(local))
        {
            if (!brand.IsCommonWord && IsForeign(brand, message) && brand.Name.Length >= 4)
            {
                yield return Say.Phish("brand-in-sender-address", $"{local}@{message.AuthorDomain} is not at home at {brand.Domains[0]}.", DetectionTechnology.ImpersonationBrand).At(In.Author(message)) with { Impersonates = brand.Domains[0] };
                yield break;
            }
        }

        foreach (var brand in Brands.In(message.Message.Subject))
        {
            if (!brand.IsCommonWord && IsForeign(brand, message) && message.Targets.Any(target => target.IsWeb) && !message.Targets.Any(target => brand.IsAtHome(target.Host)))
            {
                yield return Say.Phish("brand-in-subject", $"The subject speaks of {brand.Name}, the sender is {message.AuthorDomain}, and no link leads to {brand.Domains[0]}.", DetectionTechnology.ImpersonationBrand).At(In.Subject, In.Author(message)) with { Impersonates = brand.Domains[0] };
                yield break;
            }
        }
    }

    private static bool IsForeign(Brand brand, MessageFacts message) => !brand.IsAtHome(message.AuthorDomain) && !message.IsOurs(message.AuthorDomain);

    /// <summary>The name and no more than words that companies add to their own.</summary>
    private static bool IsOnlyBrand(Brand brand, string name) =>
        name.Split([' ', '-', '.', ',', '|', ':', '!'], StringSplitOptions.RemoveEmptyEntries).Length <= brand.Names.Max(known => known.Split(' ').Length) + 2;
}
