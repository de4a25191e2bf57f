using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Milter;
using Weir.Gateway.Tests.Support;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Tests.Milter;

public sealed class BlockedRecipientsTests : IDisposable
{
    private readonly Door _door = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _door.Dispose();

    [Theory]
    [InlineData(EntryKind.SenderDomain, "evil.example")]
    [InlineData(EntryKind.Sender, "mallory@mail.evil.example")]
    public async Task Own_users_cannot_write_to_what_is_blocked(EntryKind kind, string value)
    {
        _door.Blocks.Entries = [new AllowBlockEntry(kind, value, IsAllow: false, Expires: null, Note: "")];

        var reply = await _door.BlockedRecipients.RefuseAsync(Outgoing("anna", "bob@good.example", "Mallory@mail.evil.example"), Token);

        Assert.Equal("550 5.7.703 Your message can't be delivered because messages to Mallory@mail.evil.example are blocked by your organization", reply);
        var refused = Assert.Single(_door.Log.Facts.OfType<RecipientRefused>());
        Assert.Equal(("Mallory@mail.evil.example", "Outbound", reply), (refused.Recipient, refused.EmailDirection, refused.Reply));
    }

    [Fact]
    public async Task Mail_from_outside_allows_and_entries_of_other_kinds_refuse_nothing()
    {
        _door.Blocks.Entries = [new AllowBlockEntry(EntryKind.SenderDomain, "evil.example", IsAllow: false, Expires: null, Note: "")];
        Assert.Null(await _door.BlockedRecipients.RefuseAsync(Outgoing("", "mallory@evil.example"), Token));

        _door.Blocks.Entries =
        [
            new AllowBlockEntry(EntryKind.SenderDomain, "evil.example", IsAllow: true, Expires: null, Note: ""),
            new AllowBlockEntry(EntryKind.UrlDomain, "evil.example", IsAllow: false, Expires: null, Note: ""),
        ];
        Assert.Null(await _door.BlockedRecipients.RefuseAsync(Outgoing("anna", "mallory@evil.example"), Token));
        Assert.Empty(_door.Log.Facts);
    }

    [Fact]
    public async Task The_mail_server_is_told_at_the_end_of_the_message_which_is_not_kept()
    {
        _door.Blocks.Entries = [new AllowBlockEntry(EntryKind.SenderDomain, "evil.example", IsAllow: false, Expires: null, Note: "")];
        var talk = new MilterTalk { Intake = new MilterIntake(_door.Intake, _door.BlockedRecipients) };

        var answers = await talk.Negotiate().Say('D', "Mi|16E13B1E026|{auth_authen}|anna|").Message(["mallory@evil.example"]).AnswersAsync();

        Assert.Contains(answers, answer => answer.Contains("550 5.7.703", StringComparison.Ordinal));
        Assert.DoesNotContain(_door.Log.Facts, fact => fact is MessageReceived);
    }

    private static IncomingMessage Outgoing(string user, params string[] to) => Some.Incoming(to: to) with
    {
        Envelope = new Mail.Contracts.Envelope { MailFrom = "anna@corp.example", Recipients = to, AuthenticatedUser = user },
    };
}
