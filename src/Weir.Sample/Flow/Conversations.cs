using Weir.Directory.Contracts;
using Weir.Sample.Contracts;
using Weir.Sample.Files;
using Weir.Sample.Outside;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Flow;

/// <summary>What people write to each other: topics, replies with quotes, signatures, attachments.</summary>
internal sealed class Conversations(int seed, Post post, Outsiders outsiders)
{
    private readonly Staff _staff = post.Staff;

    /// <summary>A conversation between colleagues.</summary>
    public IEnumerable<Planned> Internal(string key, DateTimeOffset start, TimeSpan longest)
    {
        var dice = Dice.For(seed, "internal", key);
        var sender = dice.Pick(_staff.Users);
        var language = dice.Chance(0.45) ? Staff.LanguageOf(sender) : "en";
        var recipients = InternalRecipients(dice, sender, language);
        var length = dice.Weighted((1, 60.0), (2, 25), (3, 10), (5, 5));
        var first = recipients[0];
        var other = _staff.Find(first) ?? _staff.Find((_staff.FindList(first)?.Members ?? [sender.Address])[0]) ?? sender;
        var talk = new Talk(seed, key, language, "internal", start, post);
        for (var turn = 0; turn < length; turn++)
        {
            var (from, to) = turn % 2 == 0 ? (sender, recipients) : (other, [sender.Address]);
            if (talk.At - start > longest)
            {
                yield break;
            }

            yield return talk.Submit(from, to, "internal");
            if (turn == 0 && dice.Chance(0.05) && _staff.Find(first) is { Kind: MailboxKind.User } keeper)
            {
                yield return Move(talk.LastKey, talk.LastAt.AddMinutes(dice.Between(2, 200)), keeper.Address, $"NB-{dice.Between(210, 229)}");
            }

            talk.Wait(dice);
        }
    }

    /// <summary>A conversation with a customer or supplier.</summary>
    public IEnumerable<Planned> External(string key, DateTimeOffset start, TimeSpan longest)
    {
        var dice = Dice.For(seed, "external", key);
        var contact = dice.Pick(outsiders.Contacts);
        var insider = dice.Pick(_staff.Users);
        var recipients = new List<string> { AddressOf(dice, insider) };
        if (dice.Chance(0.35))
        {
            recipients.Add(dice.Weighted((dice.Pick(_staff.Users).Address, 5.0), (_staff.SharedInfo.Address, 2), ($"purchasing@{Staff.Domain}", 1)));
        }

        var length = dice.Weighted((1, 58.0), (2, 24), (3, 12), (4, 6));
        var talk = new Talk(seed, key, contact.Company.Language, "external", start, post);
        var isOurs = dice.Chance(0.1);
        for (var turn = 0; turn < length; turn++)
        {
            if (talk.At - start > longest)
            {
                yield break;
            }

            if (isOurs)
            {
                yield return dice.Chance(0.012)
                    ? talk.Submit(insider, [contact.Address], "outbound", new SampleDelivery { Recipient = contact.Address, OriginalRecipient = contact.Address, Outcome = SampleOutcome.Failed, Reply = "550 5.1.1 user unknown" })
                    : talk.Submit(insider, [contact.Address], "outbound");
            }
            else
            {
                yield return talk.Receive(contact, [.. recipients.Distinct(StringComparer.Ordinal)], insider);
                if (dice.Chance(0.03))
                {
                    yield return Click(talk.LastKey, talk.LastAt.AddMinutes(dice.Between(1, 300)), $"https://www.{contact.Company.Domain}/", insider, "ClickAllowed");
                }
            }

            isOurs = dice.Chance(isOurs ? 0.1 : 0.42);
            talk.Wait(dice);
        }
    }

