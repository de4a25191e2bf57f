using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Detection.Checks;
using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Facts.Knowledge;

public sealed class DnsListsTests
{
    private const string Zone = "bl.lists.example";
    private const string Links = "dbl.lists.example";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly ScriptedDns _dns = new();

    [Theory]
    [InlineData("203.0.113.9", "9.113.0.203")]
    [InlineData("::ffff:203.0.113.9", "9.113.0.203")]
    [InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2")]
    [InlineData("10.1.2.3", null)]
    [InlineData("192.168.4.5", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("fd00::1", null)]
    [InlineData("not an address", null)]
    [InlineData("", null)]
    public void Addresses_of_the_public_Internet_have_a_name_in_lists(string client, string? name) => Assert.Equal(name, DnsLists.ReverseName(client));

    [Theory]
    [InlineData(true, "127.0.0.2", nameof(ListStatus.Listed))]
    [InlineData(true, "127.0.0.10", nameof(ListStatus.Listed))]
    [InlineData(false, "127.0.1.4", nameof(ListStatus.Listed))]
    [InlineData(false, "127.0.0.1", nameof(ListStatus.Unavailable))]
    [InlineData(true, "127.255.255.254", nameof(ListStatus.Unavailable))]
    [InlineData(true, "127.255.255.255", nameof(ListStatus.Unavailable))]
    [InlineData(true, "192.0.2.80", nameof(ListStatus.Unavailable))]
    public void Codes_of_refusal_and_strange_answers_are_no_listing(bool isOfAddress, string record, string status) =>
        Assert.Equal(status, DnsLists.Understand(new ListAnswer(Zone, "x", isOfAddress, ListStatus.Unavailable), new DnsAnswer(DnsStatus.Ok, [record])).Status.ToString());

    [Fact]
    public async Task Without_zones_nothing_is_asked()
    {
        var answers = await new DnsLists(_dns, Options.Create(new DetectionOptions()), _clock).AskAsync("203.0.113.9", ["lagoon.example"], TestContext.Current.CancellationToken);

        Assert.Empty(answers);
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public async Task The_address_and_the_domains_of_links_are_asked_for()
    {
        _dns.Answers[$"9.113.0.203.{Zone}"] = new DnsAnswer(DnsStatus.Ok, ["127.0.0.2"]);

        var answers = await Lists().AskAsync("203.0.113.9", ["lagoon.example"], TestContext.Current.CancellationToken);

        Assert.Equal([(Zone, ListStatus.Listed, "127.0.0.2"), (Links, ListStatus.NotListed, "")], answers.Select(answer => (answer.Zone, answer.Status, answer.Codes)));
    }

    [Fact]
    public async Task Answers_are_kept_for_a_quarter_of_an_hour_and_so_is_that_there_is_none()
    {
        var lists = Lists();
        await lists.AskAsync("203.0.113.9", [], TestContext.Current.CancellationToken);
        await lists.AskAsync("203.0.113.9", [], TestContext.Current.CancellationToken);
        Assert.Single(_dns.Asked);

        _clock.Advance(TimeSpan.FromMinutes(16));
        await lists.AskAsync("203.0.113.9", [], TestContext.Current.CancellationToken);
        Assert.Equal(2, _dns.Asked.Count);
    }

    [Fact]
    public async Task A_list_that_never_answers_costs_the_limit_and_no_more()
    {
        _dns.IsSilent = true;

        var asking = Lists().AskAsync("203.0.113.9", ["a.example", "b.example"], TestContext.Current.CancellationToken).AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(1_499));
        Assert.False(asking.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(2));

        Assert.All(await asking.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken), answer => Assert.Equal(ListStatus.Unavailable, answer.Status));
    }

    [Fact]
    public async Task A_list_that_fails_three_times_rests_for_a_minute()
    {
        _dns.Otherwise = DnsAnswer.Of(DnsStatus.ServFail);
        var lists = Lists();
        for (var i = 1; i <= 5; i++)
        {
            var answer = Assert.Single(await lists.AskAsync($"203.0.113.{i}", [], TestContext.Current.CancellationToken));
            Assert.Equal(ListStatus.Unavailable, answer.Status);
        }

        Assert.Equal(3, _dns.Asked.Count);
        _dns.Otherwise = DnsAnswer.Of(DnsStatus.NxDomain);
        _clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(ListStatus.NotListed, Assert.Single(await lists.AskAsync("203.0.113.9", [], TestContext.Current.CancellationToken)).Status);
    }

    [Theory]
    [InlineData("127.0.0.2", null, CheckState.Ok, "answers")]
    [InlineData(null, null, CheckState.Failed, "test entry")]
    [InlineData("127.0.0.2", "127.0.0.2", CheckState.Failed, "lists everything")]
    [InlineData("127.255.255.254", null, CheckState.Failed, "refuses")]
    public async Task The_doctor_asks_each_list_for_its_test_entry(string? there, string? absent, CheckState state, string text)
    {
        Say($"2.0.0.127.{Zone}", there);
        Say($"1.0.0.127.{Zone}", absent);
        var lists = new DnsLists(_dns, Options.Create(new DetectionOptions { Dnsbl = [Zone] }), _clock);

        var result = Assert.Single(await new DnsListCheck(lists).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(state, result.State);
        Assert.Contains(text, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_names_a_list_that_cannot_be_reached()
    {
        _dns.Otherwise = DnsAnswer.Of(DnsStatus.Timeout);
        var lists = new DnsLists(_dns, Options.Create(new DetectionOptions { Uribl = [Links] }), _clock);

        var result = Assert.Single(await new DnsListCheck(lists).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(CheckState.Failed, result.State);
        Assert.Contains(Links, result.Text, StringComparison.Ordinal);
        Assert.Contains("detection.uribl", result.Advice, StringComparison.Ordinal);
    }

    private void Say(string name, string? record)
    {
        if (record is not null)
        {
            _dns.Answers[name] = new DnsAnswer(DnsStatus.Ok, [record]);
        }
    }

    private DnsLists Lists() => new(_dns, Options.Create(new DetectionOptions { Dnsbl = [Zone], Uribl = [Links] }), _clock);

    private sealed class ScriptedDns : IDns
    {
        public Dictionary<string, DnsAnswer> Answers { get; } = new(StringComparer.Ordinal);

        public ConcurrentQueue<string> Asked { get; } = [];

        public DnsAnswer Otherwise { get; set; } = DnsAnswer.Of(DnsStatus.NxDomain);

        public bool IsSilent { get; set; }

        public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
        {
            Asked.Enqueue(name);
            if (IsSilent)
            {
                // Deaf to its token, as a broken resolver library may be.
                await new TaskCompletionSource().Task;
            }

            return Answers.GetValueOrDefault(name, Otherwise);
        }
    }
}
