using System.Text;
using Weir.Sample.Files;
using Weir.Sample.Flow;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Stories;

/// <summary>H: honest mail that looks wrong. A supplier's invoice that a forwarder broke (SPF and DKIM fail under a policy of reject), the question of the one who misses it, and the payslip notice that six people take for a fraud.</summary>
internal sealed class FalseAlarms : IStory
{
    public string Letter => "H";

    public string Title => "False positives";

    public IReadOnlyDictionary<string, object> Promises { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["brokenInvoices"] = 1,
        ["questions"] = 1,
        ["payslipRows"] = 57,
    };

    public IEnumerable<Planned> Plan(Cast cast)
    {
        var start = cast.Settings.Now.AddDays(-1).AddHours(-5);
        var supplier = cast.Outsiders.Suppliers[1];
        var contact = cast.Outsiders.ContactOf(supplier);
        var buyer = cast.Staff.Users.First(user => user.Title == "Buyer");
        var club = cast.Strangers.Forwarding;
        yield return cast.Post.Inbound(Conversations.NewPlan("H.0", start, "inbound", "H"), supplier, [buyer.Address], () => new Draft
        {
            From = (contact.Name, contact.Address),
            To = [(buyer.DisplayName, $"{buyer.Address.Split('@')[0]}@{club.Domain}")],
            Subject = "Invoice 4471903 for deck winches",
            Date = start.AddMinutes(-2),
            MessageId = Post.MessageId("H.0", supplier.Domain),
            Text = $"Hello {buyer.DisplayName.Split(' ')[0]},\n\nattached is our invoice 4471903 over EUR 12,480.00 for the deck winches. It is due within 30 days.\n\nBest regards\n{contact.Name}\n{supplier.Name}\n",
            Enclosures = [new Enclosure("invoice-4471903.pdf", "application/pdf", PdfFile.Write("Invoice 4471903", ["Deck winches, 2 pieces", "EUR 12,480.00", "Payable within 30 days"]))],
        }, address: club.Addresses[0], onTheWay: raw => Forward(raw, club.Domain, start));

        yield return cast.Post.Submitted(Conversations.NewPlan("H.1", start.AddHours(2), "internal", "H"), buyer, [$"it@{Staff.Domain}"], () => new Draft
        {
            From = (buyer.DisplayName, buyer.Address),
            To = [("IT", $"it@{Staff.Domain}")],
            Subject = "Missing an invoice",
            Date = start.AddHours(2),
            MessageId = Post.MessageId("H.1", Staff.Domain),
            Text = $"Hello,\n\n{contact.Name} of {supplier.Name} says that invoice 4471903 was sent this morning. I do not have it. Was it stopped?\n\n{buyer.DisplayName}\n",
        });

        var payslip = cast.Settings.Now.AddDays(-5).AddHours(-1);
        foreach (var (index, person) in cast.Staff.Users.Index())
        {
            var key = $"H.pay{index}";
            var at = payslip.AddSeconds(index * 2);
            yield return cast.Post.Inbound(Conversations.NewPlan(key, at, "bulk", "H"), cast.Strangers.Payroll, [person.Address], () => new Draft
            {
                From = ("Lohnwerk", $"portal@{cast.Strangers.Payroll.Domain}"),
                To = [(person.DisplayName, person.Address)],
                Subject = "Your payslip is ready",
                Date = at,
                MessageId = Post.MessageId(key, cast.Strangers.Payroll.Domain),
                Text = $"Hello {person.DisplayName},\n\nyour payslip of this month is ready in the portal of your employer:\nhttps://portal.{cast.Strangers.Payroll.Domain}/\n\nThis notice is sent once a month.\n",
                Fields = [("List-Id", $"<payslips.{cast.Strangers.Payroll.Domain}>"), ("Auto-Submitted", "auto-generated")],
            });
        }
    }

    // The club's server adds its footer to the text and passes the mail on under the old sender.
    private static byte[] Forward(byte[] raw, string by, DateTimeOffset at)
    {
        var text = Encoding.Latin1.GetString(raw);
        var footer = text.Replace("within 30 days.\r\n\r\n", "within 30 days.\r\n\r\n-- Forwarded by the sailing club, fair winds! --\r\n\r\n", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes($"Received: {Draft.Hop($"mail.{by}", "198.51.100.250", $"mail.{by}", "ESMTPS", "CLUB17QX", at)}\r\n{footer}");
    }
}
