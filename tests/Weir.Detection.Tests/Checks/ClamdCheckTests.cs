using Microsoft.Extensions.Options;
using Weir.Detection.Checks;
using Weir.Detection.Facts;
using Weir.Detection.Tests.Support;
using Weir.Kernel;

namespace Weir.Detection.Tests.Checks;

public sealed class ClamdCheckTests
{
    [Theory]
    [InlineData(nameof(AntimalwareStatus.NotConfigured), CheckState.Off, "detection.clamd")]
    [InlineData(nameof(AntimalwareStatus.Unavailable), CheckState.Failed, "systemctl start clamav-daemon")]
    [InlineData(nameof(AntimalwareStatus.Clean), CheckState.Ok, "")]
    public async Task It_says_whether_malware_is_looked_for_and_what_to_do(string status, CheckState state, string advice)
    {
        var antimalware = new FixedAntimalware(new AntimalwareResult(Enum.Parse<AntimalwareStatus>(status), "clamd does not answer"));

        var result = Assert.Single(await new ClamdCheck(antimalware, Options.Create(new DetectionOptions { Clamd = "unix:/run/c.sock" })).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(state, result.State);
        Assert.Contains(advice, result.Advice, StringComparison.Ordinal);
        Assert.NotEmpty(result.Text);
    }
}
