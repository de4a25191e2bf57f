using System.Text.Json;

namespace Weir.Server.Tests.Commands;

/// <summary>Accounts as an administrator at the terminal makes and changes them, without and beside a server.</summary>
[Trait("Speed", "slow")]
public sealed class AccountCommandTests : IDisposable
{
    private const string Password = "correct horse battery\n";
    private readonly string _data = TestRun.NewFolder();

    [Fact]
    public async Task Accounts_are_made_listed_and_changed_beside_a_running_server()
    {
        await using var weir = await RunningWeir.StartAsync(_data);
        Assert.Contains("Account ada was created", (await DoAsync(Password, "add", "ada", "--role", "Security Reader")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await DoAsync("short\n", "password", "ada")).Code);
        Assert.Equal(0, (await DoAsync("another horse battery\n", "password", "ada")).Code);
        Assert.Equal(0, (await DoAsync("", "role", "ada", "--role", "Data Investigator", "--role", "Global Reader")).Code);
        Assert.Equal(0, (await DoAsync("", "disable", "ADA")).Code);

        using var disabled = JsonDocument.Parse((await DoAsync("", "list", "--json")).Output);
        var account = Assert.Single(disabled.RootElement.EnumerateArray());
        Assert.Equal("ada", account.GetProperty("name").GetString());
        Assert.True(account.GetProperty("disabled").GetBoolean());
        Assert.Equal(["Data Investigator", "Global Reader"], account.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));

        Assert.Equal(0, (await DoAsync("", "enable", "ada")).Code);
        await weir.StopAsync();
        var list = await DoAsync("", "list");
        Assert.Contains("allowed", list.Output, StringComparison.Ordinal);
        var unknown = await DoAsync("", "enable", "adda");
        Assert.Equal((1, "There is no account 'adda'; did you mean 'ada'?"), (unknown.Code, unknown.Errors.Trim()));
    }

    [Theory]
    [InlineData("account", "list")]
    [InlineData("hunt", "EmailEvents")]
    [InlineData("import", ".")]
    [InlineData("directory", "import", ".")]
    public async Task A_data_directory_that_is_not_there_is_said_and_not_made(params string[] command)
    {
        var nowhere = Path.Combine(_data, "none");

        var ended = await WeirProgram.RunAsync([.. command, "--data", nowhere]);

        Assert.Equal(2, ended.Code);
        Assert.StartsWith($"There is no data directory at {nowhere}.", ended.Errors, StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(nowhere));
    }

    [Fact]
    public async Task What_is_to_be_imported_and_is_not_there_is_named()
    {
        var ended = await WeirProgram.RunAsync("import", Path.Combine(_data, "none.mbox"), _data, "--data", _data);

        Assert.Equal(2, ended.Code);
        Assert.Contains($"There is nothing at {Path.Combine(_data, "none.mbox")}.", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var holder = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        holder.Start();
        var port = ((System.Net.IPEndPoint)holder.LocalEndpoint).Port;

        var ended = await WeirProgram.RunAsync("serve", "--data", _data, "--port", $"{port}");

        Assert.Equal(2, ended.Code);
        Assert.Contains("Stop what listens there, or take another port", Assert.Single(ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);

    private Task<WeirProgram.Ended> DoAsync(string input, params string[] arguments) => WeirProgram.RunWithInputAsync(input, ["account", .. arguments, "--data", _data]);
}
