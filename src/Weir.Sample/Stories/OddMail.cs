using System.Globalization;
using System.Text;
using Weir.Mail.Contracts;
using Weir.Sample.Contracts;
using Weir.Sample.Files;
using Weir.Sample.Flow;
using Weir.Sample.Outside;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Stories;

/// <summary>Mail that breaks habits: one each of what a mail system meets in a year. Real programs sent every one of these kinds.</summary>
internal sealed class OddMail : IStory
{
    /// <summary>What is sent, in this order, by name.</summary>
    public static readonly string[] Kinds =
    [
        "no-date", "no-message-id", "same-message-id-1", "same-message-id-2", "empty-from", "two-from", "null-sender-bounce", "calendar", "smime", "pgp",
        "iso-2022-jp", "koi8-r", "emoji-zero-width", "formula-subject", "long-name", "nested-40", "large-25mb", "sixty-recipients", "ipv6-only", "over-quota",
    ];

    private const int Large = 18_500_000;

    public string Letter => "odd";

    public string Title => "Odd mail";

    public IReadOnlyDictionary<string, object> Promises { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["messages"] = Kinds.Length,
        ["refusedRecipients"] = 1,
    };

    public IEnumerable<Planned> Plan(Cast cast)
    {
        var dice = cast.Dice("odd");
        foreach (var (index, kind) in Kinds.Index())
        {
            var at = cast.Settings.Now.AddHours(-13 * (index + 1)).AddMinutes(-dice.Below(50));
            var contact = cast.Outsiders.Contacts[(index * 7) + 5];
            var person = cast.Staff.Users[(index * 3 + 1) % cast.Staff.Users.Count];
            yield return Send(cast, kind, at, contact, person == cast.Staff.Forwarder ? cast.Staff.Users[2] : person);
        }

        var refused = cast.Settings.Now.AddHours(-31);
        yield return Conversations.NewPlan("odd.refused", refused, "refusal", "odd") with
        {
            Make = () => new SampleRefusal
            {
                At = refused,
                Story = "odd",
                MailFrom = cast.Outsiders.Contacts[3].Address,
                Recipient = $"warehouse@{Staff.Domain}",
                Reply = $"550 5.1.1 <warehouse@{Staff.Domain}>: Recipient address rejected: User unknown in virtual mailbox table",
                ClientIp = cast.Outsiders.Contacts[3].Company.Addresses[0],
                Helo = $"mail.{cast.Outsiders.Contacts[3].Company.Domain}",
            },
        };
    }

    private static Planned Send(Cast cast, string kind, DateTimeOffset at, Contact contact, Directory.Contracts.Person person)
    {
        var key = $"odd.{kind}";
        IReadOnlyList<string> recipients = kind == "sixty-recipients"
            ? [.. cast.Staff.People.Select(mailbox => mailbox.Address).Take(60)]
            : [person.Address];
        var ip = kind == "ipv6-only" ? "2001:db8:77::25" : contact.Company.Addresses[0];
        IReadOnlyList<SampleDelivery> deliveries = kind == "over-quota"
            ? [new SampleDelivery { Recipient = person.Address, OriginalRecipient = person.Address, Outcome = SampleOutcome.Failed, Reply = "452 4.2.2 mailbox full" }]
            : cast.Post.Deliver(recipients);
        return Conversations.NewPlan(key, at, "odd", "odd") with
        {
            Deliveries = deliveries,
            Make = () => new SampleMail
            {
                At = at,
                Story = "odd",
                Key = key,
                Raw = Write(kind, at, contact, person, ip),
                Envelope = new Envelope
                {
                    MailFrom = kind is "null-sender-bounce" ? "" : contact.Address,
                    Recipients = recipients,
                    ClientIp = ip,
                    ClientName = $"mail.{contact.Company.Domain}",
                    Helo = $"mail.{contact.Company.Domain}",
                    QueueId = Post.QueueId(key),
                },
                Deliveries = deliveries,
            },
        };
    }

