using Weir.Mail.Contracts;
using Weir.Sample.People;

namespace Weir.Sample.Outside;

/// <summary>About 340 correspondents, 15 newsletters, 3 suppliers with long threads: all made from the seed.</summary>
internal sealed class Outsiders
{
    private static readonly string[] Front = ["Alster", "Baltic", "Beacon", "Breton", "Capstan", "Cordage", "Delta", "Dock", "Elbe", "Fairway", "Fjord", "Gale", "Garonne", "Halyard", "Harbour", "Helm", "Isle", "Jetty", "Keel", "Kranich", "Lantern", "Leeward", "Lighter", "Marit", "Mole", "Narwhal", "Ostsee", "Pilot", "Quay", "Reef", "Rhone", "Sextant", "Sound", "Spar", "Tide", "Vistula", "Wharf", "Windlass", "Zander", "Anchor"];
    private static readonly string[] Back = ["Antriebe", "Cargo", "Coatings", "Consult", "Crane", "Diesel", "Electric", "Engineering", "Freight", "Hydraulik", "Insurance", "Lacke", "Logistics", "Metall", "Navigation", "Optik", "Pumps", "Rigging", "Schiffstechnik", "Shipping", "Software", "Stahl", "Supply", "Survey", "Trading", "Transport", "Valves", "Werkzeug"];
    private static readonly string[] Papers = ["Yard Weekly", "Harbour Post", "Steel Prices Today", "Marine Tech Review", "Der Einkaufsbrief", "La Lettre du Port", "Stoczniowiec", "Crew & Career", "IT Mittelstand", "Conference Calendar", "Travel Desk", "Office Supplies Direct", "Shipbroker Digest", "Paint & Corrosion", "Werft Aktuell"];

    public Outsiders(int seed)
    {
        var platform = PlatformKey.Create(seed);
        var companies = new List<Company>();
        var contacts = new List<Contact>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; contacts.Count < 340; number++)
        {
            var dice = Dice.For(seed, "company", number);
            var (name, domain) = NewName(dice, used);
            var kind = number < 3 ? CompanyKind.Supplier : dice.Weighted((CompanyKind.Customer, 40.0), (CompanyKind.Supplier, 45), (CompanyKind.Authority, 10), (CompanyKind.Private, 5));
            var company = NewCompany(dice, name, domain, dice.Weighted(("en", 55.0), ("de", 25), ("fr", 12), ("pl", 8)), kind, number, number < 3 ? platform : null);
            companies.Add(company);
            var (first, last) = Names.Of(company.Language);
            for (var person = dice.Between(1, 4); person > 0; person--)
            {
                var (given, family) = (dice.Pick(first), dice.Pick(last));
                contacts.Add(new Contact($"{given} {family}", $"{Names.Ascii(given)}.{Names.Ascii(family)}@{domain}", company));
            }
        }

        Suppliers = [.. companies.Take(3)];
        Contacts = [.. contacts.DistinctBy(contact => contact.Address, StringComparer.Ordinal)];
        Newsletters = [.. Papers.Select((name, number) => NewNewsletter(Dice.For(seed, "paper", number), name, number, platform))];
        Companies = [.. companies, .. Newsletters];
    }

    public IReadOnlyList<Company> Companies { get; }
    public IReadOnlyList<Contact> Contacts { get; }
    public IReadOnlyList<Company> Newsletters { get; }

    /// <summary>The three whose threads and attachments the stories use.</summary>
    public IReadOnlyList<Company> Suppliers { get; }

    public Contact ContactOf(Company company) => Contacts.First(contact => contact.Company == company);

    private static (string Name, string Domain) NewName(Dice dice, HashSet<string> used)
    {
        while (true)
        {
            var (front, back) = (dice.Pick(Front), dice.Pick(Back));
            var domain = $"{front}-{back}.example".ToLowerInvariant();
            if (used.Add(domain))
            {
                return ($"{front} {back}", domain);
            }
        }
    }

    private static Company NewCompany(Dice dice, string name, string domain, string language, CompanyKind kind, int number, System.Security.Cryptography.RSA? platform)
    {
        var addresses = new List<string> { AddressPlan.Correspondent(number, language) };
        if (dice.Chance(0.35))
        {
            addresses.Add($"2001:db8:{0x100 + number:x}::25");
        }

        var isSigning = platform is not null || dice.Chance(0.82);
        return new Company
        {
            Name = name,
            Domain = domain,
            Language = language,
            Kind = kind,
            Addresses = addresses,
            Signer = !isSigning ? null : platform is not null ? new DkimSigner(domain, "mh2026", platform) : DkimSigner.Ed25519(domain, "k1", dice.Bytes(32)),
            Policy = platform is not null ? "reject" : !isSigning ? "" : dice.Weighted(("reject", 30.0), ("quarantine", 20), ("none", 30), ("", 20)),
            Spf = dice.Chance(0.95) || platform is not null ? AddressPlan.SpfOf(addresses) : "",
        };
    }

    private static Company NewNewsletter(Dice dice, string name, int number, System.Security.Cryptography.RSA platform)
    {
        var domain = $"{Names.Ascii(name).Replace("&", "-and-", StringComparison.Ordinal)}.example";
        IReadOnlyList<string> addresses = [AddressPlan.Newsletter(number), AddressPlan.Newsletter(number + 20)];
        return new Company
        {
            Name = name,
            Domain = domain,
            Language = number switch { 4 or 8 or 14 => "de", 5 => "fr", 6 => "pl", _ => "en" },
            Kind = CompanyKind.Newsletter,
            Addresses = addresses,
            Signer = new DkimSigner(domain, "mh2026", platform),
            Policy = dice.Weighted(("reject", 40.0), ("quarantine", 30), ("none", 30)),
            Spf = AddressPlan.SpfOf(addresses),
        };
    }
}

/// <summary>Somebody outside who writes to the organisation.</summary>
internal sealed record Contact(string Name, string Address, Company Company);

/// <summary>What a company does, as far as its mail shows it.</summary>
internal enum CompanyKind { Customer, Supplier, Authority, Newsletter, Private }

/// <summary>An outside sender domain with stable habits.</summary>
internal sealed record Company
{
    public required string Name { get; init; }
    public required string Domain { get; init; }
    public required string Language { get; init; }
    public required CompanyKind Kind { get; init; }

    /// <summary>Its mail servers: addresses of TEST-NET or 2001:db8::/32.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Signs its mail; nothing for companies that don't.</summary>
    public DkimSigner? Signer { get; init; }

    /// <summary>DMARC policy; empty when it publishes none.</summary>
    public string Policy { get; init; } = "";

    /// <summary>SPF record; empty when it publishes none.</summary>
    public string Spf { get; init; } = "";
}
