using Weir.Directory.Contracts;
using Weir.Sample.Flow;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Stories;

/// <summary>
/// A: a fee for a parcel, 26 hours ago. Three properly registered domains, four addresses, 47 rows; everything passes and the page is
/// clean when the mail arrives. An hour later the page asks for cards.
/// </summary>
internal sealed class ParcelFee : IStory
{
    private const int Direct = 44;
    private const int Fetches = 31;
    private const string ScannerAddress = "198.51.100.240";

    public string Letter => "A";

    public string Title => "Parcel fee";

    public IReadOnlyDictionary<string, object> Promises { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["rows"] = 47,
        ["senderDomains"] = 3,
        ["senderAddresses"] = 4,
        ["clicks"] = 9,
        ["clickers"] = 7,
        ["clicksBlocked"] = 2,
        ["clickedThrough"] = 1,
        ["scannerFetches"] = Fetches,
        ["movedToOwnFolder"] = 1,
        ["deletedByUser"] = 1,
        ["inSharedMailbox"] = 1,
        ["forwardedOutside"] = 1,
        ["throughList"] = 1,
    };

    public IEnumerable<Planned> Plan(Cast cast)
    {
        var start = cast.Settings.Now.AddHours(-26);
        var listed = cast.Staff.FindList($"yard-handover@{Staff.Domain}") ?? throw new InvalidOperationException("the list is missing");
        var direct = cast.Dice("A").Some([.. cast.Staff.Users.Where(user => user != cast.Staff.Forwarder && !listed.Members.Contains(user.Address, StringComparer.Ordinal))], Direct - 1);
        // The one who forwards is always among them, the shared mailbox and the list come last.
        List<Person> people = [cast.Staff.Forwarder, .. direct];
        List<string> addresses = [.. people.Select(person => person.Address), cast.Staff.SharedInfo.Address, listed.Address];
        foreach (var (index, address) in addresses.Index())
        {
            yield return Letter_(cast, index, address, start.AddSeconds(index * 8));
        }

        foreach (var click in Clicks(cast, people, start))
        {
            yield return click;
        }

        yield return Conversations.Move("A.5", start.AddMinutes(55), people[5].Address, "Private", "A");
        yield return Conversations.Move("A.6", start.AddMinutes(70), people[6].Address, "Trash", "A");
    }

    private static string LinkOf(Cast cast, int index) => $"https://{cast.Strangers.Parcel[index % 3].Domain}/p/{Dice.For(cast.Settings.Seed, "parcel-link", index).Word(8)}";

    private static Planned Letter_(Cast cast, int index, string address, DateTimeOffset at)
    {
        var company = cast.Strangers.Parcel[index % 3];
        var key = $"A.{index}";
        var person = cast.Staff.Find(address);
        var dice = Dice.For(cast.Settings.Seed, "parcel", index);
        var number = $"{dice.Between(100, 999)}-{dice.Between(10_000, 99_999)}";
        var (subject, text) = (person is null ? "en" : Staff.LanguageOf(person)) switch
        {
            "de" => ($"Sendung {number} liegt bereit", $"Guten Tag,\n\nIhre Sendung {number} liegt im Zustelllager. Offen ist noch das Entgelt von 1,99 EUR. Sie können es hier begleichen und einen Termin wählen:"),
            "fr" => ($"Colis {number} en attente", $"Bonjour,\n\nvotre colis {number} est au dépôt. Il reste un droit de 1,99 EUR. Vous pouvez le régler ici et choisir un rendez-vous :"),
            "pl" => ($"Przesyłka {number} czeka", $"Dzień dobry,\n\nPaństwa przesyłka {number} jest w magazynie. Do zapłaty pozostało 1,99 EUR. Opłatę i termin można wybrać tutaj:"),
            _ => ($"Parcel {number} is waiting", $"Hello,\n\nyour parcel {number} is at the depot. A fee of EUR 1.99 is still open. You can pay it here and choose a time:"),
        };
        var link = LinkOf(cast, index);
        // The first domain has two machines: four addresses in all.
        var ip = company.Addresses[index / 3 % company.Addresses.Count];
        return cast.Post.Inbound(Conversations.NewPlan(key, at, "phish", "A"), company, [address], () => new Draft
        {
            From = ("Parcelo", $"notice@{company.Domain}"),
            To = [(person?.DisplayName ?? "", address)],
            Subject = subject,
            Date = at,
            MessageId = Post.MessageId(key, company.Domain),
            Text = $"{text}\n\n{link}\n\nParcelo\n",
            Html = $"<html><body><p>{text.Replace("\n", "<br>\n", StringComparison.Ordinal)}</p><p><a href=\"{link}\">{link}</a></p><p>Parcelo</p></body></html>\n",
        }, address: ip);
    }

    // Seven people, nine clicks: one twice, one blocked and then through, one blocked; a scanner of links fetches many of them.
    private static IEnumerable<Planned> Clicks(Cast cast, List<Person> people, DateTimeOffset start)
    {
        var bad = start.AddHours(1);
        (int Person, DateTimeOffset At, string Action, bool Through, string Id)[] clicks =
        [
            (1, start.AddMinutes(12), "ClickAllowed", false, "1"),
            (1, start.AddMinutes(31), "ClickAllowed", false, "2"),
            (7, start.AddMinutes(18), "ClickAllowed", false, "3"),
            (11, start.AddMinutes(26), "ClickAllowed", false, "4"),
            (19, start.AddMinutes(40), "ClickAllowed", false, "5"),
            (23, start.AddMinutes(52), "ClickAllowed", false, "6"),
            (28, bad.AddMinutes(9), "ClickBlocked", false, "7"),
            (28, bad.AddMinutes(10), "ClickAllowed", true, "7"),
            (33, bad.AddMinutes(46), "ClickBlocked", false, "8"),
        ];
        foreach (var (person, at, action, through, id) in clicks)
        {
            var clickId = new Guid(Dice.For(cast.Settings.Seed, "parcel-click", id).Bytes(16)).ToString("D");
            yield return cast.Conversations.Click($"A.{person}", at, LinkOf(cast, person), people[person], action, "A", isClickedThrough: through, clickId: clickId) with { Key = $"A.{person}.click{at.Ticks}" };
        }

        for (var fetch = 0; fetch < Fetches; fetch++)
        {
            yield return cast.Conversations.Click($"A.{fetch}", start.AddSeconds((fetch * 8) + 20), LinkOf(cast, fetch), people[fetch], "UrlScanInProgress", "A", ScannerAddress, "LinkScanner/1.4");
        }
    }
}
