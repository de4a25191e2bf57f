using System.Text;

namespace Weir.Sample.Twins;

/// <summary>Where frauds and unwanted advertising link to.</summary>
internal static class FraudLinks
{
    private static readonly string[] Cheap = ["top", "xyz", "icu", "click", "shop", "online", "site", "cfd", "sbs", "live", "buzz", "club", "info", "cyou", "store", "fun", "vip", "life", "space", "website", "ru", "cn", "su", "cc", "pw", "biz", "rest", "lol"];
    private static readonly string[] Builders = ["web.app", "firebaseapp.com", "pages.dev", "workers.dev", "weebly.com", "weeblysite.com", "wixsite.com", "github.io", "vercel.app", "netlify.app", "blogspot.com", "glitch.me", "webflow.io", "godaddysites.com", "square.site", "webnode.page", "strikingly.com", "carrd.co", "framer.app", "onrender.com", "herokuapp.com", "azurewebsites.net", "myshopify.com", "duckdns.org", "ngrok-free.app", "trycloudflare.com", "r2.dev", "edgeone.app", "lovable.app", "replit.app"];
    private static readonly string[] Short = ["bit.ly", "tinyurl.com", "t.co", "is.gd", "cutt.ly", "rb.gy", "t.ly", "s.id", "shorturl.at", "rebrand.ly", "qrco.de", "goo.su", "tiny.cc", "n9.cl", "urlz.fr", "ow.ly", "lnkd.in", "surl.li"];
    private static readonly string[] Bait = ["secure", "login", "account", "verify", "auth", "update", "support", "service", "portal", "webmail", "billing", "id", "confirm", "kunden", "client", "cliente", "sso", "mail", "office", "docs", "track", "pay", "claim", "reward"];
    private static readonly string[] Holes = ["wp-content/plugins/akismet/views", "wp-includes/js/crop", "wp-content/uploads/2023/05", "wp-admin/css/colors", "~site/tmp", ".well-known/pki-validation", "images/stories", "components/com_content", "vendor/phpunit", "cgi-sys", "assets/js/min", "new", "sites/default/files"];
    private static readonly string[] Pages = ["index.html", "login.php", "index.php", "verify.html", "", "signin", "auth.php", "home", "view.php", "go.php", "pay.php", "en/login", "validate.htm", "start"];

    /// <summary>The kind and the address.</summary>
    public static (string Kind, string Url) Draw(Dice dice, House house, string email, bool isAdvertising)
    {
        var kind = isAdvertising
            ? dice.Weighted(("cheap", 34.0), ("shortener", 10), ("builder", 8), ("storage", 8), ("redirect", 7), ("hole", 12), ("random", 13), ("service", 8))
            : dice.Weighted(("lookalike", 17.0), ("cheap", 12), ("builder", 16), ("storage", 7), ("shortener", 8), ("redirect", 7), ("hole", 15), ("random", 6), ("ip", 3), ("service", 4), ("form", 5));
        var url = Of(kind, dice, house, email);
        return (kind, kind is "shortener" or "form" or "service" ? url : Personal(dice, url, email));
    }

    /// <summary>A domain that looks like the company's.</summary>
    public static string Lookalike(Dice dice, House house)
    {
        var word = house.Domain.Split('.')[0];
        var top = dice.Chance(0.55) ? dice.Pick(Cheap) : dice.Pick<string>(["com", "net", "org", "co", "info", "com"]);
        return dice.Below(6) switch
        {
            0 => $"{word}-{dice.Pick(Bait)}.{top}",
            1 => $"{dice.Pick(Bait)}-{word}.{top}",
            2 => $"{Misspelt(dice, word)}.{top}",
            3 => $"{word}.{dice.Pick(Bait)}-{dice.Word(5)}.{top}",
            4 => $"{house.Domain.Replace('.', '-')}.{dice.Pick(Bait)}{dice.Between(1, 99)}.{top}",
            _ => $"{word}{dice.Pick(Bait)}{(dice.Chance(0.3) ? dice.Between(1, 365).ToString(System.Globalization.CultureInfo.InvariantCulture) : "")}.{top}",
        };
    }

