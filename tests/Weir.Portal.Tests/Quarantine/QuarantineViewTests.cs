using System.Web;
using Weir.Portal.Quarantine;
using Weir.Response.Contracts;

namespace Weir.Portal.Tests.Quarantine;

/// <summary>The address of the quarantine page holds all that is shown, and nothing that an address brings is believed unseen.</summary>
public sealed class QuarantineViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Everything_that_is_chosen_stands_in_the_address_and_comes_back_from_it()
    {
        var view = new QuarantineView
        {
            Find = "a & b", Subject = "x*", Sender = "s@x", Recipient = "r", MessageId = "<1@x>", Time = "custom", From = "2026-03-01", To = "2026-03-02", Expires = "2d", Tag = "Priority account",
            Where = "UrlCount > 0", Blocked = true, Reasons = ["Malware", "Spam"], Policies = ["Anti-malware"], Statuses = [ReleaseStatus.Denied, ReleaseStatus.Requested], Order = QuarantineOrder.Size, Up = true, Page = 3, Open = "id r@x",
        };

        var address = view.Address();
        var query = HttpUtility.ParseQueryString(address[address.IndexOf('?', StringComparison.Ordinal)..]);

        Assert.Equal(address, QuarantineView.Of(name => query[name]).Address());
        Assert.Equal("/quarantine", new QuarantineView().Address());
        var asked = view.Query(Now, TimeZoneInfo.Utc);
        Assert.Equal((new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero), 300), (asked.ReceivedFrom, asked.ReceivedTo, asked.Skip));
    }

    [Fact]
    public void What_the_page_does_not_know_is_left_out()
    {
        var view = QuarantineView.Of(name => name switch { "status" => "Denied,Nonsense,77", "reason" => "Malware,<b>", "time" => "99d", "sort" => "99", "page" => "-3", "from" => "x", "find" => new string('a', 3_000), _ => null });

        Assert.Equal("/quarantine?reason=Malware&status=Denied", view.Address());
    }

    [Fact]
    public void Typed_texts_are_literals_in_kql() =>
        Assert.Contains(@"Subject contains 'a\' | take 0 //'", new QuarantineView { Subject = "a' | take 0 //" }.Kql(Now, TimeZoneInfo.Utc), StringComparison.Ordinal);
}
