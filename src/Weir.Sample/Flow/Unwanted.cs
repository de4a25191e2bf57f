using System.Globalization;
using Weir.Sample.Contracts;
using Weir.Sample.Files;
using Weir.Sample.Outside;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Flow;

/// <summary>Newsletters, advertising, spam, and the daily small attacks.</summary>
internal sealed class Unwanted(int seed, Post post, Outsiders outsiders, Strangers strangers, Conversations conversations)
{
    private readonly Staff _staff = post.Staff;

    /// <summary>One issue of a newsletter: a mail to each subscriber within minutes.</summary>
    public IEnumerable<Planned> Issue(Company paper, DateTimeOffset hour, double factor)
    {
        var subscribers = Dice.For(seed, "subscribers", paper.Domain).Some(_staff.Users, Math.Min(_staff.Users.Count, (int)Math.Round(13 * factor) + (paper.Domain.Length % 9)));
        var key = $"n{hour.ToUnixTimeSeconds() / 3600}-{paper.Domain.Split('.')[0]}";
        var dice = Dice.For(seed, "issue", key);
        foreach (var (index, person) in subscribers.Index())
        {
            var at = hour.AddSeconds(dice.Below(600) + (index * 7));
            yield return Newsletter($"{key}.{index}", at, paper, person, key);
            if (dice.Chance(0.05))
            {
                yield return conversations.Click($"{key}.{index}", at.AddMinutes(dice.Between(3, 400)), ArticleOf(paper, key), person, "ClickAllowed");
            }
            else if (dice.Chance(0.05))
            {
                yield return Conversations.Move($"{key}.{index}", at.AddMinutes(dice.Between(3, 500)), person.Address, "Trash");
            }
        }
    }

    /// <summary>A single advertisement of a firm that somebody once bought from.</summary>
    public Planned Advertisement(string key, DateTimeOffset at)
    {
        var dice = Dice.For(seed, "advertisement", key);
        return Newsletter(key, at, dice.Pick(outsiders.Newsletters), dice.Pick(_staff.Users), key, isOffer: true);
    }

