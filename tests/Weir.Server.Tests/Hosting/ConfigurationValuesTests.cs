namespace Weir.Server.Tests.Hosting;

public sealed class ConfigurationValuesTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Theory]
    [InlineData("{\n  \"server\": {\n    \"port\": 7443\n}\n", "weir.json, line 5: this is not JSON; a { or [ is not closed")]
    [InlineData("[]", "weir.json: its outermost value must be an object")]
    [InlineData("""{"server":5}""", "weir.json, line 1: server is '5', but must be an object")]
    [InlineData("{\n  // a comment\n  \"mail\": { \"trusted-relays\": [ \"192.0.2.1\" ] },\n  \"server\": { \"port\": \"x\" } }", "weir.json, line 4: server.port is 'x', but must be a whole number")]
    [InlineData("""{"mail":{"trusted-relays":"192.0.2.1"}}""", "weir.json, line 1: mail.trusted-relays is '192.0.2.1', but must be a list")]
    [InlineData("""{"server":{"address":[]}, "detection":{"clamd":{"a":1}}}""", "weir.json, line 1: detection.clamd is a list or an object, but must be a text")]
    [InlineData("""{"server":{"port":99999999999}}""", "server.port is '99999999999', but must be a whole number")]
    [InlineData("""{"server":{"port":-1}}""", "weir.json: server: The field Port must be between 0 and 65535.")]
    [InlineData("""{"server":{"address":"0.0.0.0.0"}}""", "server.address is '0.0.0.0.0'")]
    [InlineData("""{"milter":{"connections":-5}}""", "weir.json: milter: The field Connections must be between 1 and 100000.")]
    [InlineData("""{"detection":{"mode":"wacth"}}""", "detection.mode is 'wacth', but must be one of ")]
    [InlineData("""{"detection":{"weights":{"url-shortner":0.5}}}""", "did you mean 'url-shortener'?")]
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
