using Microsoft.Extensions.Options;
using Weir.Gateway.Checks;
using Weir.Gateway.Delivery;
using Weir.Kernel;

namespace Weir.Gateway.Tests.Checks;

public sealed class DeliveryReadersCheckTests : IDisposable
{
    private readonly string _folder = TestRun.NewFolder();

    [Fact]
    public async Task Without_any_reader_delivery_is_assumed()
    {
        var result = Assert.Single(await LookAsync(new DeliveryOptions()));

        Assert.Equal(CheckState.Off, result.State);
        Assert.Contains("delivery.postfixLog", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_there_can_be_read_and_each_that_is_not_is_named_with_its_key()
    {
        var log = Path.Combine(_folder, "postfix.log");
        await File.WriteAllTextAsync(log, "", TestContext.Current.CancellationToken);
        var (spool, dovecot) = (Path.Combine(_folder, "none.jsonl"), Path.Combine(_folder, "none.log"));

        var results = await LookAsync(new DeliveryOptions { PostfixLog = log, DovecotSpool = spool, DovecotLog = dovecot });

        Assert.Equal([CheckState.Ok, CheckState.Failed, CheckState.Failed], results.Select(result => result.State));
        Assert.Contains(spool, results[1].Text, StringComparison.Ordinal);
        Assert.Contains("delivery.dovecotSpool", results[1].Advice, StringComparison.Ordinal);
        Assert.Contains("delivery.dovecotLog", results[2].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_Dovecot_alone_it_says_what_is_not_seen()
    {
        var spool = Path.Combine(_folder, "dovecot.jsonl");
        await File.WriteAllTextAsync(spool, "", TestContext.Current.CancellationToken);

        var results = await LookAsync(new DeliveryOptions { DovecotSpool = spool });

        Assert.Equal([CheckState.Ok, CheckState.Off], results.Select(result => result.State));
        Assert.Equal("Set delivery.postfixLog.", results[1].Advice);
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private static async Task<IReadOnlyList<CheckResult>> LookAsync(DeliveryOptions options) =>
        await new DeliveryReadersCheck(Options.Create(options)).RunAsync(TestContext.Current.CancellationToken);
}
