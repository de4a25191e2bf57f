using Weir.Detection.Facts.Filters;
using Weir.Mail.Contracts;

namespace Weir.Detection.Contracts;

/// <summary>Reads what rspamd or SpamAssassin wrote into a message on its way.</summary>
public static class OtherFilters
{
    /// <summary>The filters that are known, in the spelling of <see cref="OtherVerdict.Filter"/>.</summary>
    public static IReadOnlyList<string> Known { get; } = [RspamdFields.Name, SpamAssassinFields.Name];

    /// <summary>Its verdict; nothing when there is none that can be believed.</summary>
    /// <param name="relays">Machines of the organisation, whose fields are believed.</param>
    /// <param name="believed">Filters whose fields the organisation's servers take off incoming mail: believed wherever they stand.</param>
    public static OtherVerdict? Read(ParsedMessage message, Envelope envelope, TrustedRelays relays, IReadOnlyCollection<string> believed)
    {
        var own = OwnFields.Of(message, envelope, relays);
        return RspamdFields.Read(own, IsBelieved(RspamdFields.Name)) ?? SpamAssassinFields.Read(own, IsBelieved(SpamAssassinFields.Name));

        bool IsBelieved(string filter) => believed.Contains(filter, StringComparer.OrdinalIgnoreCase);
    }
}
