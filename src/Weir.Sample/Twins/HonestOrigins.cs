using Weir.Mail.Contracts;
using Weir.Sample.People;

namespace Weir.Sample.Twins;

/// <summary>How honest mail comes.</summary>
internal static class HonestOrigins
{
    private static readonly string[] Boxes = ["no-reply", "noreply", "info", "service", "support", "hello", "news", "newsletter", "notifications", "notification", "billing", "orders", "account", "security", "do-not-reply", "team", "kundenservice", "contact", "mail", "updates", "invoice"];
    private static readonly string[] Subdomains = ["", "", "", "mail.", "e.", "email.", "news.", "notifications.", "info.", "service.", "em."];

    public static Origin OfService(Dice dice, House house, string role)
    {
        var domain = dice.Chance(0.08) && house.Domains.Count > 1 ? dice.Pick(house.Domains)
            : dice.Chance(0.08) && !house.IsKnown ? $"{house.Domain.Split('.')[0]}{dice.Pick<string>(["-mail", "mail", "-news", "email", "-service"])}.com"
            : dice.Pick(Subdomains) + house.Domain;
        var address = $"{dice.Pick(Boxes)}@{domain}";
        var (path, helo) = Path(dice, house, address, domain);
        return new Origin
        {
            Kind = "own",
            Name = dice.Below(7) switch { 0 => "", 1 => $"{house.Name} {role}", 2 => $"{house.Name} | {role}", 3 => house.Name.ToUpperInvariant(), _ => house.Name },
            Address = address,
            MailFrom = path,
            ReplyTo = dice.Weighted(("", 66.0), ($"reply-{dice.Word(20)}@{domain}", 14), ($"support@{house.Domain}", 15), ($"{house.Domain.Split('.')[0]}@{dice.Pick<string>(["zendesk.com", "gmail.com", "freshdesk.com"])}", 5)),
            MessageIdDomain = dice.Weighted((domain, 50.0), (house.Domain, 15), (helo, 15), ("eu-west-1.amazonses.com", 7), ("geopod-ismtpd-6", 5), (FormattableString.Invariant($"mail-{dice.Between(10, 99)}.local"), 4), ("localhost.localdomain", 2), ("mailer", 2)),
            Helo = helo,
            Authentication = Usual(dice),
        };
    }

