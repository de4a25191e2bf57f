using System.Text.Json;
using Weir.Detection.Contracts;
using Weir.Server.Analysis;

namespace Weir.Server.Tests.Analysis;

public sealed class AnalyzerTests : IDisposable
{
    private const string Mail = "Received: from relay.elsewhere.example (relay.elsewhere.example [203.0.113.9]) by mx.harbour.example; Mon, 02 Nov 2026 09:00:00 +0000\r\nReturn-Path: <billing@elsewhere.example>\r\nFrom: PayPal Service <billing@elsewhere.example>\r\nTo: tom.weber@harbour.example\r\nSubject: Your account has been limited\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\nMessage-ID: <1@elsewhere.example>\r\n\r\nDear customer, please verify your account within 24 hours: http://198.51.100.4/login/\r\n";

    private readonly string _folder = TestRun.NewFolder("analyze");

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private async Task<JsonElement> AnalyzeAsync(string name, IReadOnlyDictionary<string, KnownEnvelope>? envelopes = null)
    {
        await using var analyzer = new Analyzer(null, envelopes ?? new Dictionary<string, KnownEnvelope>(StringComparer.Ordinal));
        var analyzed = await analyzer.AnalyzeAsync(Path.Combine(_folder, name), name, TestContext.Current.CancellationToken);
        var line = AnalysisJson.Of(analyzed, indented: false);
        Assert.DoesNotContain('\n', line);
        return JsonDocument.Parse(line).RootElement;
    }

    [Fact]
    public async Task A_message_is_one_line_with_verdict_and_reasons()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.eml"), Mail, TestContext.Current.CancellationToken);

        var json = await AnalyzeAsync("a.eml");

        Assert.Equal("a.eml", json.GetProperty("file").GetString());
        Assert.Equal("High confidence phish", json.GetProperty("verdict").GetString());
        Assert.Equal("Phish", json.GetProperty("threats")[0].GetString());
        Assert.True(double.IsFinite(json.GetProperty("score").GetDouble()));
        Assert.True(json.GetProperty("milliseconds").GetDouble() > 0);
        var signal = json.GetProperty("signals").EnumerateArray().Single(signal => signal.GetProperty("name").GetString() == "brand-in-sender-name");
        Assert.Equal("Impersonation brand", signal.GetProperty("technology").GetString());
        Assert.True(signal.GetProperty("weight").GetDouble() > 0);
        Assert.Contains("elsewhere.example", signal.GetProperty("evidence").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, json.GetProperty("because").GetArrayLength());
        Assert.False(json.GetProperty("authentication").GetProperty("recorded").GetBoolean());
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_line_too()
    {
        var json = await AnalyzeAsync("missing.eml");

        Assert.Equal("Unknown", json.GetProperty("verdict").GetString());
        Assert.Equal(0, json.GetProperty("score").GetDouble());
        Assert.Contains("missing.eml", json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# A title\n\nSome words and no mail.\n")]
    public async Task A_file_without_header_fields_is_no_mail_and_has_every_key(string text)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "none.eml"), text, TestContext.Current.CancellationToken);

        var json = await AnalyzeAsync("none.eml");

        Assert.Equal("Unknown", json.GetProperty("verdict").GetString());
        Assert.Equal("not a mail: it has no header fields", json.GetProperty("error").GetString());
        Assert.Equal(0, json.GetProperty("score").GetDouble());
        foreach (var key in new[] { "threats", "confidence", "signals", "authentication", "milliseconds" })
        {
            Assert.True(json.TryGetProperty(key, out _), key);
        }

        Assert.Equal(1, (await WeirProgram.RunAsync("analyze", Path.Combine(_folder, "none.eml"))).Code);
    }

    [Fact]
    public async Task Recorded_authentication_stands_in_and_is_shown_as_such()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.eml"), Mail, TestContext.Current.CancellationToken);
        var list = Path.Combine(_folder, "envelopes.json");
        await File.WriteAllTextAsync(list, """{"messages":[{"file":"a.eml","envelope":{"mail_from":"x@y.example","rcpt_to":"tom.weber@harbour.example","client_ip":"203.0.113.9","helo":"y"},"recorded_auth":{"spf":"softfail","dkim":"none","dmarc":"fail"}}]}""", TestContext.Current.CancellationToken);

        var json = await AnalyzeAsync("a.eml", await EnvelopeFile.ReadAsync(list, TestContext.Current.CancellationToken));

        var authentication = json.GetProperty("authentication");
        Assert.True(authentication.GetProperty("recorded").GetBoolean());
        Assert.Equal("SoftFail", authentication.GetProperty("spf").GetString());
        Assert.Contains(json.GetProperty("signals").EnumerateArray(), signal => signal.GetProperty("name").GetString() == "spoof-dmarc");
    }

    [Fact]
    public async Task A_list_of_another_form_is_refused_by_name()
    {
        var list = Path.Combine(_folder, "list.json");
        await File.WriteAllTextAsync(list, "[]", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => EnvelopeFile.ReadAsync(list, TestContext.Current.CancellationToken));
        Assert.Contains("list.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trust_in_a_sealer_needs_DNS()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.eml"), Mail, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "zone.json"), "{}", TestContext.Current.CancellationToken);

        Assert.Equal(2, (await WeirProgram.RunAsync("analyze", "--trust-sealer", "list.example", Path.Combine(_folder, "a.eml"))).Code);
        Assert.Equal(0, (await WeirProgram.RunAsync("analyze", "--trust-sealer", "list.example", "--trust-sealer", ".example.org", "--dns", Path.Combine(_folder, "zone.json"), Path.Combine(_folder, "a.eml"))).Code);
    }
}
