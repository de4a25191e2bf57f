using CsCheck;
using Weir.Portal.Explorer;

namespace Weir.Portal.Tests.Explorer;

public sealed class ExplorerQueryTests
{
    private const string Start = "EmailEvents\n| where Timestamp >= datetime(2026-11-23T00:00:00.0000000Z) and Timestamp < datetime(2026-11-25T00:00:00.0000000Z)";

    private static readonly TimeWindow Window = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Without_conditions_only_the_time_is_asked() => Assert.Equal(Start, Query(ConditionGroup.Everything).Messages());

    [Fact]
    public void Conditions_joined_by_AND_are_lines_of_their_own() => Assert.Equal(
        $"{Start}\n| where EmailDirection in~ ('Inbound')\n| where Subject contains 'invoice'",
        Query(All(Is("direction", "Inbound"), new ConditionTest("subject", ConditionOperator.Contains, ["invoice"]))).Messages());

    [Fact]
    public void Groups_keep_their_brackets() => Assert.Equal(
        $"{Start}\n| where (SenderFromDomain in~ ('a.example', 'b.example') or not(UrlCount > 3 and RecipientEmailAddress startswith 'ceo@'))",
        Query(All(new ConditionGroup(IsAny: true, IsNegated: false,
        [
            Is("senderDomain", "a.example", "b.example"),
            new ConditionGroup(IsAny: false, IsNegated: true, [new ConditionTest("urlCount", ConditionOperator.Greater, ["3"]), new ConditionTest("recipient", ConditionOperator.StartsWith, ["ceo@"])]),
        ]))).Messages());

    [Fact]
    public void A_group_without_conditions_asks_nothing() => Assert.Equal(
        $"{Start}\n| where EmailDirection in~ ('Inbound')",
        Query(All(Is("direction", "Inbound"), new ConditionGroup(IsAny: true, IsNegated: true, [ConditionGroup.Everything]))).Messages());

    [Theory]
    [InlineData("senderAddress", ConditionOperator.IsNot, "x@y", "SenderFromAddress !in~ ('x@y')")]
    [InlineData("senderIp", ConditionOperator.Is, "203.0.113.9", "(SenderIPv4 in~ ('203.0.113.9') or SenderIPv6 in~ ('203.0.113.9'))")]
    [InlineData("senderIp", ConditionOperator.IsNot, "203.0.113.9", "not((SenderIPv4 in~ ('203.0.113.9') or SenderIPv6 in~ ('203.0.113.9')))")]
    [InlineData("threat", ConditionOperator.Is, "Phish", "ThreatTypes contains 'Phish'")]
    [InlineData("technology", ConditionOperator.Is, "File detonation", "DetectionMethods contains '\"File detonation\"'")]
    [InlineData("technology", ConditionOperator.IsNot, "File detonation", "not(DetectionMethods contains '\"File detonation\"')")]
    [InlineData("latestLocation", ConditionOperator.Is, "Soft deleted", "case(LatestDeliveryAction == 'Soft delete', 'Soft deleted', LatestDeliveryAction == 'Hard delete', 'Hard deleted', LatestDeliveryLocation) in~ ('Soft deleted')")]
    [InlineData("spf", ConditionOperator.Is, "softfail", "AuthenticationDetails contains '\"SPF\":\"softfail\"'")]
    [InlineData("tags", ConditionOperator.Is, "Priority account", "(AdditionalFields contains '\"Priority account\"' and tostring(parse_json(AdditionalFields).Tags) contains '\"Priority account\"')")]
    [InlineData("impersonatedUser", ConditionOperator.Contains, "schmidt@weir", "(AdditionalFields contains 'schmidt@weir' and tostring(parse_json(AdditionalFields).ImpersonatedUsers) contains 'schmidt@weir')")]
    [InlineData("impersonatedDomain", ConditionOperator.IsNot, "weir.example", "not((AdditionalFields contains '\"weir.example\"' and tostring(parse_json(AdditionalFields).ImpersonatedDomains) contains '\"weir.example\"'))")]
    [InlineData("urlThreat", ConditionOperator.Is, "Phish", "(AdditionalFields contains '\"Phish\"' and tostring(parse_json(AdditionalFields).UrlThreats) contains '\"Phish\"')")]
    [InlineData("originalThreat", ConditionOperator.Is, "Phish", "OriginalThreatTypes contains 'Phish'")]
    [InlineData("reportedBy", ConditionOperator.Is, "assumed", "AdditionalFields contains '\"DeliverySource\":\"assumed\"'")]
    [InlineData("bcl", ConditionOperator.Greater, "6", "BulkComplaintLevel > 6")]
    [InlineData("policyType", ConditionOperator.Is, "Anti-malware", "(EmailActionPolicy startswith 'Antimalware')")]
    [InlineData("forwarded", ConditionOperator.Is, "True", "(ForwardingInformation != '')")]
    [InlineData("override", ConditionOperator.IsNot, "None", "not((OrgLevelAction == ''))")]
    [InlineData("size", ConditionOperator.Less, "5000", "EmailSize < 5000")]
    public void A_property_is_compared_where_it_lives(string property, ConditionOperator comparison, string value, string predicate) =>
        Assert.Equal($"{Start}\n| where {predicate}", Query(All(new ConditionTest(property, comparison, [value]))).Messages());