    public static Origin OfPerson(Dice dice, string person, string domain)
    {
        var address = $"{Local(dice, person)}@{domain}";
        var isFree = Recipients.IsFree(domain);
        return new Origin
        {
            Kind = "person",
            Name = dice.Below(10) switch { 0 => "", 1 => Turned(person), 2 => person.ToLowerInvariant(), _ => person },
            Address = address,
            MailFrom = address,
            ReplyTo = dice.Weighted(("", 86.0), (address, 8), ($"{Local(dice, person)}@{dice.Pick(Recipients.Free)}", 6)),
            MessageIdDomain = dice.Weighted((domain, 55.0), (isFree ? $"mail.{domain}" : $"{dice.Word(12)}.eurprd04.prod.outlook.com", 25), ("mail.gmail.com", 12), (FormattableString.Invariant($"{Names.Ascii(person.Split(' ')[0])}-pc"), 8)),
            Helo = dice.Pick<string>([$"mail.{domain}", $"smtp-out{dice.Between(1, 9)}.{domain}", $"mail-{dice.Word(4)}.outbound.protection.outlook.com", $"mail-{dice.Word(3)}-f{dice.Between(40, 180)}.google.com"]),
            Authentication = isFree ? Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass) : Usual(dice),
        };
    }

    /// <summary>Through a list that writes a footer into the text: what the author signed no longer fits.</summary>
    public static Origin OfList(Dice dice, string person, string domain, House list) => OfPerson(dice, person, domain) with
    {
        Kind = "list",
        MailFrom = $"{dice.Word(6)}-bounces@lists.{list.Domain}",
        Helo = $"lists.{list.Domain}",
        Authentication = dice.Weighted(
            (Origin.Results(SpfResult.Pass, DkimResult.Fail, DmarcResult.Fail, CompositeResult.SoftPass), 40.0),
            (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass), 35),
            (Origin.Results(SpfResult.Pass, DkimResult.None, DmarcResult.None, CompositeResult.None), 25)),
    };

    /// <summary>Most pass everything; some are forwarded, some are set up badly, and nobody is.</summary>
    public static AuthenticationResults Usual(Dice dice) => dice.Weighted(
        (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass), 80.0),
        (Origin.Results(SpfResult.Fail, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass), 2),
        (Origin.Results(SpfResult.SoftFail, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass), 2),
        (Origin.Results(SpfResult.None, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass), 2),
        (Origin.Results(SpfResult.Pass, DkimResult.None, DmarcResult.Pass, CompositeResult.Pass), 3),
        (Origin.Results(SpfResult.Pass, DkimResult.None, DmarcResult.BestGuessPass, CompositeResult.Pass), 4),
        (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.BestGuessPass, CompositeResult.Pass), 3),
        (Origin.Results(SpfResult.None, DkimResult.None, DmarcResult.None, CompositeResult.None), 2),
        (Origin.Results(SpfResult.SoftFail, DkimResult.Fail, DmarcResult.Fail, CompositeResult.Fail), 1),
        (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.Fail, CompositeResult.SoftPass), 1));

    public static string Local(Dice dice, string person)
    {
        var names = person.Split(' ');
        var (first, last) = (Names.Ascii(names[0]), Names.Ascii(names[^1]));
        return dice.Below(5) switch { 0 => $"{first[0]}.{last}", 1 => first, 2 => $"{first}{last}", 3 => $"{first[0]}{last}", _ => $"{first}.{last}" };
    }

    private static string Turned(string person) => person.Split(' ') is [var first, .., var last] ? $"{last}, {first}" : person;

    /// <summary>The way back and the name of the server: its own, or its sending service's.</summary>
    private static (string Path, string Helo) Path(Dice dice, House house, string address, string domain) => dice.Below(18) switch
    {
        // Servers of small companies, named by whoever rents them out, or not at all.
        10 => (address, dice.Pick<string>(["localhost", $"vps-{dice.Word(8)}.hosting.{House.Invented(dice, "en").Domain}", $"[198.51.100.{dice.Between(1, 254)}]", dice.Word(7)])),
        11 => (address, $"{dice.Word(9)}.{House.Invented(dice, "en").Domain}"),
        0 => ($"bounces+{dice.Between(100_000, 9_999_999)}-{dice.Word(4)}@em{dice.Between(100, 9_999)}.{house.Domain}", $"o{dice.Between(1, 40)}.ptr{dice.Between(100, 9_999)}.{house.Domain}"),
        1 => ($"01020{dice.Word(40)}-000000@eu-west-1.amazonses.com", $"a{dice.Between(3, 7)}-{dice.Between(2, 99)}.smtp-out.eu-west-1.amazonses.com"),
        2 => ($"bounce-mc.us{dice.Between(2, 21)}_{dice.Between(100_000, 99_999_999)}.{dice.Word(8)}@mail{dice.Between(2, 250)}.atl{dice.Between(10, 300)}.mcsv.net", $"mail{dice.Between(2, 250)}.atl{dice.Between(10, 300)}.mcsv.net"),
        3 => ($"bounce-{dice.Between(10_000, 99_999)}_HTML-{dice.Between(100_000, 9_999_999)}@bounce.{domain}", $"mta{dice.Between(1, 90)}.{domain}"),
        4 => ($"bounce+{dice.Word(6)}.{dice.Word(6)}=user@mg.{house.Domain}", $"m{dice.Between(10, 99)}-{dice.Between(10, 250)}.mailgun.net"),
        5 => ($"pm_bounces@pm-bounces.{house.Domain}", $"mta{dice.Between(10, 250)}a-ord.mtasv.net"),
        _ => (address, $"{dice.Pick<string>(["mail", "mx", "smtp", "out", "relay"])}{dice.Between(1, 12)}.{house.Domain}"),
    };
}
