using Weir.Portal.Shell;

namespace Weir.Portal.Tests.Shell;

public sealed class BackAddressTests
{
    [Theory]
    [InlineData("/explorer", "Back to results")]
    [InlineData("/explorer?range=7d&q=%7B%7D", "Back to results")]
    [InlineData("/hunting?query=EmailEvents", "Back to hunting")]
    [InlineData("/action-center/history?action=a1", "Back to the Action center")]
    public void A_page_of_results_can_be_gone_back_to(string back, string name) => Assert.Equal((back, name), BackAddress.Read(back));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("//evil.example/explorer")]
    [InlineData("https://evil.example/explorer?x")]
    [InlineData("/explorer.evil.example/")]
    [InlineData("/explorer/export?range=7d")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\\evil.example")]
    public void Anything_else_leads_nowhere(string? back) => Assert.Null(BackAddress.Read(back));

    [Fact]
    public void An_address_without_end_is_left_out() => Assert.Null(BackAddress.Read("/explorer?" + new string('x', 2_000)));
}
