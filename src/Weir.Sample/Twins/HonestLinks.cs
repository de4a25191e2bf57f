namespace Weir.Sample.Twins;

/// <summary>Where honest mail links to: home, through counters of its own or of its sending service, and now and then where anybody can put a page.</summary>
internal static class HonestLinks
{
    private static readonly string[] Hosts = ["www", "www", "account", "my", "app", "help", "shop", "portal", "id", "go", "secure", "login", ""];
    private static readonly string[] Paths = ["account", "orders", "reset", "security", "settings", "billing/invoices", "track", "d", "view", "signin", "login", "verify", "my/subscriptions", "en/help/article", "promo/week", "product", "s", "events", "document", "news"];

    /// <summary>A page of the company.</summary>
    public static string Home(Dice dice, House house)
    {
        var host = dice.Pick(Hosts);
        var root = host.Length > 0 ? $"{host}.{house.Domain}" : house.Domain;
        var tail = dice.Below(7) switch
        {
            0 => "",
            1 => dice.Pick(Paths),
            2 => $"{dice.Pick(Paths)}/{dice.Between(10_000, 99_999_999)}",
            3 => $"{dice.Pick(Paths)}?token={dice.Word(dice.Between(20, 64))}",
            4 => $"{dice.Pick(Paths)}?utm_source=email&utm_medium=crm&utm_campaign={dice.Word(6)}",
            5 => $"{dice.Pick(Paths)}?id={dice.Word(10)}&lang=en",
            _ => $"{dice.Pick(Paths)}/{dice.Word(12)}#{dice.Pick(Paths)}",
        };
        return $"https://{root}/{tail}";
    }

    /// <summary>Through a counter of clicks.</summary>
    public static string Counted(Dice dice, House house, string email)
    {
        var token = dice.Word(dice.Between(24, 120));
        return dice.Below(10) switch
        {
            0 => $"https://click.e.{house.Domain}/?qs={token}",
            1 => $"https://links.{house.Domain}/u/click?_t={token}&_m={dice.Word(16)}",
            2 => $"https://u{dice.Between(100_000, 9_999_999)}.ct.sendgrid.net/ls/click?upn=u001.{token}",
            3 => $"https://{house.Domain.Split('.')[0]}.us{dice.Between(2, 21)}.list-manage.com/track/click?u={dice.Word(25)}&id={dice.Word(10)}&e={dice.Word(10)}",
            4 => $"https://{dice.Word(8)}.r.{dice.Pick<string>(["us-east-1", "eu-west-1", "eu-central-1"])}.awstrack.me/L0/https:%2F%2Fwww.{house.Domain}%2F/1/{token}",
            5 => $"https://email.mg.{house.Domain}/c/eJx{token}",
            6 => $"http://t.news.{house.Domain}/r/?id=h{dice.Word(8)},{dice.Word(8)},1&p1={token}",
            7 => $"https://{dice.Word(6)}.mjt.lu/lnk/{token}/1/{dice.Word(22)}/aHR0cHM6Ly93d3cu",
            8 => $"https://www.{house.Domain}/out?r={token}&m={Uri.EscapeDataString(email)}",
            _ => $"https://trk.klclick.com/ls/click?upn={token}",
        };
    }

    /// <summary>Honest, and like what frauds use: forms, shared files, short links.</summary>
    public static string Odd(Dice dice) => dice.Below(9) switch
    {
        0 => $"https://docs.google.com/document/d/{dice.Word(44)}/edit?usp=sharing",
        1 => $"https://forms.gle/{dice.Word(17)}",
        2 => $"https://bit.ly/{dice.Word(7)}",
        3 => $"https://www.dropbox.com/scl/fi/{dice.Word(20)}/file.pdf?rlkey={dice.Word(24)}",
        4 => $"https://{dice.Word(8)}.sharepoint.com/:w:/s/team/E{dice.Word(40)}",
        5 => $"https://lnkd.in/{dice.Word(8)}",
        6 => $"https://{dice.Word(7)}.github.io/{dice.Word(6)}/",
        7 => $"https://we.tl/t-{dice.Word(10)}",
        _ => $"https://www.eventbrite.com/e/{dice.Word(12)}-tickets-{dice.Between(100_000_000, 999_999_999)}",
    };

    /// <summary>What a person sends to a person.</summary>
    public static string Shared(Dice dice, House house) => dice.Weighted((0, 35.0), (1, 35), (2, 30)) switch
    {
        0 => Home(dice, house),
        1 => Odd(dice),
        _ => dice.Pick<string>([
            $"https://www.youtube.com/watch?v={dice.Word(11)}", $"https://github.com/{dice.Word(7)}/{dice.Word(6)}/issues/{dice.Between(2, 4000)}", $"https://en.wikipedia.org/wiki/{dice.Word(8)}",
            $"https://maps.app.goo.gl/{dice.Word(17)}", $"https://zoom.us/j/{dice.Between(100_000_000, 999_999_999)}", $"https://teams.microsoft.com/l/meetup-join/19%3ameeting_{dice.Word(48)}", $"https://meet.google.com/{dice.Word(3)}-{dice.Word(4)}-{dice.Word(3)}"]),
    };

    public static string Main(Dice dice, House house, string email, bool isPersonal)
    {
        var kind = dice.Unit();
        return isPersonal ? Shared(dice, house)
            : kind < 0.55 ? Home(dice, house)
            : kind < 0.89 ? Counted(dice, house, email)
            // Tickets, payments and surveys are often run by another company.
            : kind < 0.96 ? Home(dice, House.Invented(dice, "en"))
            : Odd(dice);
    }

    /// <summary>The small links around the text: help, privacy, networks, shops for apps.</summary>
    public static string Side(Dice dice, House house) => dice.Below(6) switch
    {
        0 => $"https://www.facebook.com/{house.Domain.Split('.')[0]}",
        1 => $"https://www.instagram.com/{house.Domain.Split('.')[0]}/",
        2 => $"https://www.linkedin.com/company/{house.Domain.Split('.')[0]}",
        3 => $"https://apps.apple.com/app/id{dice.Between(100_000_000, 999_999_999)}",
        _ => Home(dice, house),
    };

    /// <summary>Where the company keeps its pictures.</summary>
    public static string Picture(Dice dice, House house) => dice.Below(6) switch
    {
        0 => $"https://d{dice.Word(13)}.cloudfront.net/{dice.Word(6)}/{dice.Word(5)}.png",
        1 => $"https://{house.Domain.Split('.')[0]}-mail.s3.amazonaws.com/img/{dice.Word(8)}.png",
        2 => $"https://mcusercontent.com/{dice.Word(25)}/images/{dice.Word(12)}.png",
        3 => $"https://images.{house.Domain}/{dice.Word(9)}.jpg",
        4 => $"https://image.e.{house.Domain}/lib/fe{dice.Word(16)}/m/1/{dice.Word(8)}.png",
        _ => $"https://cdn.{house.Domain}/email/{dice.Word(5)}.gif",
    };
}
