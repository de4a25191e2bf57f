using System.Text.Json;

namespace Weir.Server.Tests.Commands;

/// <summary>The allow/block list as an administrator at the terminal edits it, beside a server and without one.</summary>
[Trait("Speed", "slow")]
public sealed class ListCommandTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Fact]
    public async Task Entries_are_added_shown_exported_and_taken_out_beside_a_running_server_and_without()
    {
        await using var weir = await RunningWeir.StartAsync(_data);
        Assert.Contains("1 added, in force now.", (await DoAsync("", "add", "block", "domain", "evil.example", "--note", "sent invoices")).Output, StringComparison.Ordinal);
        var refused = await DoAsync("", "add", "block", "domain", "com");
        Assert.Equal(1, refused.Code);
        Assert.Contains("public suffix", refused.Errors, StringComparison.Ordinal);
        var asked = await DoAsync("", "add", "block", "domain", "gmail.com");
        Assert.Contains("--yes adds it", asked.Errors, StringComparison.Ordinal);
        Assert.Contains("1 added", (await DoAsync("", "add", "block", "domain", "gmail.com", "--yes", "--expires", "never")).Output, StringComparison.Ordinal);
        await weir.StopAsync();

        using var shown = JsonDocument.Parse((await DoAsync("", "show", "--find", "invoices", "--json")).Output);
        var entry = Assert.Single(shown.RootElement.EnumerateArray());
        Assert.Equal(("evil.example", "block", "InForce"), (entry.GetProperty("value").GetString(), entry.GetProperty("action").GetString(), entry.GetProperty("state").GetString()));
        Assert.Contains("block domain gmail.com expires never", (await DoAsync("", "export")).Output, StringComparison.Ordinal);
        Assert.Contains("Taken out: block domain gmail.com", (await DoAsync("", "remove", "gmail.com")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await DoAsync("", "remove", "gmail.com")).Code);
    }

    [Fact]
    public async Task An_entry_is_taken_out_as_it_was_added_and_a_mistyped_kind_takes_nothing_out()
    {
        System.IO.Directory.CreateDirectory(_data);
        await DoAsync("https://Evil.Example/Login/\nmünchen.example\n", "import", "-");

        Assert.Equal(1, (await DoAsync("", "remove", "münchen.example", "--kind", "domian")).Code);
        Assert.Equal(1, (await DoAsync("", "show", "--state", "old")).Code);
        Assert.Contains("Taken out: block domain xn--mnchen-3ya.example", (await DoAsync("", "remove", "münchen.example.")).Output, StringComparison.Ordinal);
        Assert.Contains("Taken out: block url evil.example/login", (await DoAsync("", "remove", "https://evil.example/login/")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_imported_file_the_wrong_lines_are_written_out_with_their_reasons()
    {
        System.IO.Directory.CreateDirectory(_data);
        var bad = Path.Combine(_data, "bad.txt");

        var imported = await DoAsync("mallory@evil.example\nblock ip 300.1.2.3\nallow domain partner.example\n", "import", "-", "--bad", bad);

        Assert.Equal(1, imported.Code);
        Assert.Contains("2 added", imported.Output, StringComparison.Ordinal);
        Assert.Equal("block ip 300.1.2.3 # line 2: \"300.1.2.3\" is neither an IP address nor a network such as 192.0.2.0/24.", (await File.ReadAllTextAsync(bad, TestContext.Current.CancellationToken)).Trim());
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);

    private async Task<(int Code, string Output, string Errors)> DoAsync(string input, string deed, params string[] words)
    {
        var ended = await WeirProgram.RunWithInputAsync(input, ["list", deed, .. words, "--data", _data]);
        return (ended.Code, ended.Output, ended.Errors);
    }
}
