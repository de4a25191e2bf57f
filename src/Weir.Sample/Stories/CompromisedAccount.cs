using Weir.Directory.Contracts;
using Weir.Sample.Contracts;
using Weir.Sample.Flow;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Stories;

/// <summary>E: a compromised account, three days ago at 22:40. From a country where nobody works, 38 internal and 120 outside mails in nine minutes; answers are filed away by a rule.</summary>
internal sealed class CompromisedAccount : IStory
{
    private const int Inside = 38;
    private const int Outside = 120;
    private const int Refused = 9;
    private const int Answers = 6;
    private const string ForeignAddress = "203.0.113.150";

    public string Letter => "E";

    public string Title => "Compromised account";

    public IReadOnlyDictionary<string, object> Promises { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["internal"] = Inside,
        ["outside"] = Outside,
        ["minutes"] = 9,
        ["refusedOutside"] = Refused,
        ["answersFiledAway"] = Answers,
        ["clientAddress"] = ForeignAddress,
    };

    public IEnumerable<Planned> Plan(Cast cast)
    {
        var local = Clock.Local(cast.Settings.Now).Date.AddDays(-3).AddHours(22).AddMinutes(40);
        var start = new DateTimeOffset(local, TimeSpan.FromHours(1)).ToUniversalTime();
        var dice = cast.Dice("E");
        var victim = cast.Staff.Users.First(user => user.Department == "Sales" && user.Title == "Account Executive");
        var colleagues = dice.Some([.. cast.Staff.Users.Where(user => user != victim && user != cast.Staff.Forwarder)], Inside).ConvertAll(person => (person.DisplayName, person.Address));
        var contacts = dice.Some(cast.Outsiders.Contacts, Outside);
        List<(string Name, string Address)> everybody = [.. colleagues, .. contacts.Select(contact => (contact.Name, contact.Address))];
        foreach (var (index, (name, address)) in everybody.Index())
        {
            yield return Letter_(cast, victim, index, name, address, start.AddMilliseconds(index * 3_400));
        }

        foreach (var (index, contact) in contacts.Skip(Refused).Take(Answers).Index())
        {
            yield return Answer(cast, victim, index, contact, start.AddMinutes(4 + (index * 7)));
        }
    }

    private static Planned Letter_(Cast cast, Person victim, int index, string name, string address, DateTimeOffset at)
    {
        var key = $"E.{index}";
        var number = index - Inside;
        var isRefused = number is >= 0 and < Refused;
        IReadOnlyList<SampleDelivery>? deliveries = isRefused
            ? [new SampleDelivery { Recipient = address, OriginalRecipient = address, Outcome = SampleOutcome.Failed, Reply = "550 5.7.1 message rejected as suspicious" }]
            : null;
        return cast.Post.Submitted(Conversations.NewPlan(key, at, number < 0 ? "internal" : "outbound", "E"), victim, [address], () => new Draft
        {
            From = (victim.DisplayName, victim.Address),
            To = [(name, address)],
            Subject = "Revised contract",
            Date = at,
            MessageId = Post.MessageId(key, Staff.Domain),
            Text = $"Hello,\n\nplease review the revised contract and sign in with your e-mail account to approve it:\n\nhttp://{cast.Strangers.Attackers[3].Domain}/contract/{Dice.For(cast.Settings.Seed, "contract", index).Word(7)}\n\n{victim.DisplayName}\n{victim.Title}, {victim.Department}\n",
        }, ForeignAddress, deliveries);
    }

    private static Planned Answer(Cast cast, Person victim, int index, Outside.Contact contact, DateTimeOffset at)
    {
        var key = $"E.answer{index}";
        var plan = cast.Post.Inbound(Conversations.NewPlan(key, at, "inbound", "E"), contact.Company, [victim.Address], () => new Draft
        {
            From = (contact.Name, contact.Address),
            To = [(victim.DisplayName, victim.Address)],
            Subject = "Re: Revised contract",
            Date = at,
            MessageId = Post.MessageId(key, contact.Company.Domain),
            InReplyTo = Post.MessageId($"E.{Inside + Refused + index}", Staff.Domain),
            References = [Post.MessageId($"E.{Inside + Refused + index}", Staff.Domain)],
            Text = $"Hello,\n\nwhich contract do you mean? Is this mail really from you?\n\n{contact.Name}\n",
        });
        // The rule of the intruder files every answer where nobody looks.
        return plan with
        {
            Deliveries = [.. plan.Deliveries.Select(Hidden)],
            Make = () => plan.Make() is SampleMail mail ? mail with { Deliveries = [.. mail.Deliveries.Select(Hidden)] } : throw new InvalidOperationException("an answer is a mail"),
        };
    }

    private static SampleDelivery Hidden(SampleDelivery delivery) => delivery with { Folder = "RSS Feeds" };
}
