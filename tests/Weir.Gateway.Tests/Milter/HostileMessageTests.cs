using System.Text;
using Weir.Gateway.Milter;
using Weir.Gateway.Tests.Support;

namespace Weir.Gateway.Tests.Milter;

/// <summary>Mail that is meant to break its reader gets a clear answer, and the connection serves the next one.</summary>
public sealed class HostileMessageTests : IDisposable
{
    private const int Most = 10_000;

    private readonly Door _door = new();

    [Fact]
    public async Task Ten_thousand_recipients_are_one_message_and_one_more_is_452()
    {
        var recipients = Enumerable.Range(0, Most).Select(i => $"p{i}@corp.example").ToArray();

        var answers = await Talk().Message(recipients).Message([.. recipients, "more@corp.example"]).AnswersAsync();

        Assert.Equal("c", answers[^2]);
        Assert.Equal("y 452 4.5.3 Too many recipients|", answers[^1]);
        var received = Assert.Single(_door.Log.Facts.OfType<Events.Contracts.MessageReceived>());
        Assert.Equal(Most, received.Envelope.Recipients.Count);
        Assert.Equal(Most, Assert.Single(_door.Log.Facts.OfType<Events.Contracts.MessageJudged>()).Recipients.Count);
    }

    [Fact]
    public async Task Zero_bytes_are_kept_as_they_came()
    {
        var answers = await Talk().Message(["anna@corp.example"], body: "be\0fore\0\r\n").AnswersAsync();

        Assert.Equal("c", answers[^1]);
        var blob = Assert.Single(_door.Log.Facts.OfType<Events.Contracts.MessageReceived>()).BlobId;
        var raw = await _door.Blobs.ReadAsync(new Storage.Contracts.BlobId(blob), TestContext.Current.CancellationToken);
        Assert.Contains("be\0fore\0\r\n", Encoding.Latin1.GetString(raw!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_of_fields_is_taken_up_to_the_limit_and_refused_beyond()
    {
        var fields = Enumerable.Range(0, 50_000).Select(i => $"X-{i}| v").ToArray();

        var answers = await Talk(new MilterOptions { MaxMessageBytes = 1 << 16 }).Message(["anna@corp.example"], fields).Message(["anna@corp.example"], fields[..2000]).AnswersAsync();

        Assert.Equal("y 552 5.3.4 Message is too large to be examined|", answers[1]);
        Assert.Equal("c", answers[^1]);
        Assert.Single(_door.Log.Facts.OfType<Events.Contracts.MessageReceived>());
    }

    [Fact]
    public async Task Forged_fields_in_Weirs_name_are_bounded_like_all_others()
    {
        var answers = await Talk(new MilterOptions { MaxMessageBytes = 1 << 16 }).Message(["anna@corp.example"], [.. Enumerable.Repeat("X-Weir-Id| forged", 20_000)]).AnswersAsync();

        Assert.Equal("y 552 5.3.4 Message is too large to be examined|", answers[1]);
    }

    [Fact]
    public async Task A_full_disk_is_452_and_the_next_message_after_it_is_taken()
    {
        var disk = new SmallDisk { Free = 0 };
        using var door = new Door(disk: disk);
        var talk = new MilterTalk { Intake = new MilterIntake(door.Intake, door.BlockedRecipients) };

        var full = await talk.Negotiate().Message(["anna@corp.example"]).AnswersAsync();
        Assert.Equal("y 452 4.3.1 Not enough room to keep the message, try again later|", full[^1]);
        Assert.Empty(door.Log.Facts);

        disk.Free = 1L << 40;
        door.Clock.Advance(TimeSpan.FromSeconds(10));
        var again = await new MilterTalk { Intake = new MilterIntake(door.Intake, door.BlockedRecipients) }.Negotiate().Message(["anna@corp.example"]).AnswersAsync();
        Assert.Equal("c", again[^1]);
        Assert.Single(door.Log.Facts.OfType<Events.Contracts.MessageReceived>());
    }

    [Fact]
    public async Task On_a_full_disk_nothing_passes_unscanned_and_unkept_even_where_failures_pass()
    {
        using var door = new Door(disk: new SmallDisk { Free = 0 });
        var talk = new MilterTalk { Intake = new MilterIntake(door.Intake, door.BlockedRecipients), Options = new MilterOptions { OnFailure = OnFailure.Accept } };

        var answers = await talk.Negotiate().Message(["anna@corp.example"]).AnswersAsync();

        Assert.StartsWith("y 452", answers[^1], StringComparison.Ordinal);
    }

    public void Dispose() => _door.Dispose();

    private MilterTalk Talk(MilterOptions? options = null) => new MilterTalk { Intake = new MilterIntake(_door.Intake, _door.BlockedRecipients), Options = options ?? new MilterOptions() }.Negotiate();
}
