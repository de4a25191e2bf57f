using Weir.Access.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Intelligence.Tests.Support;
using Weir.Kernel;

namespace Weir.Intelligence.Tests.Lists;

/// <summary>The list asked of a real event store.</summary>
public sealed class EntryEffectsTests : IAsyncLifetime
{
    private TestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await World.StartAsync();
        var log = _host.Get<IEventLog>();
        await log.AppendAsync(
            [
                Judged("mallory@Evil.example", "Clean", ["a@weir.example", "b@weir.example"], url: "https://www.evil.example/login/2?x"),
                Judged("bob@mail.evil.example", "High confidence phish", ["a@weir.example"], url: "http://evil.example:80/other", hash: new string('a', 64)),
                Judged("carol@good.example", "Phish", ["a@weir.example"], from: "bounce@evil.example", ip: "2001:db8:1::9"),
                Judged("old@evil.example", "Clean", ["a@weir.example"], days: 40),
                Judged("dan@partner.example", "Clean", ["a@weir.example", "b@weir.example"], without: "Malware", entry: 7),
                Judged("eve@partner.example", "Clean", ["a@weir.example"], without: "Clean", entry: 7),
            ],
            Token);
        BringUpToDate();
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(EntryKind.SenderDomain, "evil.example", false, 3, 4, 2)]
    [InlineData(EntryKind.SenderDomain, "evil.example", true, 2, 3, 1)]
    [InlineData(EntryKind.SenderDomain, "*.evil.example", false, 1, 1, 0)]
    [InlineData(EntryKind.Sender, "mallory@evil.example", false, 1, 2, 1)]
    [InlineData(EntryKind.UrlDomain, "evil.example", false, 2, 3, 1)]
    [InlineData(EntryKind.Url, "*.evil.example/login", false, 1, 2, 1)]
    [InlineData(EntryKind.Url, "evil.example", false, 1, 1, 0)]
    [InlineData(EntryKind.Url, "*.evil.example/lo*2", false, 1, 2, 1)]
    [InlineData(EntryKind.IpAddress, "192.0.2.0/24", false, 4, 6, 3)]
    [InlineData(EntryKind.IpAddress, "2001:db8:1::/48", false, 1, 1, 1)]
    [InlineData(EntryKind.Spoof, "evil.example, 192.0.2.0/24", false, 2, 3, 1)]
    [InlineData(EntryKind.Spoof, "evil.example, mailer.example", false, 0, 0, 0)]
    [InlineData(EntryKind.SenderDomain, "x\" or true //", false, 0, 0, 0)]
    public async Task What_an_entry_would_have_changed_is_counted_and_the_query_gives_the_same(EntryKind kind, string value, bool isAllow, int messages, int recipients, int changed)
    {
        var effect = await _host.Get<IEntryEffects>().EffectAsync(World.Chief, new EntryDraft(kind, value, isAllow), Token);
        var rows = await _host.Get<IQuestions>().AskAsync(World.Chief, new Question(effect.Kql), Token);

        Assert.Equal((messages, recipients, changed), (effect.Messages, effect.Recipients, effect.Changed));
        Assert.Equal(recipients, rows.Rows.Count);
        Assert.Equal(Math.Min(5, recipients), effect.Examples.Count);
    }

    [Fact]
    public async Task The_effect_of_a_file_is_that_of_its_attachments()
    {
        var effect = await _host.Get<IEntryEffects>().EffectAsync(World.Chief, new EntryDraft(EntryKind.FileHash, new string('a', 64), IsAllow: false), Token);

        Assert.Equal(new VerdictCount("High confidence phish", 1, 1, WouldChange: true), Assert.Single(effect.ByVerdict));
        Assert.Equal(("bob@mail.evil.example", "a@weir.example"), (effect.Examples[0].Sender, effect.Examples[0].Recipient));
    }

    [Fact]
    public async Task An_allow_that_let_bad_mail_in_is_named_with_the_mails()
    {
        var (id, letIn) = Assert.Single(await _host.Get<IEntryEffects>().LetInAsync(World.Chief, Token));
        var rows = await _host.Get<IQuestions>().AskAsync(World.Chief, new Question(letIn.Kql), Token);

        Assert.Equal((7, 1, 2), (id, letIn.Messages, rows.Rows.Count));
    }

    [Fact]
    public async Task Looking_at_mail_needs_its_permission() =>
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await _host.Get<IEntryEffects>().EffectAsync(World.Reader, new EntryDraft(EntryKind.Sender, "a@b.example", false), Token));

    private void BringUpToDate() => EventsModule.BringUpToDate(_host.Services, Token);

    private MessageJudged Judged(string author, string verdict, string[] recipients, string url = "", string hash = "", string from = "", string ip = "192.0.2.1", int days = 1, string? without = null, long entry = 0)
    {
        var at = _host.Clock.GetUtcNow().AddDays(-days);
        return new MessageJudged
        {
            At = at,
            ReceivedAt = at,
            Id = NetworkMessageId.New(at),
            Verdict = verdict,
            VerdictWithoutAllow = without,
            SenderFromAddress = author,
            SenderMailFromAddress = from,
            SenderIp = ip,
            Recipients = [.. recipients.Select(address => new RecordedRecipient { Address = address, Decision = "Deliver" })],
            Urls = url.Length > 0 ? [new RecordedUrl { Url = url, Domain = new Uri(url).Host }] : [],
            Attachments = hash.Length > 0 ? [new RecordedAttachment { Sha256 = hash, FileName = "x" }] : [],
            Signals = entry > 0 ? [new RecordedSignal { Name = "allowed-domain", Technology = "Domain reputation", Evidence = "", Override = "OrganizationAllow", ListEntry = "7" }] : [],
        };
    }
}