    public static string CheapDomain(Dice dice) => dice.Below(3) switch
    {
        0 => $"{dice.Pick(Bait)}-{dice.Word(6)}.{dice.Pick(Cheap)}",
        1 => $"{House.Invented(dice, "en").Domain.Split('.')[0]}.{dice.Pick(Cheap)}",
        _ => $"{dice.Word(dice.Between(6, 14))}.{dice.Pick(Cheap)}",
    };

    /// <summary>Pictures of those who do not take them from the company that they copy: beside the page, or where anybody can leave one.</summary>
    public static string Picture(Dice dice, string bad, House other) => dice.Below(5) switch
    {
        0 or 1 when Uri.TryCreate(bad, UriKind.Absolute, out var page) => $"{page.Scheme}://{page.Host}/{dice.Pick<string>(["images", "img", "assets"])}/{dice.Pick<string>(["logo", "header", dice.Word(6)])}.png",
        2 => $"https://i.{dice.Pick<string>(["ibb.co", "imgur.com", "postimg.cc"])}/{dice.Word(8)}/{dice.Word(6)}.png",
        3 => $"https://d{dice.Word(13)}.cloudfront.net/{dice.Word(6)}/{dice.Word(5)}.png",
        _ => HonestLinks.Picture(dice, other),
    };

    private static string Of(string kind, Dice dice, House house, string email) => kind switch
    {
        "lookalike" => $"http{(dice.Chance(0.8) ? "s" : "")}://{(dice.Chance(0.3) ? "www." : "")}{Lookalike(dice, house)}/{dice.Pick(Pages)}",
        "cheap" => $"http{(dice.Chance(0.7) ? "s" : "")}://{(dice.Chance(0.3) ? $"{dice.Word(4)}." : "")}{CheapDomain(dice)}/{Tail(dice)}",
        "builder" => Builder(dice, house),
        "storage" => Storage(dice),
        "shortener" => $"https://{dice.Pick(Short)}/{dice.Word(dice.Between(5, 8))}",
        "redirect" => Redirect(dice, house, email),
        "hole" => $"http{(dice.Chance(0.6) ? "s" : "")}://{(dice.Chance(0.5) ? "www." : "")}{House.Invented(dice, dice.Pick<string>(["en", "de", "fr", "es", "pt", "it", "nl", "pl"])).Domain}/{dice.Pick(Holes)}/{(dice.Chance(0.5) ? dice.Word(6) + "/" : "")}{dice.Pick(Pages)}",
        "ip" => $"http://{dice.Pick<string>(["192.0.2", "198.51.100", "203.0.113"])}.{dice.Between(1, 254)}{(dice.Chance(0.3) ? ":8080" : "")}/{house.Domain.Split('.')[0]}/{dice.Pick(Pages)}",
        "service" => HonestLinks.Counted(dice, House.Invented(dice, "en"), email),
        "form" => dice.Pick<string>([$"https://docs.google.com/forms/d/e/1FAIpQL{dice.Word(48)}/viewform", $"https://form.jotform.com/{dice.Between(100_000_000, 999_999_999)}", $"https://www.canva.com/design/DA{dice.Word(9)}/{dice.Word(22)}/view", $"https://sites.google.com/view/{dice.Word(9)}/home", $"https://{dice.Word(8)}.typeform.com/to/{dice.Word(8)}", $"https://{dice.Word(9)}.notion.site/{dice.Word(32)}"]),
        _ => $"http{(dice.Chance(0.6) ? "s" : "")}://{House.Invented(dice, "en").Domain}/{Tail(dice)}",
    };

