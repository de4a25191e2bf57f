using System.Globalization;
using Weir.Sample.Contracts;

namespace Weir.Sample.Twins;

/// <summary>Who a mail is from, or claims to be from.</summary>
/// <param name="Domains">The first is its main one.</param>
internal sealed record House(string Name, IReadOnlyList<string> Domains, bool IsKnown)
{
    private static readonly string[] First = ["Tal", "Ver", "Nor", "Bel", "Cor", "Lum", "Sol", "Ar", "Mon", "Fer", "Hal", "Kel", "Mar", "Or", "Pel", "Quin", "Ros", "Sil", "Tor", "Ul", "Van", "Wel", "Zan", "Bri", "Cal", "Del", "Eis", "Fen", "Gar", "Hol"];
    private static readonly string[] Middle = ["vo", "ri", "da", "me", "lo", "na", "ti", "sa", "ne", "ko", "be", "", "", ""];
    private static readonly string[] Last = ["ra", "dine", "tek", "via", "lor", "mond", "ca", "lis", "wick", "berg", "nova", "ston", "mer", "quay", "feld", "port", "sen", "ville"];

    /// <summary>What some known names do, where it is plain: a parcel service sends no notes about benefits. The others may send anything.</summary>
    private static readonly (string Kind, string[] Names)[] Trades =
    [
        ("parcel", ["dhl", "ups", "fedex", "usps", "dpd", "gls", "royal mail", "post", "hermes", "evri", "mondial", "correos", "correios", "postnl", "poczta"]),
        ("bank", ["bank", "hsbc", "barclays", "natwest", "santander", "bbva", "caixa", "itau", "sparkasse", "n26", "ing", "comdirect", "dkb", "american express", "mastercard", "visa", "paypal", "klarna", "revolut", "wise", "stripe", "credit", "societe", "sanpaolo", "unicredit", "nexi", "fargo", "chase", "venmo", "zelle", "bunq"]),
        ("crypto", ["coinbase", "binance", "metamask", "ledger", "trezor", "wallet", "kraken", "opensea", "bitpanda", "exodus", "electrum", "phantom", "uniswap", "kucoin", "bybit", "crypto"]),
        ("media", ["netflix", "spotify", "disney", "playstation", "steam", "roblox", "hbo"]),
        ("social", ["facebook", "instagram", "linkedin", "twitter", "tiktok", "whatsapp", "discord", "telegram"]),
        ("software", ["microsoft", "google", "apple", "dropbox", "adobe", "zoom", "docusign", "wetransfer", "mcafee", "norton", "kaspersky", "avast", "yahoo", "aol", "slack", "github"]),
        ("hosting", ["godaddy", "ionos", "strato", "ovh", "namecheap", "cpanel", "wordpress", "1&1", "hostinger"]),
        ("telecom", ["telekom", "vodafone", "o2", "orange", "sfr", "movistar", "at&t", "verizon", "xfinity", "t mobile", "swisscom"]),
        ("state", ["hmrc", "irs", "finanzamt", "impots", "tributaria", "inps", "digid", "belasting", "receita", "bundes", "medicare"]),
        ("travel", ["booking", "airbnb", "airlines", "expedia", "bahn", "ryanair"]),
        ("shop", ["amazon", "walmart", "target", "costco", "ebay", "aliexpress", "temu", "shein", "lidl", "aldi", "rewe", "ikea", "decathlon", "carrefour", "fnac", "otto", "mediamarkt", "saturn", "bol com", "zalando", "lowes", "home depot", "starbucks", "kohls", "douglas", "auchan", "leclerc", "magalu"]),
    ];

    public string Domain => Domains[0];

    /// <summary>A company that does not exist, with a domain that fits its name.</summary>
    public static House Invented(Dice dice, string language, string suffix = "")
    {
        var word = dice.Pick(First) + dice.Pick(Middle) + dice.Pick(Last);
        var domain = word.ToLowerInvariant() + (suffix.Length > 0 && dice.Chance(0.5) ? (dice.Chance(0.5) ? "-" : "") + suffix.ToLowerInvariant() : "");
        // Many companies are not called like their domain.
        domain = dice.Chance(0.15) ? (dice.Pick(First) + dice.Pick(Middle) + dice.Pick(Last)).ToLowerInvariant() : domain;
        var country = language switch { "en" => dice.Pick<string>(["co.uk", "ca", "us", "ie"]), "pt" => dice.Pick<string>(["pt", "com.br"]), "de" => dice.Pick<string>(["de", "de", "at", "ch"]), "ja" => "co.jp", _ => language };
        var top = dice.Weighted(("com", 52.0), (country, 30), ("net", 3), ("org", 3), ("io", 4), ("eu", 2), ("co", 2), ("app", 1.5), ("shop", 1), ("store", 0.5), ("online", 0.5), ("cloud", 0.5), ("info", 1.5), ("biz", 0.5), ("xyz", 0.4), ("site", 0.4), ("club", 0.3), ("live", 0.2), ("online", 0.4));
        return new House(suffix.Length > 0 ? $"{word} {suffix}" : word, [$"{domain}.{top}"], IsKnown: false);
    }

    public static House Of(KnownBrand brand)
    {
        var name = brand.Name.Length > 4 || brand.Name.Contains(' ', StringComparison.Ordinal) ? CultureInfo.InvariantCulture.TextInfo.ToTitleCase(brand.Name) : brand.Name.ToUpperInvariant();
        return new House(name, brand.Domains, IsKnown: true);
    }

    /// <summary>Whether a known name may send mail of these kinds.</summary>
    public static bool Fits(KnownBrand brand, IReadOnlyList<string> kinds)
    {
        if (kinds.Count == 0 || kinds.Contains("any", StringComparer.Ordinal))
        {
            return true;
        }

        var name = brand.Name.ToLowerInvariant();
        var trades = Trades.Where(trade => trade.Names.Any(known => name.Contains(known, StringComparison.Ordinal))).Select(trade => trade.Kind).ToList();
        return trades.Count == 0 || trades.Exists(trade => kinds.Contains(trade, StringComparer.Ordinal));
    }

    /// <summary>What an invented company of a kind adds to its name.</summary>
    public static string Suffix(Dice dice, IReadOnlyList<string> kinds) => kinds.Count == 0 || dice.Chance(0.4) ? "" : kinds[0] switch
    {
        "bank" => dice.Pick<string>(["Bank", "Pay", "Finance"]),
        "parcel" => dice.Pick<string>(["Express", "Logistics", "Parcel"]),
        "crypto" => dice.Pick<string>(["Wallet", "Exchange", "Coin"]),
        "media" => dice.Pick<string>(["TV", "Play", "Music"]),
        "hosting" => dice.Pick<string>(["Hosting", "Domains", "Web"]),
        "software" => dice.Pick<string>(["Cloud", "Software", "Labs", "365"]),
        "travel" => dice.Pick<string>(["Travel", "Air", "Tours"]),
        "shop" => dice.Pick<string>(["Store", "Market", "Home"]),
        _ => dice.Pick<string>(["Group", "Services", ""]),
    };
}
