namespace Weir.Mail.Text;

/// <summary>
/// The language of a text by its script (Cyrillic, Greek, Hebrew, Arabic, Chinese, Japanese, Korean, Thai) or, for Latin letters, by the share of
/// its words that are among the most frequent small words of a language. Undecided (empty) below three such words or without a clear lead.
/// </summary>
internal static class LanguageGuess
{
    private const int MostCharacters = 20_000;

    private static readonly (string Code, string Words)[] SmallWords =
    [
        ("en", "the and you to of is your for in this that with we have be are on from our will it if not or as at by please can my me was but they what all has any do"),
        ("de", "der die und sie das ist nicht in den zu mit auf für ihre ihr wir ein eine von dem bitte haben im es ich sich wird werden oder auch sind aus bei nach nur uns diese dieser wenn können"),
        ("fr", "le la les et vous de des est pour votre nous dans une un que en pas sur avec ce qui au vos par plus je il sont cette être ou merci notre ne du aux bonjour"),
        ("es", "el la los las de que y en un una su por para con no es del se lo al como más le usted este esta o si sus hola gracias nos ha pero son tu mi"),
        ("it", "il di che e la un una per non con del della si è sono le gli in al ha da questo nel alla come più anche su ma suo tuo i dei delle mi ti ci grazie"),
        ("pt", "o a de que e do da em um uma para não com os as se por na no seu sua mais você ou foi ao são dos das como está muito nos este esta pelo pela meu obrigado"),
        ("nl", "de het een en van is in op te dat voor met niet u uw aan zijn wij we deze bij ook als naar er om maar heeft kunt ons onze door wordt worden dit of hebben je ik"),
        ("pl", "i w na z do nie się że jest to o dla od po za jak przez czy aby ale proszę państwa lub oraz są tym tego może być który która twój twoje ze przy"),
        ("sv", "och att det är en i som på för med av du vi den till inte har om ett din kan ditt från var så eller men dig oss vill ska när dina här jag vår"),
        ("da", "og at det er en i som på for med af du vi den til ikke har om et din kan dit fra var så eller men dig os vil skal når dine her jeg vores være blev"),
        ("no", "og at det er en i som på for med av du vi den til ikke har om et din kan ditt fra var så eller men deg oss vil skal når dine her jeg vår være ble"),
        ("cs", "a se na je že to v s z do pro od o by ale jako které který jsou nebo jsme jste váš vaše si podle být k po při tak jen pokud prosím"),
        ("tr", "ve bir bu için ile da de çok olarak daha en ne var mi sizin siz biz olan gibi kadar sonra ancak veya değil lütfen size ya her"),
        ("ro", "și de la în cu pe nu este un o pentru că din sunt se mai vă dumneavoastră sau care prin fi am au acest această ca"),
        ("hu", "a az és hogy nem is egy ez van meg kell csak de ha már vagy mint önnek ön által lesz minden el be ki"),
        ("fi", "ja on ei se että oli hän mutta ovat tai kun niin myös sinun teidän voit jos tämä ole kuin voi mukaan"),
        ("id", "yang dan di untuk dengan ini dari pada anda kami akan tidak ke atau dalam adalah itu juga bisa silakan telah"),
        ("vi", "và của là có không được cho các trong này với một để bạn chúng tôi những đã từ khi vui lòng"),
    ];

    private static readonly Dictionary<string, int[]> Votes = Count();

    public static string Of(string text)
    {
        var part = text.AsSpan(0, Math.Min(text.Length, MostCharacters));
        return ByScript(part) is { } code ? code : ByWords(part);
    }

    /// <summary>Empty when no letters decide; nothing when most letters are Latin.</summary>
    private static string? ByScript(ReadOnlySpan<char> text)
    {
        var (latin, cyrillic, ukrainian, greek, hebrew, arabic, persian, han, kana, hangul, thai, devanagari) = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var c in text)
        {
            switch (c)
            {
                case (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '\u00C0' and <= '\u024F'): latin++; break;
                case >= '\u0400' and <= '\u04FF':
                    cyrillic++;
                    ukrainian += c is 'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є' or 'Ґ' ? 1 : 0;
                    break;
                case >= '\u0370' and <= '\u03FF': greek++; break;
                case >= '\u0590' and <= '\u05FF': hebrew++; break;
                case >= '\u0600' and <= '\u06FF':
                    arabic++;
                    persian += c is 'پ' or 'چ' or 'ژ' or 'گ' or 'ی' or 'ک' ? 1 : 0;
                    break;
                case (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF'): han++; break;
                case >= '\u3040' and <= '\u30FF': kana++; break;
                case >= '\uAC00' and <= '\uD7AF': hangul++; break;
                case >= '\u0E00' and <= '\u0E7F': thai++; break;
                case >= '\u0900' and <= '\u097F': devanagari++; break;
                default: break;
            }
        }

        // One ideograph or syllable says as much as several Latin letters; addresses and names are Latin in all languages.
        var most = Math.Max(Math.Max(Math.Max(cyrillic, greek), Math.Max(hebrew, arabic)), Math.Max(Math.Max((han + kana) * 3, hangul * 3), Math.Max(thai, devanagari)));
        return most < 8 || most < latin / 2 ? null
            : most == cyrillic ? ukrainian * 50 > cyrillic ? "uk" : "ru"
            : most == greek ? "el"
            : most == hebrew ? "he"
            : most == arabic ? persian * 20 > arabic ? "fa" : "ar"
            : most == hangul * 3 ? "ko"
            : most == thai ? "th"
            : most == devanagari ? "hi"
            : kana * 10 > han ? "ja" : "zh";
    }

    private static string ByWords(ReadOnlySpan<char> text)
    {
        var scores = new int[SmallWords.Length];
        var words = 0;
        var lookup = Votes.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[16];
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && char.IsLetter(text[at]))
            {
                at++;
            }

            words++;
            if (at - start <= 12)
            {
                var length = text[start..at].ToLowerInvariant(lower);
                if (lookup.TryGetValue(lower[..length], out var votes))
                {
                    for (var i = 0; i < votes.Length; i++)
                    {
                        scores[i] += votes[i];
                    }
                }
            }
        }

        var best = Array.IndexOf(scores, scores.Max());
        var second = scores.Where((_, i) => i != best).Max();

        // A word that few languages share weighs more; three words of its own are the least.
        return scores[best] < 24 || scores[best] * 10 < words * 6 || scores[best] * 10 < second * 11 ? "" : SmallWords[best].Code;
    }

    /// <summary>A word's vote: 12 when it is of one language, shared among several otherwise.</summary>
    private static Dictionary<string, int[]> Count()
    {
        var owners = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var language = 0; language < SmallWords.Length; language++)
        {
            foreach (var word in SmallWords[language].Words.Split(' ').Distinct(StringComparer.Ordinal))
            {
                if (!owners.TryGetValue(word, out var list))
                {
                    owners[word] = list = [];
                }

                list.Add(language);
            }
        }

        return owners.ToDictionary(
            pair => pair.Key,
            pair => Enumerable.Range(0, SmallWords.Length).Select(i => pair.Value.Contains(i) ? Math.Max(3, 12 / pair.Value.Count) : 0).ToArray(),
            StringComparer.Ordinal);
    }
}