    private static byte[] Write(string kind, DateTimeOffset at, Contact contact, Directory.Contracts.Person person, string ip)
    {
        var date = at.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000";
        var to = $"To: {person.Address}";
        var from = $"From: <{contact.Address}>";
        var id = $"Message-ID: <{Post.MessageId($"odd.{kind}", contact.Company.Domain)}>";
        var received = $"Received: {Draft.Hop($"pc.{contact.Company.Domain}", ip, $"mail.{contact.Company.Domain}", "ESMTPS", "ODD0001", at.AddSeconds(-3))}";
        const string plain = "Content-Type: text/plain; charset=utf-8";
        var same = $"Message-ID: <repeated-order-number@{contact.Company.Domain}>";
        return kind switch
        {
            "no-date" => Lines([received, from, to, "Subject: Price list", id, plain], "The new price list comes next week.\n"),
            "no-message-id" => Lines([received, from, to, "Subject: Fax report", $"Date: {date}", plain], "1 page sent.\n"),
            "same-message-id-1" => Lines([received, from, to, "Subject: Order confirmation 1", $"Date: {date}", same, plain], "Your first order is confirmed.\n"),
            "same-message-id-2" => Lines([received, from, to, "Subject: Order confirmation 2", $"Date: {date}", same, plain], "Your second order is confirmed.\n"),
            "empty-from" => Lines([received, "From:", to, "Subject: Status", $"Date: {date}", id, plain], "Machine 4 stopped.\n"),
            "two-from" => Lines([received, from, $"From: <second@{contact.Company.Domain}>", to, "Subject: Shared account", $"Date: {date}", id, plain], "Both of us sent this.\n"),
            "null-sender-bounce" => Bounce(received, to, date, id, contact, person),
            "calendar" => Calendar(received, from, to, date, id, at, contact, person),
            "smime" => Lines([received, from, to, "Subject: Signed contract", $"Date: {date}", id, "MIME-Version: 1.0", "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=\"sm\""], $"--sm\n{plain}\n\nThe contract is signed.\n--sm\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=smime.p7s\n\nMIAGCSqGSIb3DQEHAqCAMIACAQExDzANBglghkgBZQMEAgEFADAA\n--sm--\n"),
            "pgp" => Lines([received, from, to, "Subject: ...", $"Date: {date}", id, "MIME-Version: 1.0", "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"pg\""], "--pg\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--pg\nContent-Type: application/octet-stream; name=encrypted.asc\nContent-Disposition: inline; filename=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n\nhF4DAAAAAAAAAAASAQdA\n=AAAA\n-----END PGP MESSAGE-----\n--pg--\n"),
            "iso-2022-jp" => Lines([received, from, to, "Subject: =?ISO-2022-JP?B?GyRCJCpMZCQkOWckbyQ7GyhC?=", $"Date: {date}", id, "MIME-Version: 1.0", "Content-Type: text/plain; charset=ISO-2022-JP", "Content-Transfer-Encoding: 7bit"], "\u001b$B$*Ld$$9g$o$;\u001b(B\n"),
            "koi8-r" => Lines([received, from, to, "Subject: =?KOI8-R?B?9MXT1A==?=", $"Date: {date}", id, "MIME-Version: 1.0", "Content-Type: text/plain; charset=KOI8-R", "Content-Transfer-Encoding: base64"], "9MXT1AoK8NLJ18XUCg==\n"),
            "emoji-zero-width" => Lines([received, from, to, $"Subject: =?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("🚢 Ship\u200Bping 🎉 news"))}?=", $"Date: {date}", id, plain], "The ship left on time.\n"),
            "formula-subject" => Lines([received, from, to, "Subject: =cmd|'/c calc'!A1", $"Date: {date}", id, plain], "The subject is a formula for spreadsheets.\n"),
            "long-name" => Lines([received, $"From: \"{string.Join(' ', Enumerable.Repeat("Department", 28))}\"\n <{contact.Address}>", to, "Subject: New phone numbers", $"Date: {date}", id, plain], "Our phone numbers have changed.\n"),
            "nested-40" => Nested(received, from, to, date, id, contact),
            "large-25mb" => WriteLarge(at, contact, person),
            "sixty-recipients" => Lines([received, from, "To: undisclosed-recipients:;", "Subject: Season's greetings", $"Date: {date}", id, plain], "To everybody at Nordhaven: thank you for the year.\n"),
            "ipv6-only" => Lines([received, from, to, "Subject: Over IPv6", $"Date: {date}", id, plain], "This mail never saw an IPv4 address.\n"),
            _ => Lines([received, from, to, "Subject: Photos", $"Date: {date}", id, plain], "The photos follow.\n"),
        };
    }

    private static byte[] Bounce(string received, string to, string date, string id, Contact contact, Directory.Contracts.Person person) => Lines(
        [received, $"From: Mail Delivery System <mailer-daemon@{contact.Company.Domain}>", to, "Subject: Undelivered Mail Returned to Sender", $"Date: {date}", id, "Auto-Submitted: auto-replied", "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=delivery-status; boundary=\"bo\""],
        $"--bo\nContent-Type: text/plain; charset=us-ascii\n\nYour mail could not be delivered.\n--bo\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.{contact.Company.Domain}\n\nFinal-Recipient: rfc822; gone@{contact.Company.Domain}\nAction: failed\nStatus: 5.1.1\n--bo\nContent-Type: text/rfc822-headers\n\nFrom: <{person.Address}>\nSubject: Hello\n--bo--\n");

    private static byte[] Calendar(string received, string from, string to, string date, string id, DateTimeOffset at, Contact contact, Directory.Contracts.Person person) => Lines(
        [received, from, to, "Subject: Invitation: yard visit", $"Date: {date}", id, "MIME-Version: 1.0", "Content-Type: text/calendar; method=REQUEST; charset=utf-8"],
        Encoding.UTF8.GetString(CalendarFile.Write(Post.MessageId("odd.calendar.event", contact.Company.Domain), "Yard visit", at, Clock.HourOf(at).AddDays(4), contact.Address, [person.Address])));

    private static byte[] Nested(string received, string from, string to, string date, string id, Contact contact)
    {
        var inner = $"From: <{contact.Address}>\nSubject: level 40\nContent-Type: text/plain\n\nThe innermost text.\n";
        for (var level = 39; level >= 1; level--)
        {
            inner = $"From: <{contact.Address}>\nSubject: level {level.ToString(CultureInfo.InvariantCulture)}\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n{inner}";
        }

        return Lines([received, from, to, "Subject: Fwd: Fwd: Fwd:", $"Date: {date}", id, "MIME-Version: 1.0", "Content-Type: message/rfc822"], inner);
    }

    private static byte[] WriteLarge(DateTimeOffset at, Contact contact, Directory.Contracts.Person person) => new Draft
    {
        From = (contact.Name, contact.Address),
        To = [(person.DisplayName, person.Address)],
        Subject = "Drawings as agreed, all sheets",
        Date = at,
        MessageId = Post.MessageId("odd.large-25mb", contact.Company.Domain),
        Text = "All sheets in one file, sorry for the size.\n",
        Enclosures = [new Enclosure("sheets.tif", "image/tiff", [0x49, 0x49, 0x2A, 0x00, .. Dice.For(0, "large").Bytes(Large)])],
    }.Write();

    private static byte[] Lines(IReadOnlyList<string> fields, string body) =>
        Encoding.UTF8.GetBytes($"{string.Join('\n', fields)}\n\n{body}".ReplaceLineEndings("\r\n"));
}
