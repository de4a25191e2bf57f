using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Delivery;
using Weir.Gateway.Delivery.Dovecot;
using Weir.Gateway.Delivery.Postfix;
using Weir.Gateway.Intake;
using Weir.Gateway.Tests.Support;
using Weir.Kernel;

namespace Weir.Gateway.Tests.Delivery;

public sealed class DeliveryTrackerTests
{
    private static readonly NetworkMessageId Id = NetworkMessageId.Parse("01936000-0000-7000-8000-000000000001", provider: null);

    private static readonly DeliveryOptions PostfixOnly = new() { PostfixLog = "log" };
    private static readonly DeliveryOptions WithDovecot = new() { PostfixLog = "log", DovecotSpool = "spool" };

    [Fact]
    public void Postfix_alone_names_the_mailbox_without_its_folder()
    {
        var fact = Assert.IsType<DeliveryObserved>(Assert.Single(Read(PostfixOnly, Sent("anna@corp.example"))));

        Assert.Equal((Id, "anna@corp.example", "Inbox/folder", "", "postfix"), (fact.Id, fact.Recipient, fact.Location, fact.Folder, fact.Source));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dovecot_names_the_folder_whoever_speaks_first(bool postfixFirst)
    {
        var tracker = Tracker(WithDovecot);
        var facts = new List<Fact>();
        var steps = new List<Action>
        {
            () => facts.AddRange(tracker.Read(Line(Sent("anna@corp.example", session: "S1")), Door.Morning)),
            () => facts.AddRange(tracker.Read(new DovecotSaved("anna@corp.example", "S1", "Junk", "<1@x>"), Door.Morning)),
        };
        if (!postfixFirst)
        {
            steps.Reverse();
        }

        steps.ForEach(step => step());

        var fact = Assert.IsType<DeliveryObserved>(Assert.Single(facts));
        Assert.Equal(("Junk folder", "Junk", "dovecot"), (fact.Location, fact.Folder, fact.Source));
    }

    [Fact]
    public void Without_a_session_mailbox_and_Message_ID_join_them()
    {
        var tracker = Tracker(WithDovecot);
        tracker.Read(Line(Sent("anna@corp.example", session: "")), Door.Morning);

        Assert.Empty(tracker.Read(new DovecotSaved("ben", "S", "INBOX", "<1@good.example>"), Door.Morning));
        Assert.Single(tracker.Read(new DovecotSaved("anna", "S", "INBOX", "<1@good.example>"), Door.Morning));
    }

    [Fact]
    public void When_Dovecot_says_nothing_the_delivery_is_recorded_without_its_folder()
    {
        var tracker = Tracker(WithDovecot);
        Assert.Empty(tracker.Read(Line(Sent("anna@corp.example", session: "S1")), Door.Morning));
        Assert.Empty(tracker.Tick(Door.Morning + TimeSpan.FromSeconds(9)));

        var fact = Assert.IsType<DeliveryObserved>(Assert.Single(tracker.Tick(Door.Morning + TimeSpan.FromSeconds(10))));

        Assert.Equal(("", "postfix"), (fact.Folder, fact.Source));
        Assert.Empty(tracker.Waiting);
    }

    [Fact]
    public void An_address_that_reaches_several_is_a_list_though_the_directory_does_not_know_it()
    {
        var facts = Read(PostfixOnly, Sent("anna@corp.example", "team@corp.example"), Sent("ben@corp.example", "team@corp.example")).Cast<DeliveryObserved>().ToList();

        // The first one is said again with the list, once that shows.
        Assert.Equal([("anna@corp.example", ""), ("anna@corp.example", "team@corp.example"), ("ben@corp.example", "team@corp.example")], facts.Select(fact => (fact.Recipient, fact.DistributionList)));
    }

    [Fact]
    public void A_list_of_the_directory_is_named_at_once_even_with_one_member()
    {
        var tracker = Tracker(PostfixOnly, new DistributionList("all@corp.example", "All", ["anna@corp.example"]));

        Assert.Equal("all@corp.example", ((DeliveryObserved)tracker.Read(Line(Sent("anna@corp.example", "all@corp.example")), Door.Morning)[0]).DistributionList);
    }

    [Fact]
    public void An_alias_is_only_the_original_recipient()
    {
        var fact = (DeliveryObserved)Assert.Single(Read(PostfixOnly, Sent("ben@corp.example", "Sales@corp.example")));

        Assert.Equal(("sales@corp.example", "", ""), (fact.OriginalRecipient, fact.DistributionList, fact.Forwarding));
    }

    [Fact]
    public void A_forward_outside_beside_an_own_copy_is_no_list()
    {
        var facts = Read(
            PostfixOnly,
            Sent("emil@corp.example"),
            "smtp[1]: 16E13B1E026: to=<emil@outside.example>, orig_to=<emil@corp.example>, relay=mx.outside.example[203.0.113.1]:25, delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 99AA99)").Cast<DeliveryObserved>().ToList();

        Assert.Equal(("Inbox/folder", "", ""), (facts[0].Location, facts[0].DistributionList, facts[0].Forwarding));
        Assert.Equal(("On-premises/external", "", """[{"ForwardingUser":"emil@corp.example","ForwardingKind":"Server"}]"""), (facts[1].Location, facts[1].DistributionList, facts[1].Forwarding));
    }

    [Fact]
    public void A_bounce_carries_the_reply()
    {
        var fact = (DeliveryObserved)Assert.Single(Read(PostfixOnly, "lmtp[1]: 16E13B1E026: to=<frida@corp.example>, relay=127.0.0.1[127.0.0.1]:24, delay=1, dsn=5.2.2, status=bounced (host said: 552 5.2.2 full)"));

        Assert.Equal(("Failed", "host said: 552 5.2.2 full"), (fact.Location, fact.Reply));
    }

    [Fact]
    public void What_is_deferred_is_unknown_until_it_is_sent_or_expires()
    {
        const string Deferred = "smtp[1]: 16E13B1E026: to=<x@outside.example>, relay=none, delay=1, dsn=4.4.1, status=deferred (connect: timed out)";

        Assert.Empty(Read(PostfixOnly, Deferred));
        var expired = (DeliveryObserved)Assert.Single(Read(PostfixOnly, Deferred, Deferred, "qmgr[1]: 16E13B1E026: from=<a@good.example>, status=expired, returned to sender"));
        Assert.Equal(("Failed", "connect: timed out"), (expired.Location, expired.Reply));
        var later = Read(PostfixOnly, Deferred, "smtp[1]: 16E13B1E026: to=<x@outside.example>, relay=mx[203.0.113.1]:25, delay=9, dsn=2.0.0, status=sent (250 ok)", "qmgr[1]: 16E13B1E026: removed");
        Assert.Equal("On-premises/external", ((DeliveryObserved)Assert.Single(later)).Location);
    }

    [Fact]
    public void A_forward_gets_a_queue_id_of_its_own_and_is_followed_even_when_it_is_delivered_first()
    {
        const string Child = "lmtp[1]: 5964AB1ECD2: to=<anna@corp.example>, orig_to=<team@lists.example>, relay=127.0.0.1[127.0.0.1]:24, delay=1, dsn=2.0.0, status=sent (250 ok)";
        const string Parent = "local[1]: 16E13B1E026: to=<team@lists.example>, orig_to=<alias@corp.example>, relay=local, delay=1, dsn=2.0.0, status=sent (forwarded as 5964AB1ECD2)";

        foreach (var order in new[] { new[] { Parent, Child }, [Child, Parent] })
        {
            var fact = (DeliveryObserved)Assert.Single(Read(PostfixOnly, order));
            Assert.Equal((Id, "anna@corp.example", "alias@corp.example"), (fact.Id, fact.Recipient, fact.OriginalRecipient));
        }
    }

    [Fact]
    public void A_filter_on_this_machine_is_not_the_end_of_the_way()
    {
        var fact = (DeliveryObserved)Assert.Single(Read(
            PostfixOnly,
            "smtp[1]: 16E13B1E026: to=<anna@corp.example>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, dsn=2.0.0, status=sent (250 2.0.0 from MTA: 250 2.0.0 Ok: queued as 7C5EFB1EF31)",
            "lmtp[1]: 7C5EFB1EF31: to=<anna@corp.example>, relay=127.0.0.1[127.0.0.1]:24, delay=1, dsn=2.0.0, status=sent (250 ok)"));

        Assert.Equal("Inbox/folder", fact.Location);
    }

    [Fact]
    public void What_was_delivered_before_its_copy_came_to_the_journal_is_told_then_and_the_journal_is_nobody()
    {
        QueuedMail? known = null;
        var tracker = new DeliveryTracker(new PostfixQueue(_ => known), PostfixOnly, () => new SmallOrganisation(), journal => journal == "journal@corp.example");
        Assert.Empty(tracker.Read(Line(Sent("anna@corp.example")), Door.Morning));
        Assert.Empty(tracker.Read(Line(Sent("ben@corp.example")), Door.Morning));

        known = new QueuedMail(Id, [], "<1@good.example>");
        var facts = tracker.Read(Line(Sent("journal@corp.example").Replace("lmtp[1]", "smtp[1]", StringComparison.Ordinal)), Door.Morning);

        Assert.Equal(["anna@corp.example", "ben@corp.example"], facts.OfType<DeliveryObserved>().Select(delivery => delivery.Recipient));
        Assert.Empty(tracker.Read(Line("qmgr[1]: 16E13B1E026: removed"), Door.Morning));
    }

    [Fact]
    public void Mail_that_did_not_come_through_Weir_is_left_alone() =>
        Assert.Empty(Read(PostfixOnly, "lmtp[1]: FFFFFFFFFF: to=<anna@corp.example>, relay=x, delay=1, dsn=2.0.0, status=sent (250 ok)", "qmgr[1]: FFFFFFFFFF: removed"));

    [Fact]
    public void A_refusal_for_good_is_a_fact_with_an_id_that_stays_the_same()
    {
        const string Line = "smtpd[1]: NOQUEUE: reject: RCPT from u[192.0.2.7]: 550 5.1.1 <no@corp.example>: unknown; from=<a@good.example> to=<no@corp.example> proto=ESMTP helo=<vm>";

        var first = Assert.IsType<RecipientRefused>(Assert.Single(Read(PostfixOnly, Line)));
        var again = Assert.IsType<RecipientRefused>(Assert.Single(Read(PostfixOnly, Line)));

        Assert.Equal(first, again);
        Assert.Equal(("no@corp.example", "192.0.2.7"), (first.Recipient, first.ClientIp));
        Assert.Equal(7, first.Id.Value.Version);
        Assert.Empty(Read(PostfixOnly, Line.Replace(" 550 5.1.1", " 450 4.7.1", StringComparison.Ordinal)));
    }

    private static string Sent(string to, string original = "", string session = "S1") =>
        $"lmtp[1]: 16E13B1E026: to=<{to}>, {(original.Length == 0 ? "" : $"orig_to=<{original}>, ")}relay=127.0.0.1[127.0.0.1]:24, delay=1, dsn=2.0.0, status=sent (250 2.0.0 <{to}>{(session.Length == 0 ? " ok" : $" {session} Saved")})";

    private static List<Fact> Read(DeliveryOptions options, params string[] lines)
    {
        var tracker = Tracker(options);
        return [.. lines.SelectMany(line => tracker.Read(Line(line), Door.Morning))];
    }

    private static PostfixLine Line(string text) =>
        PostfixLine.Parse("Nov  2 07:59:59 mx postfix/" + text, Door.Morning, TimeZoneInfo.Utc) ?? throw new InvalidOperationException($"Not a line of Postfix: {text}");

    private static DeliveryTracker Tracker(DeliveryOptions options, params DistributionList[] lists)
    {
        var organisation = new SmallOrganisation(lists);
        return new DeliveryTracker(new PostfixQueue(queueId => queueId == "16E13B1E026" ? new QueuedMail(Id, [], "<1@good.example>") : null), options, () => organisation, journal => journal == "journal@corp.example");
    }
}
