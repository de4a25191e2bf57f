using Weir.Mail.Contracts;

namespace Weir.Sample.Twins;

/// <summary>How frauds and unwanted advertising come.</summary>
internal static class FraudOrigins
{
    private static readonly string[] Boxes = ["info", "noreply", "no-reply", "admin", "support", "service", "contact", "mail", "office", "webmaster", "sales", "notification", "alert", "postmaster", "secure", "billing", "root", "team"];

    public static Origin Draw(Dice dice, House house, Recipients to, string shownName, string language, bool isPersonal, bool isAdvertising)
    {
        var kind = isPersonal
            ? dice.Weighted(("freemail", 40.0), ("compromised", 32), ("cheap", 10), ("lookalike", 8), ("intra", 4), ("spoof", 6))
            : isAdvertising
            ? dice.Weighted(("cheap", 40.0), ("compromised", 22), ("freemail", 12), ("service", 12), ("random", 14))
            : dice.Weighted(("lookalike", 18.0), ("cheap", 12), ("compromised", 26), ("freemail", 8), ("spoof", 13), ("service", 10), ("tenant", 6), ("intra", 7));
        var address = Address(dice, kind, house, to, language, shownName, isPersonal);
        var domain = address[(address.LastIndexOf('@') + 1)..];
        var isForged = kind is "spoof" or "intra";
        var helper = House.Invented(dice, language).Domain;
        return new Origin
        {
            Kind = kind,
            Name = Shown(dice, shownName, address, to, isPersonal),
            Address = address,
            MailFrom = isForged && dice.Chance(0.6) ? $"{dice.Pick(Boxes)}@{helper}"
                : kind == "service" ? $"bounces+{dice.Between(100_000, 9_999_999)}-{dice.Word(4)}@em{dice.Between(100, 9_999)}.{domain}"
                : dice.Chance(0.1) ? "" : address,
            ReplyTo = dice.Weighted(("", isPersonal ? 55.0 : 80), ($"{dice.Word(8)}{dice.Between(1, 99)}@{dice.Pick(Recipients.Free)}", isPersonal ? 35.0 : 9), ($"{dice.Pick(Boxes)}@{helper}", 8), (address, 4)),
            MessageIdDomain = dice.Weighted((domain, 48.0), (helper, 16), (to.Domain, 6), ("localhost.localdomain", 5), (dice.Word(8), 9), ("eu-west-1.amazonses.com", 6), (FormattableString.Invariant($"vps{dice.Between(1000, 99999)}.local"), 6), ("mail.gmail.com", 4)),
            Helo = dice.Weighted(($"mail.{domain}", 40.0), ($"{dice.Word(9)}.{helper}", 25), (FormattableString.Invariant($"vps-{dice.Word(8)}.hosting.{helper}"), 14), (FormattableString.Invariant($"[198.51.100.{dice.Between(1, 254)}]"), 5), ("localhost", 3), (dice.Word(7), 4), ($"smtp-out{dice.Between(1, 9)}.{domain}", 9)),
            Authentication = isForged ? Forged(dice) : kind is "freemail" or "service" or "tenant" ? Proper(dice) : OwnServer(dice),
        };
    }

