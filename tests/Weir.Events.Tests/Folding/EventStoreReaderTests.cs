using CsCheck;

using Weir.Events.Contracts;
using Weir.Events.Schema;

using Weir.Events.Tests.Support;

namespace Weir.Events.Tests.Folding;

public sealed class EventStoreReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_judged_message_has_a_provisional_row_for_every_recipient()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Received(Some.Id(), "Anna@firm.example", "bob@firm.example", "carl@firm.example", "dora@firm.example"),
            Some.Judged(Some.Id(), ("Anna@firm.example", "Deliver"), ("bob@firm.example", "Junk"), ("carl@firm.example", "Quarantine"), ("dora@firm.example", "Reject")));

        Assert.Equal(
            [
                "anna@firm.example|Unknown|Unknown|Unknown|Unknown",
                "bob@firm.example|Unknown|Unknown|Unknown|Unknown",
                "carl@firm.example|Blocked|Quarantine|Quarantine|Blocked",
                "dora@firm.example|Blocked|Dropped|Dropped|Blocked",
            ],
            store.Mail());
    }

    [Fact]
    public async Task An_alert_is_a_row_and_each_thing_it_speaks_of_another()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(Some.Alerted());

        Assert.Equal(["Email messages removed after delivery|Informational|InitialAccess|[\"T1566\"]"], store.Rows("SELECT \"Title\", \"Severity\", \"Category\", \"AttackTechniques\" FROM \"AlertInfo\""));
        Assert.Equal(
            ["MailMessage|Impacted|anna@firm.example|anna|firm.example||Two messages were moved.", "Url|Related||||https://evil.example/x|Two messages were moved."],
            store.Rows("SELECT \"EntityType\", \"EvidenceRole\", \"AccountUpn\", \"AccountName\", \"AccountDomain\", \"RemoteUrl\", \"AdditionalFields\"::JSON->>'Description' FROM \"AlertEvidence\" ORDER BY 1"));
    }

    [Fact]
    public async Task What_another_filter_said_is_a_row_that_follows_the_judgement()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        var judged = Some.Judged(Some.Id(), ("Anna@firm.example", "Deliver"), ("bob@firm.example", "Deliver"));
        const string rows = "SELECT \"Filter\", \"FilterVerdict\", \"FilterAction\", \"FilterScore\", \"Allows\", \"Verdict\", \"Agreement\", \"RecipientEmailAddress\" FROM \"WeirOtherFilter\"";

        await store.AppendAsync(Some.Received(Some.Id(), "Anna@firm.example", "bob@firm.example"), judged);
        Assert.Equal(["rspamd|Good|no action|1.5|[\"WHITELIST_SPF\"]|Phish|Only Weir|anna@firm.example"], store.Rows(rows));

        await store.AppendAsync(judged with { At = judged.At.AddHours(1), Verdict = "Bulk", RejudgingId = "r1" });
        Assert.Equal(["rspamd|Good|no action|1.5|[\"WHITELIST_SPF\"]|Bulk|Both good|anna@firm.example"], store.Rows(rows));
    }

    [Fact]
    public async Task A_message_judged_again_is_called_what_it_is_now_and_keeps_what_was_decided_at_delivery()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        var first = Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")) with { Verdict = "Clean", ThreatTypes = "", EmailAction = "No action taken", EmailActionPolicy = "" };

        await store.AppendAsync(
            Some.Received(Some.Id(), "anna@firm.example"),
            first,
            first with { At = first.At.AddHours(1), Verdict = "Phish", ThreatTypes = "Phish", EmailAction = "Send to quarantine", EmailActionPolicy = "Antispam phishing", Recipients = [new RecordedRecipient { Address = "anna@firm.example", Decision = "Quarantine" }], RejudgingId = "r1", RejudgedFor = "a new entry", RejudgedFrom = "Clean" });

        Assert.Equal(["Phish||No action taken||Unknown"], store.Rows("SELECT \"ThreatTypes\", \"OriginalThreatTypes\", \"EmailAction\", \"EmailActionPolicy\", \"DeliveryLocation\" FROM \"EmailEvents\""));
        Assert.Equal(["Clean|", "Phish|a new entry; before: Clean"], store.Rows("SELECT \"Result\", \"Why\" FROM \"WeirDeliveryEvents\" WHERE \"Event\" = 'Judged' ORDER BY \"Timestamp\""));
    }

    [Fact]
    public async Task What_turns_bad_while_Weir_watches_says_what_would_have_been_done_and_history_is_that_of_the_arrival()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        var first = Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")) with { Verdict = "Clean", ThreatTypes = "", History = "{\"Sender\":{\"FromDomain\":3}}" };
        var again = first with { At = first.At.AddHours(1), Verdict = "Phish", ThreatTypes = "Phish", History = null, RejudgingId = "r1", RejudgedFrom = "Clean", Recipients = [new RecordedRecipient { Address = "Anna@firm.example", Decision = "Deliver", Held = "Watch only", WouldDecide = "Quarantine", WouldAction = "Send to quarantine" }] };
        const string held = "SELECT json_extract_string(\"AdditionalFields\", '$.Held'), json_extract_string(\"AdditionalFields\", '$.WouldAction') FROM \"EmailEvents\"";

        await store.AppendAsync(Some.Received(Some.Id(), "anna@firm.example"), first, again);
        Assert.Equal(["Watch only|Send to quarantine"], store.Rows(held));
        Assert.Equal(["3"], store.Rows("SELECT json_extract_string(\"History\", '$.Sender.FromDomain') FROM \"WeirMessageEvidence\""));

        await store.AppendAsync(first with { At = first.At.AddHours(2), RejudgingId = "r2", RejudgedFrom = "Phish" });
        Assert.Equal(["|"], store.Rows(held));
    }

    [Fact]
    public async Task What_was_found_good_again_is_reprocessed()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Received(Some.Id(), "anna@firm.example"),
            Some.Judged(Some.Id(), ("anna@firm.example", "Quarantine")),
            Some.Acted(Some.Id(), "anna@firm.example") with { Action = "Quarantine release", ActionType = "Reprocessed", Location = "Inbox/folder", SourceLocation = "Quarantine" });

        Assert.Contains("\"AdditionalActions\":[\"Reprocessed\"]", Assert.Single(store.Rows("SELECT \"AdditionalFields\" FROM \"EmailEvents\"")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_says_whose_name_is_borrowed_and_what_its_links_are()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Received(Some.Id(), "anna@firm.example"),
            Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")) with
            {
                Signals =
                [
                    new RecordedSignal { Name = "impersonated-colleague", Technology = "Impersonation user", Evidence = "e", Impersonates = "Bob <bob@firm.example>" },
                    new RecordedSignal { Name = "lookalike-own-domain", Technology = "Impersonation domain", Evidence = "e", Impersonates = "firm.example" },
                    new RecordedSignal { Name = "brand-in-subject", Technology = "Impersonation brand", Evidence = "e", Impersonates = "firm.example" },
                ],
                Urls =
                [
                    new RecordedUrl { Url = "https://evil.example/x", Domain = "evil.example", Location = "Body", ThreatTypes = "Phish, Spam" },
                    new RecordedUrl { Url = "https://evil.example/y", Domain = "evil.example", Location = "Body", ThreatTypes = "Phish" },
                ],
            });

        Assert.Contains(
            "\"ImpersonatedUsers\":[\"Bob <bob@firm.example>\"],\"ImpersonatedDomains\":[\"firm.example\"],\"UrlThreats\":[\"Phish\",\"Spam\"]",
            Assert.Single(store.Rows("SELECT \"AdditionalFields\" FROM \"EmailEvents\"")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_recipient_s_row_has_its_own_action_policy_and_primary_override()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Received(Some.Id(), "anna@firm.example", "bob@firm.example", "carl@firm.example"),
            Some.Judged(Some.Id(), ("anna@firm.example", "Quarantine")) with
            {
                EmailAction = "Send to quarantine",
                EmailActionPolicy = "Antispam phishing",
                Recipients =
                [
                    new RecordedRecipient { Address = "anna@firm.example", Decision = "Quarantine", Action = "Send to quarantine", ActionPolicy = "Antispam phishing", PolicyName = "Strict", PolicyType = "Hosted content filter", PolicyId = "one" },
                    new RecordedRecipient
                    {
                        Address = "bob@firm.example", Decision = "Deliver", Action = "No action taken", PolicyName = "Strict", PolicyType = "Hosted content filter", PolicyId = "one", Held = "Watch only", WouldDecide = "Quarantine", WouldAction = "Send to quarantine",
                        Overrides = [new RecordedOverride { Action = "Allow", Source = "SecOps Mailbox", IsPrimary = true }, new RecordedOverride { Action = "Block", Source = "TABL URL block" }],
                    },
                    new RecordedRecipient { Address = "carl@firm.example", Decision = "Deliver" },
                ],
            });

        Assert.Equal(
            [
                "anna@firm.example|Send to quarantine|Antispam phishing|one|||Strict||",
                "bob@firm.example|No action taken|||Allow|SecOps Mailbox|Strict|Send to quarantine|[\"SecOps Mailbox\",\"TABL URL block\"]",
                "carl@firm.example|Send to quarantine|Antispam phishing||||||",
            ],
            store.Rows("SELECT \"RecipientEmailAddress\", \"EmailAction\", \"EmailActionPolicy\", \"EmailActionPolicyGuid\", \"OrgLevelAction\", \"OrgLevelPolicy\", \"AdditionalFields\"::JSON->>'Policy', \"AdditionalFields\"::JSON->>'WouldAction', \"AdditionalFields\"::JSON->>'Overrides' FROM \"EmailEvents\" ORDER BY 1"));
    }

    [Fact]
    public async Task A_message_that_is_not_judged_yet_has_no_row()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(Some.Received(Some.Id(), "anna@firm.example"));

        Assert.Empty(store.Mail());
    }

    [Fact]
    public async Task A_list_and_an_alias_give_way_to_the_mailboxes_behind_them()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        await store.AppendAsync(
            Some.Received(Some.Id(), "all@firm.example", "boss@firm.example", "ed@firm.example"),
            Some.Judged(Some.Id(), ("all@firm.example", "Deliver"), ("boss@firm.example", "Deliver"), ("ed@firm.example", "Deliver")));

        await store.AppendAsync(Some.Delivered(Some.Id(), "anna@firm.example", originalRecipient: "boss@firm.example"));
        await store.AppendAsync(
            Some.Delivered(Some.Id(), "anna@firm.example", originalRecipient: "all@firm.example") with { DistributionList = "all@firm.example" },
            Some.Delivered(Some.Id(), "bob@firm.example", originalRecipient: "all@firm.example", location: "Junk folder") with { DistributionList = "all@firm.example" });

        Assert.Equal(
            [
                "anna@firm.example|Delivered|Inbox/folder|Inbox/folder|Delivered",
                "bob@firm.example|Junked|Junk folder|Junk folder|Junked",
                "ed@firm.example|Unknown|Unknown|Unknown|Unknown",
            ],
            store.Mail());
        Assert.Equal(
            ["all@firm.example|all@firm.example", "all@firm.example|all@firm.example", "|ed@firm.example"],
            store.Rows("""SELECT "DistributionList", "AdditionalFields"->>'OriginalRecipient' FROM "EmailEvents" ORDER BY "RecipientEmailAddress" """));
    }

    [Fact]
    public async Task The_folder_that_Dovecot_names_wins_over_what_Postfix_knows()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")),
            Some.Delivered(Some.Id(), "anna@firm.example", location: "Junk folder", source: "dovecot"),
            Some.Delivered(Some.Id(), "anna@firm.example", source: "postfix") with { At = Some.Noon.AddHours(1) });

        Assert.Equal(["anna@firm.example|Junked|Junk folder|Junk folder|Junked"], store.Mail());
    }

    [Fact]
    public async Task An_assumed_delivery_gives_way_to_an_observed_one()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Judged(Some.Id(), ("all@firm.example", "Deliver"), ("bob@firm.example", "Deliver")),
            Some.Delivered(Some.Id(), "all@firm.example", source: "assumed"),
            Some.Delivered(Some.Id(), "bob@firm.example", source: "assumed"),
            Some.Delivered(Some.Id(), "bob@firm.example", location: "Failed") with { Reply = "552 over quota" },
            Some.Delivered(Some.Id(), "anna@firm.example", originalRecipient: "all@firm.example"));

        Assert.Equal(
            ["anna@firm.example|Delivered|Inbox/folder|Inbox/folder|Delivered", "bob@firm.example|Blocked|Failed|Failed|Blocked"],
            store.Mail());
        Assert.Equal(["552 over quota"], store.Rows("""SELECT "AdditionalFields"->>'Reply' FROM "EmailEvents" WHERE "RecipientEmailAddress" = 'bob@firm.example'"""));
    }

    [Fact]
    public async Task A_refused_recipient_is_a_row_with_the_reply()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(Some.Refused(Some.Id()));

        Assert.Equal(["nobody@firm.example|Blocked|Failed|Failed|Blocked"], store.Mail());
        Assert.Equal(["mallory@evil.example|203.0.113.7|550 5.1.1 no such user"], store.Rows("""SELECT "SenderMailFromAddress", "SenderIPv4", "AdditionalFields"->>'Reply' FROM "EmailEvents" """));
    }

    [Fact]
    public async Task An_action_moves_the_mailbox_it_succeeded_in_and_no_other()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        await store.AppendAsync(
            Some.Judged(Some.Id(), ("anna@firm.example", "Deliver"), ("bob@firm.example", "Deliver")),
            Some.Delivered(Some.Id(), "anna@firm.example"),
            Some.Delivered(Some.Id(), "bob@firm.example"));

        await store.AppendAsync(
            Some.Acted(Some.Id(), "Anna@firm.example", "k1"),
            Some.Acted(Some.Id(), "bob@firm.example", "k2", result: "Failure: no connection"));
        await store.AppendAsync(Some.Acted(Some.Id(), "anna@firm.example", "k1"));

        Assert.Equal(
            ["anna@firm.example|Delivered|Inbox/folder|Deleted items|Soft delete", "bob@firm.example|Delivered|Inbox/folder|Inbox/folder|Delivered"],
            store.Mail());
        Assert.Equal(
            ["anna@firm.example|Soft delete|Success", "bob@firm.example|Soft delete|Failure: no connection"],
            store.Rows("""SELECT "RecipientEmailAddress", "Action", "ActionResult" FROM "EmailPostDeliveryEvents" ORDER BY 1"""));
        Assert.Equal(
            ["""["Manual remediation"]""", "[]"],
            store.Rows("""SELECT "AdditionalFields"->'AdditionalActions' FROM "EmailEvents" ORDER BY "RecipientEmailAddress" """));
    }

    [Fact]
    public async Task An_undone_action_leaves_the_message_where_the_last_one_put_it()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Acted(Some.Id(), "anna@firm.example", "k2", "Moved to inbox", "Inbox/folder", minute: 9),
            Some.Acted(Some.Id(), "anna@firm.example", "k1", minute: 5),
            Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")),
            Some.Delivered(Some.Id(), "anna@firm.example"));

        Assert.Equal(["anna@firm.example|Delivered|Inbox/folder|Inbox/folder|Moved to inbox"], store.Mail());
    }

    [Fact]
    public async Task Already_in_destination_tells_where_it_is_and_not_that_something_was_done()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")),
            Some.Delivered(Some.Id(), "anna@firm.example"),
            Some.Acted(Some.Id(), "anna@firm.example", result: "Already in destination"));

        Assert.Equal(["anna@firm.example|Delivered|Inbox/folder|Deleted items|Delivered"], store.Mail());
    }

    [Fact]
    public async Task A_message_seen_again_is_no_second_row()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(Some.Judged(Some.Id(1), ("anna@firm.example", "Deliver")), Some.Seen(1));

        Assert.Single(store.Mail());
        Assert.Equal(["Judged|", "Seen|import"], store.Rows("""SELECT "Event", "Source" FROM "WeirDeliveryEvents" ORDER BY 1"""));
    }

    [Fact]
    public async Task A_click_is_a_row_of_its_own()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(Some.Clicked(Some.Id()), Some.Clicked() with { IsClickedThrough = true });

        Assert.Equal(
            [$"bob@firm.example|{Some.Id()}|False", "bob@firm.example||True"],
            store.Rows("""SELECT "AccountUpn", "NetworkMessageId", "IsClickedThrough" FROM "UrlClickEvents" ORDER BY 3"""));
    }

    [Fact]
    public async Task The_evidence_of_a_message_is_kept_as_it_was_judged()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(Some.Received(Some.Id(), "anna@firm.example"), Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")));

        Assert.Equal(
            ["""Phish|4.5|spoof|["spoof"]|Clean|evil.example|milter|cd"""],
            store.Rows("""SELECT "Verdict", "Score", "Signals"->0->>'Name', "Because", "WouldChange"->>'To', "Envelope"->>'helo', "Door", "BodySha256" FROM "WeirMessageEvidence" """));
        Assert.Equal(["https://evil.example/x|Body"], store.Rows("""SELECT "Url", "UrlLocation" FROM "EmailUrlInfo" """));
        Assert.Equal(["anna@firm.example|invoice.zip|a.exe"], store.Rows("""SELECT "RecipientEmailAddress", "FileName", "AdditionalFields"->'Members'->>0 FROM "EmailAttachmentInfo" """));
    }

    [Fact]
    public async Task Places_thresholds_and_versions_of_a_judgement_are_kept_and_those_of_the_one_before()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        var first = Some.Judged(Some.Id(), ("anna@firm.example", "Deliver"));
        var again = first with { At = first.At.AddHours(1), Verdict = "Malware", Versions = new Dictionary<string, string>(StringComparer.Ordinal) { ["rules"] = "ba9876543210" } };

        await store.AppendAsync(first, again);

        Assert.Equal(
            ["From|120|166|3|ba9876543210|Phish|0123456789ab"],
            store.Rows("""SELECT "Signals"->0->'Places'->0->>'Name', "Signals"->0->'Places'->0->>'Start', "Signals"->0->'Places'->0->>'End', "Thresholds"->>'Phish', "Versions"->>'rules', "Earlier"->0->>'Verdict', "Earlier"->0->'Versions'->>'rules' FROM "WeirMessageEvidence" """));
    }

    [Fact]
    public async Task Timestamps_are_ticks_of_the_time_of_receipt()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")));

        Assert.Equal([$"{Some.Noon.UtcTicks}"], store.Rows("""SELECT "Timestamp" FROM "EmailEvents" """));
    }

    [Fact]
    public async Task Late_facts_find_their_message_after_a_restart()
    {
        await using (var store = await TestStore.OpenAsync(_directory))
        {
            await store.AppendAsync(Some.Received(Some.Id(), "all@firm.example"), Some.Judged(Some.Id(), ("all@firm.example", "Deliver")));
        }

        await using var again = await TestStore.OpenAsync(_directory);
        await again.AppendAsync(Some.Delivered(Some.Id(), "anna@firm.example", originalRecipient: "all@firm.example"), Some.Acted(Some.Id(), "anna@firm.example"));

        Assert.Equal(["anna@firm.example|Delivered|Inbox/folder|Deleted items|Soft delete"], again.Mail());
    }

    [Fact]
    public void Every_order_and_repetition_of_facts_gives_the_same_rows()
    {
        var id = Some.Id();
        Fact[] facts =
        [
            Some.Received(id, "all@firm.example", "boss@firm.example"),
            Some.Judged(id, ("all@firm.example", "Deliver"), ("boss@firm.example", "Junk"), ("carl@firm.example", "Quarantine")),
            Some.Delivered(id, "anna@firm.example", originalRecipient: "boss@firm.example"),
            Some.Delivered(id, "anna@firm.example", originalRecipient: "all@firm.example") with { DistributionList = "all@firm.example" },
            Some.Delivered(id, "anna@firm.example", location: "Junk folder", source: "dovecot"),
            Some.Delivered(id, "bob@firm.example", originalRecipient: "all@firm.example", location: "Failed") with { Reply = "552" },
            Some.Delivered(id, "all@firm.example", source: "assumed"),
            Some.Acted(id, "anna@firm.example"),
            Some.Seen(1),
            Some.Joined(id),
            Some.Left(id),
            Some.Joined(id, cause: 4),
        ];
        var expected = RowsAfter(facts, size: facts.Length);
        Assert.Contains(expected, row => row.StartsWith("EmailEvents", StringComparison.Ordinal));

        var shuffled = Gen.Shuffle(facts).SelectMany(order => Gen.Int[0, facts.Length - 1].Array[0, 4].Select(again => (Fact[])[.. order, .. again.Select(index => facts[index])]));
        Gen.Select(shuffled, Gen.Int[1, 4]).Sample((order, size) => Assert.Equal(expected, RowsAfter(order, size)), iter: 60, threads: 1);
    }

    [Fact]
    public async Task A_store_rebuilt_from_the_log_equals_the_one_that_grew()
    {
        IReadOnlyList<string> grown;
        await using (var store = await TestStore.OpenAsync(_directory))
        {
            for (var i = 1; i <= 40; i++)
            {
                await store.AppendAsync(Some.Received(Some.Id(i), "all@firm.example"), Some.Judged(Some.Id(i), ("all@firm.example", "Deliver"), ("carl@firm.example", i % 3 == 0 ? "Quarantine" : "Deliver")));
                await store.AppendAsync(Some.Delivered(Some.Id(i), "anna@firm.example", originalRecipient: "all@firm.example"));
                await store.AppendAsync(Some.Clicked(Some.Id(i)), Some.Acted(Some.Id(Math.Max(1, i - 10)), "anna@firm.example", $"k{i}"), Some.Refused(Some.Id(1000 + i)));
            }

            grown = store.Everything();
        }

        File.Delete(_directory.Data.EventStore);
        await using var rebuilt = await TestStore.OpenAsync(_directory);
        await rebuilt.Log.WaitUntilShownAsync(rebuilt.Log.Last, TestContext.Current.CancellationToken);

        Assert.Equal(40 * 3, rebuilt.Mail().Count);
        Assert.Equal(grown, rebuilt.Everything());
    }

    [Fact]
    public async Task A_store_that_is_ahead_of_the_log_is_rebuilt()
    {
        await using (var store = await TestStore.OpenAsync(_directory))
        {
            await store.AppendAsync(Some.Refused(Some.Id(1)), Some.Refused(Some.Id(2)));
        }

        Directory.Delete(_directory.Data.Log, recursive: true);
        await using var again = await TestStore.OpenAsync(_directory);
        await again.AppendAsync(Some.Refused(Some.Id(3), "else@firm.example"));

        Assert.Equal(["else@firm.example|Blocked|Failed|Failed|Blocked"], again.Mail());
    }

    [Fact]
    public async Task A_store_of_another_version_is_rebuilt()
    {
        await using (var store = await TestStore.OpenAsync(_directory))
        {
            await store.AppendAsync(Some.Refused(Some.Id(1)));
            store.Rows("UPDATE store SET version = 0");
        }

        await using var again = await TestStore.OpenAsync(_directory);
        await again.Log.WaitUntilShownAsync(1, TestContext.Current.CancellationToken);

        Assert.Single(again.Mail());
    }

    [Fact]
    public async Task The_instance_can_reach_no_other_file_and_no_setting()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        foreach (var sql in new[] { "SELECT * FROM read_csv('/etc/passwd')", "COPY (SELECT 1) TO '/tmp/x.csv'", "ATTACH '/tmp/other.duckdb'", "INSTALL httpfs", "SET enable_external_access = true", "SET memory_limit = '9GB'" })
        {
            Assert.ThrowsAny<DuckDB.NET.Data.DuckDBException>(() => store.Rows(sql));
        }
    }

    [Fact]
    public async Task Every_stored_table_of_the_schema_exists_with_its_stored_columns()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        foreach (var table in HuntingSchema.Tables.Where(table => table.IsStored))
        {
            Assert.Equal(
                table.StoredColumns.Select(column => column.Name),
                store.Rows($"SELECT column_name FROM information_schema.columns WHERE table_name = '{table.Name}' ORDER BY ordinal_position"));
        }
    }

    [Fact]
    public async Task A_message_of_a_campaign_has_a_row_per_mailbox_and_one_for_each_thing_it_shares()
    {
        await using var store = await TestStore.OpenAsync(_directory);

        await store.AppendAsync(
            Some.Received(Some.Id(), "Anna@firm.example", "bob@firm.example"), Some.Judged(Some.Id(), ("Anna@firm.example", "Deliver"), ("bob@firm.example", "Deliver")),
            Some.Campaign(), Some.Joined(Some.Id()));
        await store.AppendAsync(Some.Delivered(Some.Id(), "carl@firm.example", originalRecipient: "bob@firm.example"));

        Assert.Equal(
            [$"anna@firm.example|{Some.CampaignId}|Phish.DHL.000c|Phish|DHL", $"carl@firm.example|{Some.CampaignId}|Phish.DHL.000c|Phish|DHL"],
            store.Rows("""SELECT "RecipientEmailAddress", "CampaignId", "CampaignName", "CampaignType", "CampaignSubtype" FROM "CampaignInfo" ORDER BY 1"""));
        Assert.Equal([$"Page|True|evil.example/pay|{Some.Id(9)}"], store.Rows("""SELECT "Kind", "IsStrong", "Value", "WithNetworkMessageId" FROM "WeirCampaignTies" """));
    }

    [Fact]
    public async Task A_campaign_that_is_part_of_an_older_one_is_shown_under_its_id_and_the_highest_revision_holds()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        const string Older = "01800000-0000-7000-8000-00000000000b";

        await store.AppendAsync(Some.Received(Some.Id(), "anna@firm.example"), Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")), Some.Campaign(), Some.Joined(Some.Id()));
        await store.AppendAsync(Some.Campaign(Older, revision: 2, name: "Phish.older"), Some.Campaign(Older, revision: 1, name: "Phish.first"), Some.Campaign(revision: 2, mergedInto: Older));
        await store.AppendAsync(Some.Campaign(revision: 1, name: "said again"));

        Assert.Equal([$"{Older}|Phish.older"], store.Rows("""SELECT "CampaignId", "CampaignName" FROM "CampaignInfo" """));
        Assert.Equal(2, store.Rows("""SELECT 1 FROM "WeirCampaigns" """).Count);
    }

    [Fact]
    public async Task A_message_that_left_its_campaign_has_no_row_of_it()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        await store.AppendAsync(Some.Received(Some.Id(), "anna@firm.example"), Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")), Some.Campaign(), Some.Joined(Some.Id()));

        await store.AppendAsync(Some.Left(Some.Id()));

        Assert.Empty(store.Rows("""SELECT 1 FROM "CampaignInfo" """));
        Assert.Empty(store.Rows("""SELECT 1 FROM "WeirCampaignTies" """));
    }

    private static List<string> RowsAfter(Fact[] facts, int size)
    {
        var store = new InMemoryFold();
        foreach (var part in facts.Chunk(size))
        {
            store.Take(part);
        }

        return store.Rows();
    }
}
