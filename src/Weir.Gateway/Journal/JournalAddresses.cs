using Microsoft.Extensions.Options;
using Weir.Gateway.Intake;

namespace Weir.Gateway.Journal;

/// <summary>Which addresses are this door and nobody's mailbox.</summary>
internal sealed class JournalAddresses(IOptions<JournalOptions> options)
{
    private readonly HashSet<string> _addresses = new(options.Value.Addresses.Select(Fingerprints.Normal), StringComparer.Ordinal);

    public bool Contains(string address)
    {
        var normal = Fingerprints.Normal(address);
        var at = normal.LastIndexOf('@');
        return _addresses.Contains(normal) || (at >= 0 && _addresses.Contains(normal[at..]));
    }

    /// <summary>The mailbox whose copy it is: <c>anna=corp.example@journal.example</c> is anna@corp.example; empty when the address names none.</summary>
    public static string Mailbox(string address)
    {
        var at = address.LastIndexOf('@');
        var equals = at < 0 ? -1 : address.LastIndexOf('=', at);
        return equals > 0 && equals < at - 1 ? $"{address[..equals]}@{address[(equals + 1)..at]}" : "";
    }
}