    [Fact]
    public void Links_are_looked_up_in_their_table() => Assert.Equal(
        $"{Start}\n| where NetworkMessageId in (EmailUrlInfo | where Timestamp >= datetime(2026-11-23T00:00:00.0000000Z) and Timestamp < datetime(2026-11-25T00:00:00.0000000Z) | where UrlDomain in~ ('evil.example') | project NetworkMessageId)",
        Query(All(Is("urlDomain", "evil.example"))).Messages());

    [Fact]
    public void A_whole_link_is_found_with_and_without_scheme_and_last_slash() => Assert.Contains(
        "| where Url in~ ('http://evil.example/a', 'http://evil.example/a/') |", Query(All(Is("url", "evil.example/a/"))).Messages(), StringComparison.Ordinal);

    [Fact]
    public void Outer_slashes_of_a_part_of_a_link_make_no_difference() => Assert.EndsWith(
        " in~ ('a/b') | project NetworkMessageId)", Query(All(Is("urlPath", "/a/b/"))).Messages(), StringComparison.Ordinal);

    [Fact]
    public void Long_steps_begin_at_the_viewers_midnight() => Assert.EndsWith(
        "by Start = bin_at(Timestamp, 12h, datetime(2026-11-23T23:00:00.0000000Z)), Series = DeliveryAction",
        new ExplorerQuery(Window with { Origin = new DateTimeOffset(2026, 11, 23, 23, 0, 0, TimeSpan.Zero) }, ConditionGroup.Everything)
            .Histogram(Pivot.Find("deliveryAction"), top: null, TimeSpan.FromHours(12)), StringComparison.Ordinal);

    [Fact]
    public void A_series_that_is_worked_out_is_worked_out_for_groups_and_not_for_messages()
    {
        var place = Vocabulary.LatestPlace;
        var query = Query(ConditionGroup.Everything);
        Assert.Equal(
            $"{Start}\n| summarize Count = count() by Start = bin(Timestamp, 1h), LatestDeliveryAction, LatestDeliveryLocation\n| summarize Count = sum(Count) by Start, Series = iff({place} in ('Inbox/folder', 'Other'), {place}, 'Other')",
            query.Histogram(Pivot.Find("latestLocation"), ["Inbox/folder"], TimeSpan.FromHours(1)));
        Assert.Equal(
            $"{Start}\n| summarize Count = count() by LatestDeliveryAction, LatestDeliveryLocation\n| summarize Count = sum(Count) by Series = {place}\n| top 6 by Count desc",
            query.Top(Pivot.Find("latestLocation")));
    }

    [Fact]
    public void A_pivot_of_links_counts_each_link_of_a_message_once() => Assert.Equal(
        $"{Start}\n| project Timestamp, NetworkMessageId\n| join kind=inner (EmailUrlInfo | where Timestamp >= datetime(2026-11-23T00:00:00.0000000Z) and Timestamp < datetime(2026-11-25T00:00:00.0000000Z) | project NetworkMessageId, Link = UrlDomain | distinct NetworkMessageId, Link) on NetworkMessageId\n| summarize Count = count() by Series = Link\n| top 6 by Count desc",
        Query(ConditionGroup.Everything).Top(Pivot.Find("urlDomain")));

