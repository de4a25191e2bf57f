using System.Globalization;
using System.Text;
using Weir.Directory.Contracts;
using Weir.Sample.Contracts;
using Weir.Sample.Files;
using Weir.Sample.Outside;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Flow;

/// <summary>One conversation: its subject and facts stay, replies quote what was said.</summary>
internal sealed class Talk
{
    private readonly int _seed;
    private readonly string _key;
    private readonly string _language;
    private readonly Post _post;
    private readonly Phrases _phrases;
    private readonly Topic _topic;
    private readonly Dictionary<string, string> _slots;
    private readonly string _subject;
    private readonly DateTimeOffset _start;
    private readonly List<string> _ids = [];
    private string _said = "";
    private string _saidBy = "";
    private int _turn;

    public Talk(int seed, string key, string language, string use, DateTimeOffset start, Post post)
    {
        (_seed, _key, _language, _post, _start, At) = (seed, key, language, post, start, start);
        var dice = Dice.For(seed, "talk", key);
        _phrases = Phrases.In(language);
        _topic = _phrases.Topic(dice, use);
        _slots = _phrases.Slots(dice, start, language);
        _slots["from2"] = dice.Pick(post.Staff.Users).DisplayName.Split(' ')[0];
        _subject = Phrases.Fill(dice.Pick(_topic.Subjects), _slots);
    }

    /// <summary>When the next mail is sent.</summary>
    public DateTimeOffset At { get; private set; }

    public string LastKey { get; private set; } = "";

    public DateTimeOffset LastAt { get; private set; }

    public void Wait(Dice dice) =>
        At = Clock.AtWork(At.AddMinutes(dice.Weighted((dice.Between(4, 40), 5.0), (dice.Between(40, 240), 4), (dice.Between(240, 1200), 2))), dice);

    public Planned Submit(Person from, IReadOnlyList<string> to, string kind, params SampleDelivery[] deliveries)
    {
        var plan = Next(kind);
        var write = Prepare(plan, (from.DisplayName, from.Address), [.. to.Select(address => (_post.Staff.Find(address)?.DisplayName ?? _post.Staff.FindList(address)?.DisplayName ?? "", address))], SignatureOf(from), Staff.Domain);
        return _post.Submitted(plan, from, to, write, deliveries: deliveries.Length == 0 ? null : deliveries);
    }

    public Planned Receive(Contact from, IReadOnlyList<string> to, Person insider)
    {
        var plan = Next("inbound");
        var write = Prepare(
            plan,
            (from.Name, from.Address),
            [.. to.Select(address => (_post.Staff.Find(address)?.DisplayName ?? _post.Staff.FindList(address)?.DisplayName ?? insider.DisplayName, address))],
            $"{from.Name}\n{from.Company.Name}\nhttps://www.{from.Company.Domain}/",
            from.Company.Domain);
        return _post.Inbound(plan, from.Company, to, write);
    }

    private static string SignatureOf(Person person) => $"{person.DisplayName}\n{person.Title}, {person.Department}\nNordhaven Marine, {person.Office}";

    private Planned Next(string kind)
    {
        LastKey = $"{_key}.{_turn}";
        LastAt = At;
        return Conversations.NewPlan(LastKey, At, kind);
    }

    // What is said is fixed now; the bytes are made when the mail is taken out.
    private Func<Draft> Prepare(Planned plan, (string Name, string Address) from, IReadOnlyList<(string Name, string Address)> to, string signature, string domain)
    {
        var turn = _turn++;
        var (quoted, quotedBy, ids) = (_said, _saidBy, _ids.ToArray());
        var id = Post.MessageId(plan.Key, domain);
        _ids.Add(id);
        var dice = Dice.For(_seed, "turn", plan.Key);
        var topic = turn == 0 ? _topic : _phrases.Named("reply");
        var slots = new Dictionary<string, string>(_slots, StringComparer.Ordinal) { ["to"] = to.Count == 1 ? to[0].Name.Split(' ')[0] : "" };
        var greeting = Phrases.Fill(_phrases.Greeting(dice), slots).Replace(" ,", ",", StringComparison.Ordinal);
        var sentences = Phrases.Sentences(dice, topic, slots);
        var said = $"{greeting}\n\n{string.Join(dice.Chance(0.5) ? "\n" : " ", sentences)}\n\n{_phrases.Closing(dice)}\n{signature}\n";
        (_said, _saidBy) = (said, $"{from.Name} ({plan.At.ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture)})");
        return () => new Draft
        {
            From = from,
            To = to,
            Subject = turn == 0 ? _subject : $"{(_language == "de" ? "AW" : "Re")}: {_subject}",
            Date = plan.At,
            MessageId = id,
            InReplyTo = ids.Length > 0 ? ids[^1] : "",
            References = ids,
            Text = turn == 0 ? said : $"{said}\n{quotedBy}:\n{Quote(quoted)}",
            Html = dice.Chance(0.55) ? AsHtml(said, quotedBy, turn == 0 ? "" : quoted) : "",
            Enclosures = turn == 0 && _topic.Attachment.Length > 0 && dice.Chance(0.8) ? [Attach(dice, from, to, id)] : [],
        };
    }

    private static string Quote(string text) => string.Join('\n', text.TrimEnd().Split('\n').Select(line => $"> {line}")) + "\n";

    private static string AsHtml(string said, string quotedBy, string quoted)
    {
        var html = new StringBuilder("<html><body style=\"font-family: sans-serif\">\n<p>").Append(Encode(said)).Append("</p>\n");
        if (quoted.Length > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{System.Net.WebUtility.HtmlEncode(quotedBy)}:</p>\n<blockquote>{Encode(quoted)}</blockquote>\n");
        }

        return html.Append("</body></html>\n").ToString();
    }

    private static string Encode(string text) => string.Join("<br>\n", text.TrimEnd().Split('\n').Select(line =>
        line.StartsWith("https://", StringComparison.Ordinal) ? $"<a href=\"{line}\">{line}</a>" : System.Net.WebUtility.HtmlEncode(line)));

    private Enclosure Attach(Dice dice, (string Name, string Address) from, IReadOnlyList<(string Name, string Address)> to, string id) => _topic.Attachment switch
    {
        "pdf" => new Enclosure($"{_topic.Name}-{_slots["order"]}.pdf", "application/pdf", PdfFile.Write(_subject, Phrases.Sentences(dice, _topic, _slots))),
        "docx" => new Enclosure($"{_topic.Name}-{_slots["week"]}.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", WordFile.Write([_subject, .. Phrases.Sentences(dice, _topic, _slots)])),
        "png" => new Enclosure($"IMG_{dice.Between(1000, 9999)}.png", "image/png", PngImage.Write(dice, 12, 8)),
        _ => new Enclosure("invite.ics", "text/calendar; method=REQUEST; charset=utf-8", CalendarFile.Write(id, _subject, _start, Clock.HourOf(_start).AddDays(3), from.Address, to.Select(guest => guest.Address))),
    };
}
