namespace Weir.Server.Tests.Hosting;

public sealed class ConfigurationValuesTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Theory]
    [InlineData("{", "weir.json cannot be read: ")]
    [InlineData("[]", "weir.json cannot be read: ")]
    [InlineData("""{"server":5}""", "'server' is '5', but it is a section")]
    [InlineData("""{"server":{"port":"x"}}""", "'x' at 'server:Port'")]
    [InlineData("""{"server":{"port":99999999999}}""", "'99999999999' at 'server:Port'")]
    [InlineData("""{"server":{"port":-1}}""", "weir.json: server: The field Port must be between 0 and 65535.")]
    [InlineData("""{"server":{"address":"0.0.0.0.0"}}""", "server.address is '0.0.0.0.0'")]
    [InlineData("""{"milter":{"connections":-5}}""", "weir.json: milter: The field Connections must be between 1 and 100000.")]
    [InlineData("""{"detection":{"mode":"wacth"}}""", "'wacth' at 'detection:Mode'")]
    [InlineData("""{"milter":{"listen":"inet:127.0.0.1:99999"}}""", "milter.listen is 'inet:127.0.0.1:99999'")]
    [InlineData("""{"dns":{"server":"x:y"}}""", "dns: server is 'x:y'")]
    [InlineData("""{"mail":{"trusted-relays":["192.0.2.0/99"]}}""", "trusted-relays: '192.0.2.0/99' is no network")]
    public async Task A_wrong_value_is_named_and_nothing_starts(string configuration, string problem)
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), configuration, TestContext.Current.CancellationToken);

        // A port on the command line would stand over the one that is wrong here.
        string[] port = configuration.Contains("port", StringComparison.Ordinal) ? [] : ["--port", "0"];
        var refused = await WeirProgram.RunAsync(["serve", .. port, "--data", _data]);

        Assert.Equal(2, refused.Code);
        Assert.Contains(problem, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", refused.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);
}
