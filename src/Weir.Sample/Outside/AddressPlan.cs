using System.Globalization;
using System.Text;

namespace Weir.Sample.Outside;

/// <summary>Who has which address: only blocks that are reserved for documentation (RFC 5737, RFC 3849), so nobody real is ever named.</summary>
internal static class AddressPlan
{
    /// <summary>The organisation's own mail server and what it sends with.</summary>
    public const string OwnServer = "192.0.2.10";

    private static readonly (string Network, string Country, string City, int Asn, string Organisation)[] Blocks =
    [
        ("192.0.2.0/27", "DE", "Hamburg", 64496, "Nordhaven Marine"),
        ("192.0.2.32/28", "FR", "Lyon", 64496, "Nordhaven Marine"),
        ("192.0.2.48/28", "PL", "Gdansk", 64496, "Nordhaven Marine"),
        ("192.0.2.64/26", "DE", "Bremen", 64497, "Hansenetz"),
        ("192.0.2.128/26", "FR", "Marseille", 64498, "Reseau du Sud"),
        ("192.0.2.192/26", "PL", "Warsaw", 64499, "Sieci Centralne"),
        ("198.51.100.0/25", "GB", "Southampton", 64500, "Channel Hosting"),
        ("198.51.100.128/26", "NL", "Rotterdam", 64501, "Maas Datacenter"),
        ("198.51.100.192/26", "US", "Ashburn", 64502, "Letterpress Mailing"),
        ("203.0.113.0/26", "US", "Dallas", 64503, "Bulk Cloud"),
        ("203.0.113.64/26", "BR", "Recife", 64504, "Rede Litoral"),
        ("203.0.113.128/26", "VN", "Da Nang", 64505, "Song Han Telecom"),
        ("203.0.113.192/26", "ZA", "Durban", 64506, "Cape Server Farm"),
        ("2001:db8::/32", "SE", "Gothenburg", 64507, "Vast Sexnet"),
    ];

    public static string Networks
    {
        get
        {
            var text = new StringBuilder("network,country,city,asn,organisation\n");
            foreach (var (network, country, city, asn, organisation) in Blocks)
            {
                text.Append(CultureInfo.InvariantCulture, $"{network},{country},{city},{asn},{organisation}\n");
            }

            return text.ToString();
        }
    }

    public static string Correspondent(int number, string language) => language switch
    {
        "de" => $"192.0.2.{64 + (number % 62) + 1}",
        "fr" => $"192.0.2.{128 + (number % 62) + 1}",
        "pl" => $"192.0.2.{192 + (number % 62) + 1}",
        _ => number % 3 == 0 ? $"198.51.100.{128 + (number % 62) + 1}" : $"198.51.100.{(number % 126) + 1}",
    };

    public static string Newsletter(int number) => $"198.51.100.{192 + (number % 62) + 1}";

    /// <summary>Machines that send what nobody asked for.</summary>
    public static string Spammer(int number) => $"203.0.113.{(number % 62) + 1}";

    /// <summary>Machines of people who attack; the stories name them.</summary>
    public static string Attacker(int number) => $"203.0.113.{64 + (number % 190)}";

    public static string SpfOf(IEnumerable<string> addresses) =>
        $"v=spf1 {string.Join(' ', addresses.Select(address => address.Contains(':', StringComparison.Ordinal) ? $"ip6:{address}" : $"ip4:{address}"))} -all";
}