    /// <summary>Machines of the house: scans, reports, alarms.</summary>
    public Planned Machine(string key, DateTimeOffset at)
    {
        var dice = Dice.For(seed, "machine", key);
        var person = dice.Pick(_staff.Users);
        var (sender, recipient, subject, text) = dice.Below(3) switch
        {
            0 => (_staff.Scanner, person.Address, $"Scan {dice.Between(1000, 9999)}", "Your scan is attached.\r\n"),
            1 => (_staff.Erp, $"finance@{Staff.Domain}", $"Bookings {at:yyyy-MM-dd}: {dice.Between(12, 140)} new", $"Open items: {dice.Between(10, 90)}\r\nBlocked invoices: {dice.Below(5)}\r\n"),
            _ => (_staff.Monitoring, $"it@{Staff.Domain}", $"[{dice.Pick<string>(["OK", "WARNING", "OK", "CRITICAL"])}] nh-srv-{dice.Between(1, 24):00} disk", $"Used: {dice.Between(40, 97)} %\r\n"),
        };
        return post.Submitted(NewPlan(key, at, "internal"), sender, [recipient], () => new Draft
        {
            From = (sender.DisplayName, sender.Address),
            To = [("", recipient)],
            Subject = subject,
            Date = at,
            MessageId = Post.MessageId(key, Staff.Domain),
            Text = text,
            Enclosures = sender == _staff.Scanner ? [new Enclosure($"scan{dice.Between(1000, 9999)}.pdf", "application/pdf", PdfFile.Write("Scan", [$"Page 1 of 1, {at:yyyy-MM-dd}"]))] : [],
            Fields = [("Auto-Submitted", "auto-generated")],
        }, address: "192.0.2.20");
    }

    public static Planned NewPlan(string key, DateTimeOffset at, string kind, string story = "") =>
        new() { Key = key, At = at, Kind = kind, Story = story, Make = () => throw new InvalidOperationException("a plan without content") };

    public Planned Click(string mailKey, DateTimeOffset at, string url, Person person, string action, string story = "", string address = "", string agent = "", bool isClickedThrough = false, string clickId = "") => NewPlan($"{mailKey}.click{(action == "UrlScanInProgress" ? $"s{address}{at.Ticks}" : action)}{person.Address}", at, "click", story) with
    {
        Make = () => new SampleClick
        {
            At = at,
            Story = story,
            MailKey = mailKey,
            Url = url,
            Account = person.Address,
            IpAddress = address.Length > 0 ? address : Staff.AddressOf(person.Office),
            UserAgent = agent.Length > 0 ? agent : "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            ActionType = action,
            IsClickedThrough = isClickedThrough,
            ClickId = clickId.Length > 0 ? clickId : new Guid(Dice.For(seed, "click", mailKey, person.Address, at.Ticks).Bytes(16)).ToString("D"),
        },
    };

    public static Planned Move(string mailKey, DateTimeOffset at, string mailbox, string folder, string story = "") => NewPlan($"{mailKey}.move{mailbox}", at, "move", story) with
    {
        Make = () => new SampleUserMove { At = at, Story = story, MailKey = mailKey, Mailbox = mailbox, Folder = folder },
    };

    private List<string> InternalRecipients(Dice dice, Person sender, string language)
    {
        if (dice.Chance(0.17))
        {
            var list = dice.Weighted(("hamburg", 3.0), ("lyon", 4), ("gdansk", 4), ("finance", 6), ("purchasing", 6), ("it", 6), ("yard-handover", 3), ("all", 1));
            return [$"{list}@{Staff.Domain}"];
        }

        var near = _staff.Users.Where(user => user != sender && (language == "en" || Staff.LanguageOf(user) == language)).ToList();
        return [.. dice.Some(near, dice.Weighted((1, 40.0), (2, 25), (3, 15), (4, 10), (6, 10))).Select(person => AddressOf(dice, person))];
    }

    // Some people are known by an alias.
    private static string AddressOf(Dice dice, Person person) => person.Aliases.Count > 0 && dice.Chance(0.2) ? dice.Pick(person.Aliases) : person.Address;
}
