using System.Globalization;
using Weir.Directory.Contracts;
using Weir.Mail.Contracts;
using Weir.Sample.Contracts;
using Weir.Sample.Outside;
using Weir.Sample.People;
using Weir.Sample.Writing;

namespace Weir.Sample.Flow;

/// <summary>Sends drafts: who hands them in from where, through which servers, and where each copy ends.</summary>
internal sealed class Post(Staff staff)
{
    private static readonly string[] Mailers = ["Thunderbird 128.4", "Nordmail 7.2", "Apple Mail (2.3774)", "Evolution 3.52"];

    public Staff Staff => staff;

    /// <summary>A mail from outside.</summary>
    public Planned Inbound(Planned plan, Company company, IReadOnlyList<string> recipients, Func<Draft> draft, string bounce = "", string address = "", Func<byte[], byte[]>? onTheWay = null)
    {
        var deliveries = Deliver(recipients);
        return plan with
        {
            Deliveries = deliveries,
            Make = () =>
            {
                var dice = Dice.For(0, "hop", plan.Key);
                var written = draft();
                var ip = address.Length > 0 ? address : company.Addresses[dice.Below(company.Addresses.Count)];
                var server = $"mail.{company.Domain}";
                var raw = (written with
                {
                    Received = [.. written.Received, Draft.Hop($"{dice.Word(6)}.{company.Domain}", ip, server, "ESMTPSA", dice.Word(10).ToUpperInvariant(), plan.At.AddSeconds(-dice.Between(1, 5)))],
                }).Write();
                var signed = company.Signer is { } signer ? signer.Sign(raw, plan.At.AddSeconds(-1)) : raw;
                return new SampleMail
                {
                    At = plan.At,
                    Story = plan.Story,
                    Key = plan.Key,
                    Raw = onTheWay is null ? signed : onTheWay(signed),
                    Envelope = new Envelope
                    {
                        MailFrom = bounce.Length > 0 ? bounce : written.From.Address,
                        Recipients = recipients,
                        ClientIp = ip,
                        ClientName = server,
                        Helo = server,
                        QueueId = QueueId(plan.Key),
                    },
                    Deliveries = deliveries,
                };
            },
        };
    }

    /// <summary>A mail that a person of the house hands in at the own server; inside and outside recipients alike.</summary>
    public Planned Submitted(Planned plan, Person sender, IReadOnlyList<string> recipients, Func<Draft> draft, string address = "", IReadOnlyList<SampleDelivery>? deliveries = null)
    {
        var copies = deliveries ?? Deliver(recipients);
        return plan with
        {
            Deliveries = copies,
            Make = () =>
            {
                var dice = Dice.For(0, "hop", plan.Key);
                var written = draft();
                var ip = address.Length > 0 ? address : Staff.AddressOf(sender.Office);
                return new SampleMail
                {
                    At = plan.At,
                    Story = plan.Story,
                    Key = plan.Key,
                    Raw = (written with { Fields = [.. written.Fields, ("User-Agent", dice.Pick(Mailers))] }).Write(),
                    Envelope = new Envelope
                    {
                        MailFrom = sender.Address,
                        Recipients = recipients,
                        ClientIp = ip,
                        Helo = $"[{ip}]",
                        QueueId = QueueId(plan.Key),
                        AuthenticatedUser = sender.Address,
                    },
                    Deliveries = copies,
                };
            },
        };
    }

    /// <summary>Where the copies for these recipients end: lists and aliases resolved, one copy a mailbox.</summary>
    public IReadOnlyList<SampleDelivery> Deliver(IReadOnlyList<string> recipients)
    {
        var copies = new List<SampleDelivery>();
        foreach (var recipient in recipients.OrderBy(recipient => staff.FindList(recipient) is null ? 0 : 1))
        {
            if (staff.FindList(recipient) is { } list)
            {
                copies.AddRange(list.Members.Select(member => new SampleDelivery { Recipient = member, OriginalRecipient = recipient, DistributionList = list.Address }));
            }
            else if (staff.Find(recipient) is { } person)
            {
                copies.Add(new SampleDelivery { Recipient = person.Address, OriginalRecipient = recipient });
            }
            else
            {
                copies.Add(new SampleDelivery { Recipient = recipient, OriginalRecipient = recipient, Outcome = SampleOutcome.External });
            }
        }

        // The one with a forward keeps a copy and sends one out.
        if (copies.Find(copy => copy.Recipient == staff.Forwarder.Address) is { } kept && staff.Forwarder.ForwardsTo is { } outside)
        {
            copies.Add(kept with { Recipient = outside, Outcome = SampleOutcome.External, ForwardedBy = staff.Forwarder.Address });
        }

        return [.. copies.DistinctBy(copy => copy.Recipient, StringComparer.OrdinalIgnoreCase)];
    }

    public static string QueueId(string key) => Dice.For(0, "queue", key).Word(11).ToUpperInvariant();

    public static string MessageId(string key, string domain) => string.Create(CultureInfo.InvariantCulture, $"{Dice.For(0, "id", key).Word(18)}@{domain}");
}
