using CsCheck;
using Weir.Events.Contracts;
using Weir.Response.Campaigns;
using static Weir.Response.Tests.Campaigns.Waves;

namespace Weir.Response.Tests.Campaigns;

public sealed class MailGroupingTests
{
    private const string Page = "https://pay.parcel-fee.example/de/invoice/";

    [Fact]
    public void Two_bad_messages_with_nearly_one_text_are_a_campaign_and_say_so()
    {
        var waves = new Waves();
        var (one, two) = (Letter(1), Letter(2, minute: 5) with { EmailClusterId = Body(1) ^ 0b101 });

        waves.Take(one, two);

        Assert.Equal(waves.Of(one), waves.Of(two));
        Assert.NotNull(waves.Of(one));
        Assert.Empty(waves.Joined[0].Because);
        var tie = Assert.Single(waves.Joined[1].Because);
        Assert.Equal(("Body", true, "2", one.Id), (tie.Kind, tie.IsStrong, tie.Value, tie.With!.Value));
    }

    [Fact]
    public void A_page_a_file_or_an_address_for_answers_is_enough_by_itself()
    {
        var waves = new Waves();
        var pages = (Letter(1) with { Urls = [Link(Page + "anna71")] }, Letter(2) with { Urls = [Link(Page.Replace("pay.", "x7.", StringComparison.Ordinal) + "bob88?id=3")] });
        var files = (Letter(3) with { Attachments = [File("bill")] }, Letter(4) with { Attachments = [File("bill")] });
        var answers = (Letter(5) with { ReplyTo = "boss77@mail.example" }, Letter(6) with { ReplyTo = "Boss77@mail.example" });

        waves.Take(pages.Item1, files.Item1, answers.Item1, pages.Item2, files.Item2, answers.Item2);

        Assert.Equal(["Page", "File", "Answers"], waves.Joined.SelectMany(joined => joined.Because).Where(tie => tie.IsStrong).Select(tie => tie.Kind));
        Assert.Equal(3, new[] { waves.Of(pages.Item1), waves.Of(files.Item1), waves.Of(answers.Item1) }.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Supporting_traits_count_when_they_are_of_two_families()
    {
        var waves = new Waves();
        var first = Letter(1) with { Subject = "Ihr Paket wartet auf Sie", SenderIp = "203.0.113.7" };
        var sameNetworkAndDomain = Letter(2) with { SenderIp = "203.0.113.99", SenderFromAddress = first.SenderFromAddress, SenderMailFromAddress = first.SenderMailFromAddress };
        var sameSubject = Letter(3) with { Subject = first.Subject };
        var sameSubjectAndNetwork = Letter(4) with { Subject = "Ihr Paket wartet auf Sie!", SenderIp = "203.0.113.8" };

        waves.Take(first, sameNetworkAndDomain, sameSubject);
        Assert.Null(waves.Of(sameNetworkAndDomain));
        Assert.Null(waves.Of(sameSubject));
        waves.Take(sameSubjectAndNetwork);

        Assert.NotNull(waves.Of(sameSubjectAndNetwork));
        Assert.Equal(["Network", "Subject"], waves.Joined[^1].Because.Select(tie => tie.Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_free_mail_sender_an_unproven_name_and_a_services_signature_join_nothing()
    {
        var waves = new Waves();
        var mails = Enumerable.Range(1, 20).Select(number => Letter(number) with
        {
            SenderFromAddress = "john.doe@gmail.com",
            SenderMailFromAddress = "john.doe@gmail.com",
            Subject = "Your account was closed",
            AuthenticationEvidence = """{"dkim":{"signatures":[{"result":"pass","domain":"gmail.com"},{"result":"pass","domain":"sendgrid.net"}]}}""",
            AuthenticationDetails = """{"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}""",
        }).ToArray();

        waves.Take(mails);

        Assert.All(mails, mail => Assert.Null(waves.Of(mail)));
    }

    [Fact]
    public void The_network_of_a_large_provider_joins_nothing_not_even_with_a_common_subject()
    {
        var waves = new Waves();
        var honest = Enumerable.Range(1, 3).Select(number => Letter(number, "Clean") with { SenderIp = "198.51.100.3", Recipients = [new RecordedRecipient { Address = "a@corp.example", Decision = "Deliver" }] }).ToArray();
        var bad = Enumerable.Range(10, 10).Select(number => Letter(number, minute: 90) with { SenderIp = "198.51.100.9", Subject = "Your account was closed" }).ToArray();

        waves.Take([.. honest, .. bad]);

        Assert.All(bad, mail => Assert.Null(waves.Of(mail)));
    }

    [Fact]
    public void A_newsletter_is_no_part_of_the_phish_that_copies_its_links_and_words()
    {
        var waves = new Waves();
        MessageJudged Newsletter(int number, int day) => Letter(number, "Bulk", minute: day * 24 * 60) with
        {
            EmailClusterId = Body(77),
            SenderFromAddress = "news@paper.example",
            Urls = [Link("https://www.paper.example/articles/today"), Link("https://www.paper.example/leave/x1")],
            Recipients = [new RecordedRecipient { Address = "anna@corp.example", Decision = "Deliver" }],
        };
        var phish = Letter(20, minute: 3 * 24 * 60) with { EmailClusterId = Body(77), Urls = [Link("https://www.paper.example/articles/today"), Link(Page + "1")] };
        var phishAgain = Letter(21, minute: (3 * 24 * 60) + 5) with { Urls = [Link(Page + "2")] };

        waves.Take(Newsletter(1, 0), Newsletter(2, 1), phish, phishAgain, Newsletter(3, 4));

        Assert.NotNull(waves.Of(phish));
        Assert.Equal(waves.Of(phish), waves.Of(phishAgain));
        Assert.Equal([phish.Id, phishAgain.Id], waves.Joined.Select(joined => joined.Id));
    }

    [Fact]
    public void Mail_that_was_judged_clean_but_belongs_is_a_lookalike_whether_it_came_before_or_after()
    {
        var waves = new Waves();
        MessageJudged Copy(int number, string verdict) => Letter(number, verdict, minute: number) with { EmailClusterId = Body(50) ^ number, Urls = [Link(Page + number)] };
        var (before, bad, after, spam) = (Copy(1, "Clean"), Copy(2, "Phish"), Copy(4, "Clean"), Copy(8, "Spam"));
        var sameTextOnly = Letter(9, "Clean") with { EmailClusterId = Body(50) };

        waves.Take(before, sameTextOnly, bad, after, spam);

        Assert.Equal([(bad.Id, false), (before.Id, true), (after.Id, true), (spam.Id, true)], waves.Joined.Select(joined => (joined.Id, joined.IsLookalike)));
        Assert.Single(waves.Joined.Select(joined => joined.CampaignId).Distinct(StringComparer.Ordinal));
        Assert.Null(waves.Of(sameTextOnly));
        Assert.Equal("Phish", waves.Campaign(waves.Of(bad)!).Type);
    }

    [Fact]
    public void Spam_has_campaigns_of_its_own()
    {
        var waves = new Waves();
        var (phish, spam, more) = (Letter(1), Letter(2, "Spam") with { EmailClusterId = Body(1) }, Letter(3, "Spam") with { EmailClusterId = Body(1) });

        waves.Take(phish, spam, more);

        Assert.Null(waves.Of(phish));
        Assert.Equal(waves.Of(spam), waves.Of(more));
        Assert.Equal("Spam", waves.Campaign(waves.Of(spam)!).Type);
    }

    [Fact]
    public void Two_campaigns_that_turn_out_to_be_one_keep_the_older_id()
    {
        var waves = new Waves();
        var older = new[] { Letter(1) with { Urls = [Link(Page)] }, Letter(2) with { Urls = [Link(Page)] } };
        var younger = new[] { Letter(3) with { Attachments = [File("bill")] }, Letter(4) with { Attachments = [File("bill")] } };
        waves.Take([.. older, .. younger]);
        var (kept, gone) = (waves.Of(older[0])!, waves.Of(younger[0])!);
        Assert.NotEqual(kept, gone);

        waves.Take(Letter(5) with { Urls = [Link(Page)], Attachments = [File("bill")] });

        Assert.Equal((kept, kept), (waves.Of(older[0]), waves.Of(younger[1])));
        Assert.Equal(kept, waves.Campaign(gone).MergedInto);
        var next = Letter(6) with { Attachments = [File("bill")] };
        waves.Take(next);
        Assert.Equal(kept, waves.Joined.Single(joined => joined.Id == next.Id).CampaignId);
    }

    [Fact]
    public void A_campaign_ends_when_it_pauses_for_two_weeks()
    {
        var waves = new Waves();
        var (one, two, late) = (Letter(1) with { Urls = [Link(Page)] }, Letter(2, minute: 13 * 24 * 60) with { Urls = [Link(Page)] }, Letter(3, minute: 40 * 24 * 60) with { Urls = [Link(Page)] });

        waves.Take(one, two, late);

        Assert.Equal(waves.Of(one), waves.Of(two));
        Assert.Null(waves.Of(late));
    }

    [Fact]
    public void A_text_alone_joins_while_a_wave_lasts_and_later_with_something_else()
    {
        var waves = new Waves();
        MessageJudged Copy(int number, int day) => Letter(number, minute: day * 24 * 60) with { EmailClusterId = Body(50) };
        var (one, two, late) = (Copy(1, 0), Copy(2, 2), Copy(3, 7));
        var lateToTheSameSite = Copy(4, 6) with { Urls = [Link(Page + "4")] };
        two = two with { Urls = [Link(Page + "2")] };

        waves.Take(one, two, lateToTheSameSite, late with { ReceivedAt = late.ReceivedAt.AddDays(3) });

        Assert.Equal(waves.Of(one), waves.Of(two));
        Assert.Equal(waves.Of(one), waves.Of(lateToTheSameSite));
        Assert.Null(waves.Of(late));
    }

    [Fact]
    public void Spam_that_only_reads_like_an_attack_is_no_lookalike()
    {
        var waves = new Waves();
        var phish = Letter(1) with { EmailClusterId = Body(50), SenderIp = "203.0.113.7" };
        var spam = Letter(2, "Spam") with { EmailClusterId = Body(50), SenderIp = "203.0.113.8", Subject = phish.Subject };

        waves.Take(phish, spam);

        Assert.Empty(waves.Joined);
    }

    [Fact]
    public void A_message_that_is_judged_again_joins_or_leaves()
    {
        var waves = new Waves();
        var (one, two, three) = (Letter(1) with { Urls = [Link(Page)] }, Letter(2, "Clean") with { Urls = [Link(Page)] }, Letter(3) with { Urls = [Link(Page)] });
        waves.Take(one, two);
        Assert.Empty(waves.Joined);

        waves.Take(two with { Verdict = "Phish", At = two.At.AddHours(1) });
        Assert.Equal(waves.Of(one), waves.Of(two));
        waves.Take(three, three with { Verdict = "Clean", At = three.At.AddHours(1) });

        Assert.Null(waves.Of(three));
        Assert.Equal(waves.Of(one), waves.Of(two));
    }

    [Fact]
    public void Malware_and_the_borrowed_brand_name_the_campaign()
    {
        var waves = new Waves();
        var phish = Letter(1) with { Attachments = [File("bill")], Subject = "Your parcel is waiting", Signals = [new RecordedSignal { Name = "brand", Technology = "Impersonation brand", Evidence = "e", Impersonates = "DHL" }] };

        waves.Take(Letter(2) with { Attachments = [File("bill")] }, phish);
        var named = waves.Campaign(waves.Of(phish)!);
        waves.Take(Letter(3, "Malware") with { Attachments = [File("bill")], ThreatNames = "W32/Weir.Demo" });
        var worse = waves.Campaign(waves.Of(phish)!);

        Assert.Equal(("Phish", "DHL", "Your parcel is waiting"), (named.Type, named.Subtype, named.SampleSubject));
        Assert.StartsWith("Phish.DHL.", named.Name, StringComparison.Ordinal);
        Assert.Equal(("Malware", "W32/Weir.Demo", named.Name), (worse.Type, worse.Subtype, worse.Name));
    }

    [Fact]
    public void The_order_within_a_wave_hardly_matters()
    {
        // Three campaigns of ten with a rotating sender, and twenty strangers.
        var mails = Enumerable.Range(0, 50).Select(number => number >= 30 ? Letter(number) : Letter(number) with
        {
            EmailClusterId = Body(1_000 + (number % 3)) ^ (1L << (number % 7)),
            Urls = [Link($"https://a{number}.site-{Word(number % 3)}.example/login/{number}")],
        }).ToArray();

        Gen.Shuffle(mails).Sample(
            order =>
            {
                var waves = new Waves();
                waves.Take(order);
                Assert.All(Enumerable.Range(0, 3), wave => Assert.Single(mails.Take(30).Where((_, i) => i % 3 == wave).Select(waves.Of).Distinct(StringComparer.Ordinal)));
                Assert.Equal(3, mails.Take(30).Select(waves.Of).Distinct(StringComparer.Ordinal).Count());
                Assert.All(mails.Skip(30), mail => Assert.Null(waves.Of(mail)));
            },
            iter: 50, threads: 1);
    }

    [Fact]
    public void What_was_decided_is_remembered_at_any_point_and_later_mail_joins_the_same_ids()
    {
        var mails = Enumerable.Range(0, 60).Select(number => Letter(number, number % 5 == 0 ? "Clean" : "Phish", number) with
        {
            EmailClusterId = Body(1_000 + (number % 4)),
            Urls = [Link($"https://site-{Word((number % 4) + (number > 40 ? 1 : 0))}.example/login/{number}")],
        }).ToArray();
        var whole = new Waves();
        whole.Take(mails);

        Gen.Int[1, mails.Length - 1].Sample(
            cut =>
            {
                var before = new Waves();
                before.Take(mails[..cut]);
                var again = new MailGrouping();
                for (var i = 0; i < before.Log.Count; i++)
                {
                    again.Remember(new LoggedFact(i + 1, before.Log[i]));
                }

                var sequence = before.Log.Count;
                List<Fact> after = [.. mails[cut..].SelectMany(mail => again.Take(new LoggedFact(++sequence, mail), Noon))];
                var known = before.Log.Concat(after).OfType<CampaignJoined>().Select(joined => (joined.Id, joined.CampaignId));
                Assert.Equal(whole.Joined.Select(joined => (joined.Id, joined.CampaignId)), known);
            },
            iter: 20, threads: 1);
    }

    [Fact]
    public void Ten_thousand_messages_of_random_everything_stay_within_bounds()
    {
        var grouping = new MailGrouping(share: 0.01);
        for (var number = 0; number < 10_000; number++)
        {
            var verdict = (number % 3) switch { 0 => "Phish", 1 => "Spam", _ => "Clean" };
            grouping.Take(
                new LoggedFact(number + 1, Letter(number, verdict, number) with
                {
                    EmailClusterId = number % 100 == 0 ? Body(7) : Body(number),
                    Urls = [.. Enumerable.Range(0, 20).Select(link => Link($"https://{Word(number + link)}.example/{Word(link)}/{number}"))],
                }),
                Noon);
        }

        Assert.InRange(grouping.Remembered.Messages, 1, 2_000);
        Assert.InRange(grouping.Remembered.Campaigns, 1, 2_000);
    }

    [Fact]
    public void A_message_with_five_thousand_links_is_known_by_a_few_of_them()
    {
        var waves = new Waves();
        var links = Enumerable.Range(0, 5_000).Select(number => Link($"https://{Word(number)}.example/pay/now")).ToList();
        var (one, two) = (Letter(1) with { Urls = links }, Letter(2) with { Urls = [.. links.AsEnumerable().Reverse()] });

        waves.Take(one, two);

        Assert.NotNull(waves.Of(two));
        Assert.InRange(MailTraits.Of(one, "").Count, 1, 40);
    }

    [Fact]
    public void Nothing_that_a_message_may_hold_makes_it_fail()
    {
        var text = Gen.OneOf(Gen.String, Gen.Const("http://["), Gen.Const("https://\u202e.example/%zz/%00"), Gen.Const("{\"dkim\":{\"signatures\":[{}]}}"), Gen.Const("{\"dkim\":7}"), Gen.Const("::1"), Gen.Const("a@"));
        Gen.Select(text, text, text, text, Gen.Long).Sample(
            (one, two, three, four, number) =>
            {
                var waves = new Waves();
                var mail = Letter(1) with
                {
                    EmailClusterId = number,
                    Subject = one,
                    SenderFromAddress = two,
                    SenderMailFromAddress = three,
                    ReplyTo = one,
                    SenderIp = four,
                    ThreatNames = two,
                    AuthenticationDetails = """{"SPF":"pass","DKIM":"pass","DMARC":"pass"}""",
                    AuthenticationEvidence = three,
                    Urls = [Link(four), Link(one)],
                };
                waves.Take(mail, mail with { Id = Id(2) });
            },
            iter: 2_000, threads: 1);
    }
}