    public IEnumerable<Planned> Spam(string key, DateTimeOffset at)
    {
        var dice = Dice.For(seed, "spam", key);
        var spammer = dice.Pick(strangers.Spammers);
        if (dice.Chance(0.12))
        {
            // Addresses are guessed or old: the mail server refuses them.
            var guessed = $"{Names.Ascii(dice.Pick(Names.Of("en").First))}@{Staff.Domain}";
            yield return Conversations.NewPlan($"{key}.refused", at, "refusal") with
            {
                Make = () => new SampleRefusal
                {
                    At = at,
                    MailFrom = $"info@{spammer.Domain}",
                    Recipient = guessed,
                    Reply = $"550 5.1.1 <{guessed}>: Recipient address rejected: User unknown in virtual mailbox table",
                    ClientIp = spammer.Addresses[0],
                    Helo = $"mail.{spammer.Domain}",
                },
            };
        }

        var person = dice.Pick(_staff.Users);
        var (subject, text) = dice.Pick(Lures.Spam(spammer.Language));
        // The shop is never where the mail comes from.
        var link = $"http://{dice.Word(5)}.{dice.Pick(strangers.Spammers).Domain}/{dice.Word(8)}";
        var slots = new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = dice.Between(50, 900).ToString(CultureInfo.InvariantCulture), ["link"] = link };
        yield return post.Inbound(Conversations.NewPlan(key, at, "spam"), spammer, [person.Address], () => new Draft
        {
            From = (spammer.Name.Replace('-', ' ').ToUpperInvariant(), $"{dice.Word(6)}@{spammer.Domain}"),
            To = [("", person.Address)],
            Subject = Phrases.Fill(subject, slots),
            Date = at,
            MessageId = Post.MessageId(key, spammer.Domain),
            Text = Phrases.Fill(text, slots) + "\n",
            Html = dice.Chance(0.6) ? $"<html><body><font size=\"5\" color=\"red\">{System.Net.WebUtility.HtmlEncode(Phrases.Fill(subject, slots))}</font><p>{System.Net.WebUtility.HtmlEncode(Phrases.Fill(text, slots)).Replace(link, $"<a href=\"{link}\">CLICK HERE</a>", StringComparison.Ordinal)}</p></body></html>\n" : "",
        });
    }

    /// <summary>One lure sent to several people from one machine within minutes.</summary>
    public IEnumerable<Planned> PhishWave(string key, DateTimeOffset start, int size)
    {
        var dice = Dice.For(seed, "wave", key);
        var attacker = dice.Pick(strangers.Attackers);
        var (name, subject, text, words) = dice.Pick(Lures.Phish);
        var page = strangers.Attackers[(dice.Below(strangers.Attackers.Count - 1) + 1 + strangers.Attackers.ToList().IndexOf(attacker)) % strangers.Attackers.Count];
        var link = $"http://{page.Domain}/{dice.Word(6)}/login.php?id={dice.Word(5)}";
        foreach (var (index, person) in dice.Some(_staff.Users, size).Index())
        {
            var at = start.AddSeconds(index * dice.Between(3, 25));
            var slots = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = person.Address };
            yield return post.Inbound(Conversations.NewPlan($"{key}.{index}", at, "phish"), attacker, [person.Address], () => new Draft
            {
                From = (name, $"no-reply@{attacker.Domain}"),
                To = [("", person.Address)],
                Subject = subject,
                Date = at,
                MessageId = Post.MessageId($"{key}.{index}", attacker.Domain),
                Text = $"{Phrases.Fill(text, slots)}\n\n{words}: {link}\n",
                Html = $"<html><body><p>{System.Net.WebUtility.HtmlEncode(Phrases.Fill(text, slots)).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p><p><a href=\"{link}\">https://webmail.{Staff.Domain}/{words.Replace(' ', '-').ToLowerInvariant()}</a></p></body></html>\n",
            });
        }
    }

    /// <summary>A dangerous file to several people.</summary>
    public IEnumerable<Planned> MalwareWave(string key, DateTimeOffset start, int size)
    {
        var dice = Dice.For(seed, "malware", key);
        var attacker = dice.Pick(strangers.Attackers);
        foreach (var (index, person) in dice.Some(_staff.Users, size).Index())
        {
            var at = start.AddSeconds(index * dice.Between(3, 25));
            var number = dice.Between(10_000, 99_999);
            yield return post.Inbound(Conversations.NewPlan($"{key}.{index}", at, "malware"), attacker, [person.Address], () => new Draft
            {
                From = ("Accounts", $"billing@{attacker.Domain}"),
                To = [("", person.Address)],
                Subject = $"Overdue invoice {number}",
                Date = at,
                MessageId = Post.MessageId($"{key}.{index}", attacker.Domain),
                Text = "Dear Sir or Madam,\n\nplease find the overdue invoice attached and open it today.\n",
                Enclosures = [DemoMalware.Macro($"Invoice-{number}.docm")],
            });
        }
    }

    private static string ArticleOf(Company paper, string issue) => $"https://www.{paper.Domain}/a/{Dice.For(0, "article", paper.Domain, issue).Word(7)}";

    private Planned Newsletter(string key, DateTimeOffset at, Company paper, Weir.Directory.Contracts.Person person, string issue, bool isOffer = false)
    {
        return post.Inbound(Conversations.NewPlan(key, at, "bulk"), paper, [person.Address], Write, bounce: $"bounce+{Dice.For(0, "bounce", key).Word(8)}@{paper.Domain}");

        Draft Write()
        {
            var dice = Dice.For(seed, "newsletter", issue);
            var phrases = Phrases.In(paper.Language);
            var topic = phrases.Named(isOffer && paper.Language == "en" ? "offer" : "newsletter");
            var slots = phrases.Slots(dice, at, paper.Language);
            slots["company"] = paper.Name;
            var sentences = Phrases.Sentences(dice, topic, slots);
            var link = ArticleOf(paper, issue);
            var leave = $"https://www.{paper.Domain}/unsubscribe/{Dice.For(0, "unsubscribe", key).Word(9)}";
            var paragraphs = string.Concat(sentences.Select(sentence => $"<p>{System.Net.WebUtility.HtmlEncode(sentence)}</p>\n"));
            return new Draft
            {
                From = (paper.Name, $"news@{paper.Domain}"),
                To = [(person.DisplayName, person.Address)],
                Subject = Phrases.Fill(dice.Pick(topic.Subjects), slots),
                Date = at,
                MessageId = Post.MessageId(key, paper.Domain),
                Text = $"{paper.Name}\n\n{string.Join("\n\n", sentences)}\n\n{link}\n\nUnsubscribe: {leave}\n",
                Html = $"<html><head><style>body{{font-family:sans-serif}}</style></head><body>\n<h1>{System.Net.WebUtility.HtmlEncode(paper.Name)}</h1>\n<img src=\"cid:logo\" alt=\"\">\n{paragraphs}<p><a href=\"{link}\">Read more</a></p>\n<p><small><a href=\"{leave}\">Unsubscribe</a></small></p>\n</body></html>\n",
                Enclosures = [new Enclosure("logo.png", "image/png", PngImage.Write(Dice.For(seed, "logo", paper.Domain), 10, 3), "logo")],
                Fields = [("List-Id", $"<news.{paper.Domain}>"), ("List-Unsubscribe", $"<{leave}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"), ("Precedence", "bulk")],
            };
        }
    }
}
