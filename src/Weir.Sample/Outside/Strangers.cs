using Weir.Mail.Contracts;

namespace Weir.Sample.Outside;

/// <summary>Senders that nobody asked for: a changing crowd of spam domains, and the domains that attackers register.</summary>
internal sealed class Strangers
{
    private static readonly string[] Words = ["best", "prime", "deal", "gold", "mega", "lucky", "swift", "vital", "smart", "royal", "click", "offer", "bonus", "trend", "wealth", "crypto", "slim", "pharma", "casino", "loan"];
    private static readonly string[] Lures = ["secure-portal", "account-check", "mail-quota", "doc-share", "voice-inbox", "parcel-hold", "pay-advice", "login-verify", "cloud-drive", "hr-notice", "e-sign", "bank-alert"];

    public Strangers(int seed)
    {
        Spammers = [.. Enumerable.Range(0, 48).Select(number => NewSpammer(Dice.For(seed, "spammer", number), number))];
        Attackers = [.. Lures.Select((lure, number) => NewAttacker(Dice.For(seed, "attacker", number), $"{lure}-{Dice.For(seed, "lure", number).Word(4)}.example", number, "Account Service"))];
        Parcel = [.. ((string[])["parcel-fee.example", "zustell-gebuehr.example", "delivery-desk.example"]).Select((domain, number) => NewAttacker(Dice.For(seed, "parcel", number), domain, 20 + number, "Parcelo"))];
        Lookalike = NewAttacker(Dice.For(seed, "lookalike"), "nordhavem.example", 30, "Nordhaven Marine");
        Payroll = new Company { Name = "Lohnwerk", Domain = "lohnwerk.example", Language = "de", Kind = CompanyKind.Newsletter, Addresses = ["198.51.100.249"], Spf = AddressPlan.SpfOf(["198.51.100.249"]), Policy = "reject", Signer = DkimSigner.Ed25519("lohnwerk.example", "lw", Dice.For(seed, "payroll").Bytes(32)) };
        Forwarding = new Company { Name = "Club mail", Domain = "sailing-club.example", Language = "en", Kind = CompanyKind.Private, Addresses = ["198.51.100.250"], Spf = AddressPlan.SpfOf(["198.51.100.250"]) };
    }

    public IReadOnlyList<Company> Spammers { get; }
    public IReadOnlyList<Company> Attackers { get; }

    /// <summary>The three domains of the parcel fee campaign; registered properly, so everything passes.</summary>
    public IReadOnlyList<Company> Parcel { get; }

    /// <summary>One letter away from the house's own domain.</summary>
    public Company Lookalike { get; }

    /// <summary>Makes the payslips: honest, and often taken for a fraud.</summary>
    public Company Payroll { get; }

    /// <summary>Forwards mail and adds a footer, which breaks signatures.</summary>
    public Company Forwarding { get; }

    public void AddTo(ZoneWriter zone)
    {
        foreach (var company in (Company[])[.. Spammers, .. Attackers, .. Parcel, Lookalike, Payroll, Forwarding])
        {
            zone.Add(company);
        }
    }

    private static Company NewSpammer(Dice dice, int number)
    {
        var domain = $"{dice.Pick(Words)}-{dice.Pick(Words)}-{number}.example";
        IReadOnlyList<string> addresses = [AddressPlan.Spammer(number), AddressPlan.Spammer(number + 7)];
        return new Company
        {
            Name = domain.Split('.')[0],
            Domain = domain,
            Language = dice.Weighted(("en", 60.0), ("de", 25), ("fr", 10), ("pl", 5)),
            Kind = CompanyKind.Private,
            Addresses = addresses,
            // Two in five are set up well; the others claim addresses that they do not send from.
            Spf = dice.Chance(0.4) ? AddressPlan.SpfOf(addresses) : dice.Chance(0.5) ? "v=spf1 ip4:203.0.113.255 ~all" : "",
            Signer = dice.Chance(0.3) ? DkimSigner.Ed25519(domain, "s", dice.Bytes(32)) : null,
        };
    }

    private static Company NewAttacker(Dice dice, string domain, int number, string name)
    {
        IReadOnlyList<string> addresses = number is >= 20 and < 30
            ? [AddressPlan.Attacker(number), .. number == 20 ? [AddressPlan.Attacker(number + 40)] : Array.Empty<string>()]
            : [AddressPlan.Attacker(number * 3)];
        var isCareful = number >= 20 || dice.Chance(0.4);
        return new Company
        {
            Name = name,
            Domain = domain,
            Language = "en",
            Kind = CompanyKind.Private,
            Addresses = addresses,
            Spf = isCareful ? AddressPlan.SpfOf(addresses) : "v=spf1 ip4:203.0.113.255 ~all",
            Signer = isCareful ? DkimSigner.Ed25519(domain, "m1", dice.Bytes(32)) : null,
            Policy = isCareful ? "none" : "",
        };
    }
}
