using System.Text;
using Microsoft.Extensions.Options;
using Weir.Detection.Alone;
using Weir.Detection.Checks;
using Weir.Detection.Tests.Support;
using Weir.Directory.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Checks;

public sealed class DnsCheckTests
{
    [Theory]
    [InlineData("""{"harbour.example": {"MX": ["10 mx.harbour.example"]}}""", CheckState.Ok, "mx.harbour.example", "")]
    [InlineData("""{"harbour.example": {"A": ["192.0.2.1"]}}""", CheckState.Ok, "has no MX record", "")]
    [InlineData("{}", CheckState.Warning, "harbour.example does not exist", "domains.csv")]
    public async Task Each_own_domain_is_asked_for(string zone, CheckState state, string text, string advice)
    {
        var result = await LookAsync(Dns.FromZone(Encoding.UTF8.GetBytes(zone)), new FixedDirectory());

        Assert.Equal(state, result.State);
        Assert.Contains(text, result.Text, StringComparison.Ordinal);
        Assert.Contains(advice, result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_is_named_with_what_to_do()
    {
        // Nobody listens at port 1 of this machine.
        var options = new DnsOptions { Server = "127.0.0.1:1", Timeout = 100, Total = 500 };

        var result = await LookAsync(Dns.System(options), new FixedDirectory(), options);

        Assert.Equal(CheckState.Failed, result.State);
        Assert.Contains("the resolver 127.0.0.1:1", result.Text, StringComparison.Ordinal);
        Assert.Contains("dns.server", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_organisation_nothing_is_asked()
    {
        var result = await LookAsync(Dns.FromZone("{}"u8.ToArray()), new NoOrganisation());

        Assert.Equal(CheckState.Off, result.State);
        Assert.Contains("weir directory import", result.Advice, StringComparison.Ordinal);
    }

    private static async Task<CheckResult> LookAsync(IDns dns, IDirectory directory, DnsOptions? options = null) =>
        Assert.Single(await new DnsCheck(dns, directory, Options.Create(options ?? new DnsOptions())).RunAsync(TestContext.Current.CancellationToken));
}
