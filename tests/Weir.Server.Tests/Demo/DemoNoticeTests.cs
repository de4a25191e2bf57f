using Weir.Server.Demo;

namespace Weir.Server.Tests.Demo;

public sealed class DemoNoticeTests
{
    [Fact]
    public void It_speaks_only_while_the_demo_is_filled()
    {
        var notice = new DemoNotice();
        Assert.Null(notice.Text);

        notice.Filling(0.414);
        Assert.StartsWith("The demo is filling: 41 %.", notice.Text, StringComparison.Ordinal);
        notice.Filling(1.7);
        Assert.StartsWith("The demo is filling: 99 %.", notice.Text, StringComparison.Ordinal);

        notice.Filled();
        Assert.Null(notice.Text);
    }
}
