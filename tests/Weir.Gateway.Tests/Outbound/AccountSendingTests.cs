using Weir.Gateway.Contracts;
using Weir.Gateway.Outbound;
using Weir.Gateway.Tests.Support;

namespace Weir.Gateway.Tests.Outbound;

public sealed class AccountSendingTests
{
    private static readonly SendingLimits Limits = new() { MessagesPerHour = 10, MessagesPerDay = 30, RecipientsPerHour = 100, RecipientsPerDay = 200 };

    private readonly AccountSending _sending = new();

    [Fact]
    public void An_hour_and_a_day_slide()
    {
        Send(10, Door.Morning, 1);
        Assert.Null(_sending.Now(10).Over(Limits));

        Send(1, Door.Morning.AddMinutes(30), 1);
        Assert.Equal(("MessagesPerHour", 11L, 10L), Over());

        Send(1, Door.Morning.AddHours(3), 1);
        Assert.Equal((1L, 12L), (_sending.Now(10).MessagesInHour, _sending.Now(10).MessagesInDay));

        Send(1, Door.Morning.AddHours(30), 1);
        Assert.Equal((1L, 1L), (_sending.Now(10).MessagesInHour, _sending.Now(10).MessagesInDay));
    }

    [Fact]
    public void Recipients_count_beside_messages()
    {
        Send(2, Door.Morning, 60);

        Assert.Equal(("RecipientsPerHour", 120L, 100L), Over());
        Assert.Null(_sending.Now(10).Over(Limits with { IsExcepted = true }));
    }

    [Fact]
    public void The_share_of_bad_mail_needs_enough_messages()
    {
        Send(1, Door.Morning, 1);
        for (var i = 0; i < 9; i++)
        {
            _sending.Judge(isBad: true);
        }

        Assert.Null(_sending.Now(10).Over(Limits));
        _sending.Judge(isBad: false);
        Assert.Equal(("BadShare", 90L, 50L), Over());
        for (var i = 0; i < 5; i++)
        {
            _sending.Judge(isBad: false);
        }

        Assert.Null(_sending.Now(10).Over(Limits));
        Assert.Equal((4, 10), (_sending.Now(10).Bad, _sending.Now(10).Judged));
    }

    [Fact]
    public void A_message_that_comes_late_is_not_lost()
    {
        Send(1, Door.Morning.AddHours(1), 1);
        Send(3, Door.Morning, 1);

        Assert.Equal(4, _sending.Now(10).MessagesInHour);
    }

    [Theory]
    [InlineData(0, 50, 10)]
    [InlineData(1, 0, 10)]
    [InlineData(1, 101, 10)]
    [InlineData(1, 50, 4)]
    [InlineData(1, 50, 65)]
    public void Limits_without_sense_are_named(int messages, int share, int of) => Assert.NotNull(new SendingLimits { MessagesPerHour = messages, BadShare = share, BadOf = of }.Problem());

    private (string, long, long)? Over() => _sending.Now(10).Over(Limits) is { } over ? (over.Limit, over.Number, over.Allowed) : null;

    private void Send(int messages, DateTimeOffset at, int recipients)
    {
        for (var i = 0; i < messages; i++)
        {
            _sending.Count(at, recipients);
        }
    }
}