    [Fact]
    public void Clicks_may_be_later_than_the_window() => Assert.Equal(
        $"{Start}\n| where NetworkMessageId !in (UrlClickEvents | where Timestamp >= datetime(2026-11-23T00:00:00.0000000Z) | where case(ActionType == 'ClickBlocked' and IsClickedThrough, 'ClickOverridden', ActionType == 'UrlScanInProgress' and IsClickedThrough, 'ScanBypassed', ActionType) in~ ('ClickAllowed') | project NetworkMessageId)",
        Query(All(new ConditionTest("click", ConditionOperator.IsNot, ["ClickAllowed"]))).Messages());

    [Fact]
    public void Rows_that_are_passed_over_are_counted_from_the_other_end() => Assert.Equal(
        $"{Start}\n| project Timestamp, Subject\n| sort by Timestamp desc, NetworkMessageId asc, RecipientEmailAddress asc\n| take 150\n| sort by Timestamp asc, NetworkMessageId desc, RecipientEmailAddress desc\n| take 100",
        Query(ConditionGroup.Everything).Rows(Window.From, Window.To, new RowOrder("Timestamp", IsDescending: true), ["Timestamp", "Subject"], 50, 100));

    [Fact]
    public void Another_order_still_ends_in_time_and_ids() => Assert.Equal(
        "Subject asc, Timestamp desc, NetworkMessageId asc, RecipientEmailAddress asc", new RowOrder("Subject", IsDescending: false).Kql(isReversed: false));

    [Fact]
    public void An_open_pivot_keeps_its_most_frequent_values() => Assert.EndsWith(
        "| summarize Count = count() by Start = bin(Timestamp, 1h), Series = iff(SenderFromDomain in ('a.example', 'it\\'s', 'Other'), SenderFromDomain, 'Other')",
        Query(ConditionGroup.Everything).Histogram(Pivot.Find("senderDomain"), ["a.example", "it's"], TimeSpan.FromHours(1)), StringComparison.Ordinal);

    [Fact]
    public void Every_property_makes_a_predicate_from_every_comparison_and_only_literals_carry_values() => Gen.String.Sample(hostile =>
    {
        foreach (var property in ExplorerProperties.All)
        {
            var value = property.Kind switch { PropertyKind.Number => "7", PropertyKind.Choice => property.Choices[0].Value, _ => hostile };
            foreach (var comparison in property.Operators)
            {
                var text = Query(All(new ConditionTest(property.Id, comparison, [value]))).Messages();

                // Outside of literals brackets are balanced and nothing of the value is left.
                var outside = Outside(text);
                Assert.Equal(outside.Count(character => character == '('), outside.Count(character => character == ')'));
                Assert.DoesNotContain("//", outside, StringComparison.Ordinal);
                Assert.DoesNotContain(";", outside, StringComparison.Ordinal);
            }
        }
    }, iter: 60);

    [Fact]
    public void Property_ids_are_unique_and_choices_too()
    {
        Assert.Equal(ExplorerProperties.All.Count, ExplorerProperties.All.Select(property => property.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(ExplorerProperties.All, property => Assert.Equal(property.Choices.Count, property.Choices.Select(choice => choice.Value).Distinct(StringComparer.Ordinal).Count()));
    }

    private static ExplorerQuery Query(ConditionGroup filter) => new(Window, filter);

    private static ConditionGroup All(params Condition[] parts) => new(IsAny: false, IsNegated: false, parts);

    private static ConditionTest Is(string property, params string[] values) => new(property, ConditionOperator.Is, values);

    private static string Outside(string text)
    {
        var outside = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\'')
            {
                outside.Append(text[at]);
                continue;
            }

            for (at++; text[at] != '\''; at++)
            {
                at += text[at] == '\\' ? 1 : 0;
            }
        }

        return outside.ToString();
    }
}
