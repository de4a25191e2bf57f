using System.Text.Json;

namespace Weir.Server.Tests.Doctor;

/// <summary>The doctor as a person calls it: with and without a running server.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Fact]
    public async Task A_fresh_directory_is_fine_and_says_what_is_not_set_up()
    {
        var (code, checks) = await ExamineAsync();

        Assert.Equal(0, code);
        Assert.Equal(["After delivery", "Attachments", "Block lists", "ClamAV", "Configuration", "DNS", "Database", "Delivery readers", "Directory", "Directory rights", "Disk", "Journal", "Mailboxes", "Milter", "Policies", "Postfix", "Record", "Rules and indicators"], checks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Ok", checks["Attachments"][0].State);
        Assert.Equal("Ok", checks["Database"][0].State);
        Assert.Equal("Off", checks["Milter"][0].State);
        Assert.Contains("watches only", checks["Policies"][0].Text, StringComparison.Ordinal);
        Assert.Contains("milter.listen", checks["Milter"][0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_named_with_what_to_do_and_the_exit_code_is_1()
    {
        var log = Path.Combine(_data, "no-such.log");
        await ConfigureAsync(new
        {
            detection = new { clamd = $"unix:{Path.Combine(_data, "no.sock")}" },
            delivery = new { postfixLog = log },
            mailboxes = new { connectors = new[] { new { domains = new[] { "*" }, maildir = new { path = Path.Combine(_data, "none", "{local}") } } } },
        });

        var (code, checks) = await ExamineAsync();

        Assert.Equal(1, code);
        foreach (var name in new[] { "ClamAV", "Delivery readers", "Mailboxes" })
        {
            Assert.Equal("Failed", checks[name][0].State);
            Assert.NotEmpty(checks[name][0].Advice);
        }

        Assert.Contains(log, checks["Delivery readers"][0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_the_only_thing_that_can_be_said()
    {
        await ConfigureAsync(new { milter = new { lissten = "inet:127.0.0.1:1" } });

        var doctor = await WeirProgram.RunAsync("doctor", "--data", _data);

        Assert.Equal(1, doctor.Code);
        Assert.Contains("FAILED  Configuration: weir.json: there is no key 'milter.lissten'; did you mean 'listen'?", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_running_server_the_server_looks_and_its_milter_answers()
    {
        await ConfigureAsync(new { milter = new { listen = $"unix:{Path.Combine(_data, "m.sock")}" }, doctor = new { postfix = "none" } });
        Assert.Equal("Off", (await ExamineAsync()).Checks["Milter"][0].State);

        await using var weir = await RunningWeir.StartAsync(_data);
        var (code, checks) = await ExamineAsync();

        Assert.Equal(0, code);
        Assert.Equal("Ok", checks["Milter"][0].State);
        Assert.Equal("Ok", checks["Record"][0].State);
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_said_and_not_made()
    {
        var doctor = await WeirProgram.RunAsync("doctor", "--data", Path.Combine(_data, "none"));

        Assert.Equal(2, doctor.Code);
        Assert.Contains("There is no data directory at", doctor.Errors, StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(Path.Combine(_data, "none")));
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);

    private Task ConfigureAsync(object settings) => File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), JsonSerializer.Serialize(settings), TestContext.Current.CancellationToken);

    private async Task<(int Code, Dictionary<string, List<Result>> Checks)> ExamineAsync()
    {
        var doctor = await WeirProgram.RunAsync("doctor", "--data", _data, "--json");
        Assert.True(doctor.Output.StartsWith('{'), doctor.Output + doctor.Errors);
        using var answer = JsonDocument.Parse(doctor.Output);
        return (doctor.Code, answer.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.GetProperty("check").GetString()!,
            check => check.GetProperty("results").EnumerateArray().Select(result => new Result(result.GetProperty("state").GetString()!, result.GetProperty("text").GetString()!, result.GetProperty("advice").GetString()!)).ToList(),
            StringComparer.Ordinal));
    }

    private sealed record Result(string State, string Text, string Advice);
}