    private static string Builder(Dice dice, House house)
    {
        var word = house.Domain.Split('.')[0];
        var name = dice.Below(5) switch { 0 => $"{word}-{dice.Pick(Bait)}", 1 => $"{dice.Pick(Bait)}-{dice.Word(6)}", 2 => dice.Word(11), 3 => $"{word}{dice.Between(1, 999)}", _ => $"{dice.Pick(Bait)}{dice.Pick(Bait)}" };
        return $"https://{name}.{dice.Pick(Builders)}/{(dice.Chance(0.5) ? dice.Pick(Pages) : "")}";
    }

    private static string Storage(Dice dice)
    {
        var (bucket, file) = (dice.Word(dice.Between(6, 14)), dice.Pick<string>(["index.html", "auth.html", $"{dice.Word(6)}.html", "owa.htm", "doc.html"]));
        return dice.Below(7) switch
        {
            0 => $"https://storage.googleapis.com/{bucket}/{file}",
            1 => $"https://{bucket}.s3.eu-west-3.amazonaws.com/{file}",
            2 => $"https://{bucket}.blob.core.windows.net/web/{file}",
            3 => $"https://{bucket}.nyc3.digitaloceanspaces.com/{file}",
            4 => $"https://ipfs.io/ipfs/bafybei{dice.Word(50)}/{file}",
            5 => $"https://{bucket}.z13.web.core.windows.net/{file}",
            _ => $"https://firebasestorage.googleapis.com/v0/b/{bucket}.appspot.com/o/{file}?alt=media&token={dice.Word(30)}",
        };
    }

    private static string Redirect(Dice dice, House house, string email)
    {
        var target = Uri.EscapeDataString(Of(dice.Pick<string>(["cheap", "hole", "builder", "lookalike"]), dice, house, email));
        return dice.Below(7) switch
        {
            0 => $"https://www.google.com/url?q={target}&sa=D",
            1 => $"https://www.bing.com/ck/a?!&&p={dice.Word(40)}&u={target}",
            2 => $"https://googleads.g.doubleclick.net/pcs/click?adurl={target}",
            3 => $"https://www.{House.Invented(dice, "en").Domain}/redirect.php?url={target}",
            4 => $"https://l.facebook.com/l.php?u={target}",
            5 => $"https://www.google.{dice.Pick<string>(["de", "fr", "es", "co.jp"])}/amp/s/{Uri.UnescapeDataString(target)["http".Length..].TrimStart('s', ':', '/')}",
            _ => $"https://t.{House.Invented(dice, "en").Domain}/track?u={target}&c={dice.Word(6)}",
        };
    }

    private static string Tail(Dice dice) => dice.Below(5) switch { 0 => "", 1 => dice.Word(8), 2 => $"{dice.Word(5)}/{dice.Word(12)}", 3 => $"?{dice.Word(4)}={dice.Word(20)}", _ => $"{dice.Pick(Pages)}?id={dice.Word(9)}" };

    /// <summary>Some links carry the recipient's address.</summary>
    private static string Personal(Dice dice, string url, string email)
    {
        var join = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return dice.Below(9) switch
        {
            0 when !url.Contains('#', StringComparison.Ordinal) => $"{url}#{email}",
            1 => $"{url}{join}email={email}",
            2 => $"{url}{join}e={Convert.ToBase64String(Encoding.ASCII.GetBytes(email)).TrimEnd('=')}",
            3 when !url.Contains('#', StringComparison.Ordinal) => $"{url}#{Convert.ToBase64String(Encoding.ASCII.GetBytes(email)).TrimEnd('=')}",
            _ => url,
        };
    }

    private static string Misspelt(Dice dice, string word)
    {
        var at = dice.Below(word.Length);
        return dice.Below(4) switch
        {
            0 => word.Insert(at, word[at].ToString()),
            1 when word.Length > 4 => word.Remove(at, 1),
            2 => word.Replace("l", "1", StringComparison.Ordinal).Replace("o", "0", StringComparison.Ordinal) is var changed && changed != word ? changed : word + "s",
            _ => word.Replace("m", "rn", StringComparison.Ordinal) is var wide && wide != word ? wide : $"{word}-{word[..Math.Min(2, word.Length)]}",
        };
    }
}
