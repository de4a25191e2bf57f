using Weir.Events.Contracts;
using Weir.Portal.Emails;
using Weir.Portal.Explorer;

namespace Weir.Portal.Tests.Emails;

public sealed class SimilarMailTests
{
    private static readonly DateTime At = new(2026, 11, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_same_body_around_the_message_is_a_view_of_Explorer()
    {
        var view = SimilarMail.Of(Row(77), days: 7, find: " o'brien ")!;
        var read = ExplorerAddress.Read("http://here" + view.Write());

        Assert.Equal(new TimeRange(null, new DateTimeOffset(At).AddDays(-7), new DateTimeOffset(At).AddDays(7)), read.Range);
        Assert.EndsWith(
            "\n| where EmailClusterId in (77)\n| where (Subject contains 'o\\'brien' or SenderFromAddress contains 'o\\'brien' or RecipientEmailAddress contains 'o\\'brien')",
            new ExplorerQuery(read.Range.Window(read.Range.To, TimeZoneInfo.Utc), read.Filter).Messages(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_fingerprint_is_one_too() => Assert.NotNull(SimilarMail.Of(Row(-77), days: 7, find: ""));

    [Fact]
    public void Without_a_fingerprint_nothing_is_similar() => Assert.Null(SimilarMail.Of(Row(0), days: 7, find: ""));

    private static MailRow Row(long cluster)
    {
        var answer = new Answer([new("Timestamp", "datetime"), new("EmailClusterId", "long")], [[At, cluster]]) { At = default };
        return new MailRow(answer, answer.Rows[0], TimeZoneInfo.Utc);
    }
}