    private static string Address(Dice dice, string kind, House house, Recipients to, string language, string shownName, bool isPersonal)
    {
        var box = isPersonal && dice.Chance(0.6) ? HonestOrigins.Local(dice, shownName) : dice.Chance(0.2) ? $"{dice.Pick(Boxes)}-{dice.Word(5)}" : dice.Pick(Boxes);
        return kind switch
        {
            "lookalike" => $"{box}@{FraudLinks.Lookalike(dice, house)}",
            "cheap" => $"{box}@{(dice.Chance(0.3) ? $"{dice.Word(5)}." : "")}{FraudLinks.CheapDomain(dice)}",
            "freemail" => $"{(isPersonal ? box : house.Domain.Split('.')[0])}{dice.Pick<string>(["", ".", "-", "_"])}{dice.Word(4)}{dice.Between(1, 999)}@{dice.Pick(Recipients.Free)}".Replace("..", ".", StringComparison.Ordinal),
            "spoof" => $"{box}@{house.Domain}",
            "service" => $"{box}@{House.Invented(dice, dice.Pick<string>(["en", "de", "fr", "es"])).Domain}",
            "tenant" => dice.Chance(0.5) ? $"{box}@{dice.Word(9)}.onmicrosoft.com" : $"noreply@{house.Domain.Split('.')[0]}-{dice.Word(5)}.firebaseapp.com",
            "intra" => dice.Chance(0.4) ? to.Address : $"{dice.Pick<string>(["it", "helpdesk", "admin", "hr", "noreply", "postmaster", "accounts"])}@{to.Domain}",
            "random" => $"{dice.Word(7)}@{dice.Word(9)}.{dice.Pick<string>(["com", "net", "info", "us", "biz"])}",
            _ => $"{(dice.Chance(0.4) ? HonestOrigins.Local(dice, Recipients.Person(dice, language)) : box)}@{House.Invented(dice, dice.Chance(0.5) ? language : dice.Pick<string>(["pt", "it", "fr", "es", "pl", "en"])).Domain}",
        };
    }

    private static string Shown(Dice dice, string name, string address, Recipients to, bool isPersonal) => isPersonal
        ? dice.Below(8) switch { 0 => "", 1 => name.ToUpperInvariant(), _ => name }
        : dice.Below(12) switch
        {
            0 => "",
            1 => $"{name} {dice.Between(10_000, 99_999)}",
            2 => name.ToUpperInvariant(),
            3 => $"{to.Domain.Split('.')[0]} {name}",
            4 => address,
            5 => $"{name} via {to.Domain}",
            _ => name,
        };

    private static AuthenticationResults Forged(Dice dice) => dice.Weighted(
        (Origin.Results(SpfResult.Fail, DkimResult.None, DmarcResult.Fail, CompositeResult.Fail), 35.0),
        (Origin.Results(SpfResult.SoftFail, DkimResult.None, DmarcResult.Fail, CompositeResult.Fail), 25),
        (Origin.Results(SpfResult.None, DkimResult.None, DmarcResult.Fail, CompositeResult.Fail), 15),
        (Origin.Results(SpfResult.Pass, DkimResult.None, DmarcResult.Fail, CompositeResult.Fail), 12),
        (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.Fail, CompositeResult.Fail), 5),
        (Origin.Results(SpfResult.Neutral, DkimResult.None, DmarcResult.None, CompositeResult.Fail), 8));

    /// <summary>A large service signs for everybody.</summary>
    private static AuthenticationResults Proper(Dice dice) => dice.Weighted(
        (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass), 88.0),
        (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.BestGuessPass, CompositeResult.Pass), 8),
        (Origin.Results(SpfResult.SoftFail, DkimResult.None, DmarcResult.Fail, CompositeResult.Fail), 4));

    private static AuthenticationResults OwnServer(Dice dice) => dice.Weighted(
        (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass), 38.0),
        (Origin.Results(SpfResult.Pass, DkimResult.Pass, DmarcResult.BestGuessPass, CompositeResult.Pass), 12),
        (Origin.Results(SpfResult.Pass, DkimResult.None, DmarcResult.BestGuessPass, CompositeResult.Pass), 18),
        (Origin.Results(SpfResult.None, DkimResult.None, DmarcResult.None, CompositeResult.None), 14),
        (Origin.Results(SpfResult.SoftFail, DkimResult.None, DmarcResult.None, CompositeResult.Fail), 7),
        (Origin.Results(SpfResult.Fail, DkimResult.None, DmarcResult.Fail, CompositeResult.Fail), 6),
        (Origin.Results(SpfResult.Pass, DkimResult.None, DmarcResult.None, CompositeResult.None), 5));
}
