using System.Globalization;

namespace Weir.Sample.Twins;

/// <summary>Values for the slots of one labelled mail.</summary>
internal static class TwinSlots
{
    private static readonly string[] Devices = ["Windows 11", "iPhone 15", "MacBook", "Android", "Chrome, Windows", "Firefox, Linux", "iPad", "Safari, macOS"];
    private static readonly string[] Cities = ["Rotterdam", "Leeds", "Warszawa", "Lagos", "Lyon", "Moscow", "Ohio", "Valencia", "Porto", "Graz", "Toronto", "São Paulo", "Milano", "Hanoi", "Bremen", "Dublin"];

    public static Dictionary<string, string> Of(Dice dice, TwinTexts texts, string language, House house, Recipients to, DateTimeOffset at)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        string Day(int from, int until) => at.AddDays(dice.Between(from, until)).ToString(dice.Chance(0.5) ? "d" : language switch { "de" => "d. MMMM yyyy", "es" or "pt" => "d 'de' MMMM 'de' yyyy", "ja" => "yyyy年M月d日", _ => "d MMMM yyyy" }, culture);
        var symbol = language switch { "en" => dice.Pick<string>(["$", "£", "€"]), "ja" => "¥", _ => "€" };
        string Money(int least, int most) => (dice.Between(least * 100, most * 100) / 100m).ToString("N2", culture) is var number && (language == "en" || language == "ja") ? symbol + number : $"{number} {(dice.Chance(0.6) ? symbol : "EUR")}";
        var names = to.Name.Split(' ');
        var person = Recipients.Person(dice, language);
        var other = House.Invented(dice, language);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["brand"] = house.Name,
            ["home"] = house.Domain,
            ["name"] = to.Name,
            ["first"] = names[0],
            ["last"] = names[^1],
            ["email"] = to.Address,
            ["domain"] = to.Domain,
            ["person"] = person,
            ["person-first"] = person.Split(' ')[0],
            ["company"] = other.Name,
            ["company-domain"] = other.Domain,
            ["order"] = dice.Below(4) switch { 0 => FormattableString.Invariant($"{dice.Between(100, 999)}-{dice.Between(1_000_000, 9_999_999)}-{dice.Between(1_000_000, 9_999_999)}"), 1 => dice.Word(8).ToUpperInvariant(), _ => FormattableString.Invariant($"{dice.Between(100_000, 99_999_999)}") },
            ["ref"] = $"{dice.Word(3).ToUpperInvariant()}-{dice.Between(1000, 999_999)}",
            ["amount"] = Money(4, 900),
            ["small"] = Money(1, 4),
            ["large"] = Money(2_000, 90_000),
            ["fortune"] = Money(800_000, 9_000_000),
            ["date"] = Day(1, 9),
            ["past"] = Day(-20, -1),
            ["later"] = Day(14, 60),
            ["month"] = culture.DateTimeFormat.GetMonthName(at.Month),
            ["year"] = at.Year.ToString(CultureInfo.InvariantCulture),
            ["weekday"] = culture.DateTimeFormat.GetDayName(at.AddDays(dice.Between(1, 5)).DayOfWeek),
            ["time"] = FormattableString.Invariant($"{dice.Between(7, 21)}:{dice.Between(10, 59)}"),
            ["code"] = dice.Chance(0.8) ? FormattableString.Invariant($"{dice.Between(100_000, 999_999)}") : FormattableString.Invariant($"{dice.Between(100, 999)}-{dice.Between(100, 999)}"),
            ["number"] = dice.Between(2, 48).ToString(CultureInfo.InvariantCulture),
            ["percent"] = dice.Pick<string>(["10", "15", "20", "25", "30", "40", "50", "60", "70"]),
            ["points"] = dice.Between(400, 19_000).ToString("N0", culture),
            ["hours"] = dice.Pick<string>(["12", "24", "48", "72"]),
            ["minutes"] = dice.Pick<string>(["5", "10", "15", "30"]),
            ["city"] = dice.Pick(Cities),
            ["device"] = dice.Pick(Devices),
            ["ip"] = FormattableString.Invariant($"203.0.113.{dice.Between(1, 254)}"),
            ["card"] = dice.Between(1000, 9999).ToString(CultureInfo.InvariantCulture),
            ["product"] = dice.Pick(texts.Words("product")),
            ["event"] = dice.Pick(texts.Words("event")),
            ["file"] = dice.Pick(texts.Words("file")),
            ["phone"] = FormattableString.Invariant($"+{dice.Between(30, 49)} {dice.Between(100, 999)} {dice.Between(100_000, 9_999_999)}"),
            ["wallet"] = "bc1q" + dice.Word(38),
            ["badurl"] = FraudLinks.Draw(dice, other, to.Address, isAdvertising: false).Url is var url && dice.Chance(0.5) ? url.Replace("http", "hxxp", StringComparison.Ordinal).Replace(".", "[.]", StringComparison.Ordinal) : url,
        };
    }
}
