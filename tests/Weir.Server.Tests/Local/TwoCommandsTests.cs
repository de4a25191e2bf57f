using Microsoft.Extensions.DependencyInjection;
using Weir.Access.Contracts;
using Weir.Server.Hosting;
using Weir.Storage.Contracts;

namespace Weir.Server.Tests.Local;

/// <summary>Two commands, one directory: real processes beside a real server.</summary>
[Trait("Speed", "slow")]
public sealed class TwoCommandsTests : IDisposable
{
    private readonly string _parent = TestRun.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_account_and_directory_work_beside_a_running_server_and_are_audited_as_the_local_user()
    {
        var data = Path.Combine(_parent, "data");
        await using var weir = await RunningWeir.StartAsync(data);
        var organisation = Organisation();
        var directory = await WeirProgram.RunAsync("directory", "import", organisation, "--data", data);
        Assert.Equal("Imported 2 people, 1 lists, 1 own domains.", directory.Output.Trim());

        var mail = Mail(130);
        var import = await WeirProgram.RunAsync("import", mail, "--data", data);
        Assert.Contains("Found 131, imported 130, already known 0, skipped 1.", import.Output, StringComparison.Ordinal);
        var again = await WeirProgram.RunAsync("import", mail, "--data", data);
        Assert.Contains("Found 131, imported 0, already known 130, skipped 1.", again.Output, StringComparison.Ordinal);

        var refused = await WeirProgram.RunWithInputAsync("short\n", "account", "add", "anna", "--role", Roles.SecurityReader, "--data", data);
        Assert.Equal(1, refused.Code);
        Assert.NotEmpty(refused.Errors);
        var made = await WeirProgram.RunWithInputAsync("correct horse battery\n", "account", "add", "anna", "--role", Roles.SecurityReader, "--data", data);
        Assert.True(made.Code == 0, made.Errors);

        var rows = await WeirProgram.RunAsync("hunt", "EmailEvents | where RecipientEmailAddress == 'anna@corp.example' | summarize dcount(NetworkMessageId, 4)", "--csv", "--data", data);
        Assert.Equal("130", rows.Output.Split('\n')[1].Trim());
        await weir.KillAsync();
        Assert.Equal(["DirectoryImported", "MailImported", "MailImported", "AccountCreated", "AccountCreated", "AdvancedHunting"], await AuditedAsync(data));
    }

    [Fact]
    public async Task Hunting_is_audited_without_a_server_too()
    {
        var data = Path.Combine(_parent, "data");
        System.IO.Directory.CreateDirectory(data);

        var hunt = await WeirProgram.RunAsync("hunt", "EmailEvents | count", "--csv", "--data", data);

        Assert.True(hunt.Code == 0, hunt.Errors);
        Assert.Equal(["AdvancedHunting"], await AuditedAsync(data));
    }

    [Fact]
    public async Task A_directory_with_a_path_too_long_for_a_socket_has_one_elsewhere()
    {
        var data = Path.Combine(_parent, new string('d', 60), new string('e', 60));
        string elsewhere;
        await using (var weir = await RunningWeir.StartAsync(data))
        {
            elsewhere = await File.ReadAllTextAsync(Path.Combine(data, "weir.sock.path"), Token);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(elsewhere));
            var hunt = await WeirProgram.RunAsync("hunt", "EmailEvents | count", "--csv", "--data", data);
            Assert.Equal("0", hunt.Output.Split('\n')[1].Trim());
            await weir.KillAsync();
        }

        await using var next = await RunningWeir.StartAsync(data);
        Assert.False(File.Exists(elsewhere));
        Assert.Equal(0, (await WeirProgram.RunAsync("hunt", "EmailEvents | count", "--data", data)).Code);
        await next.StopAsync();
        Assert.False(File.Exists(Path.Combine(data, "weir.sock.path")));
    }

    [Fact]
    public async Task A_holder_without_a_socket_is_named()
    {
        var data = System.IO.Directory.CreateDirectory(Path.Combine(_parent, "data")).FullName;
        using var held = DataDirectoryLock.Take(new DataDirectory(data));

        var hunt = await WeirProgram.RunAsync("hunt", "EmailEvents", "--data", data);

        Assert.Equal(2, hunt.Code);
        Assert.Contains($"process id {Environment.ProcessId}", hunt.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_parent, recursive: true);

    /// <summary>What the audit trail of a stopped Weir says that the local user did, oldest first.</summary>
    private static async Task<IEnumerable<string>> AuditedAsync(string data)
    {
        await using var host = await ServerHost.CreateAsync(
            new ServerHostSettings { Directory = new DataDirectory(data), WithPortal = false }, Token);
        var records = await host.Services.GetRequiredService<IAuditTrail>().ReadAsync(Caller.System("test", Permission.AuditRead), 100, before: null, Token);
        return records.Where(record => record.CallerId == $"local:{Environment.UserName}").OrderBy(record => record.Id).Select(record => record.Entry.Operation);
    }

    private string Organisation()
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_parent, "organisation")).FullName;
        File.WriteAllText(Path.Combine(folder, "domains.csv"), "domain,kind\ncorp.example,own\n");
        File.WriteAllText(Path.Combine(folder, "people.csv"), "address,displayName,aliases\nanna@corp.example,Anna,\nben@corp.example,Ben,\n");
        File.WriteAllText(Path.Combine(folder, "lists.csv"), "address,displayName,members\nall@corp.example,All,anna@corp.example;ben@corp.example\n");
        return folder;
    }

    private string Mail(int count)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_parent, "mail")).FullName;
        for (var i = 0; i < count; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"{i:0000}.eml"), $"From: x@good.example\r\nTo: anna@corp.example\r\nSubject: Number {i}\r\nMessage-ID: <{i}@good.example>\r\nDate: Mon, 2 Nov 2026 08:00:00 +0000\r\n\r\nHello {i}.\r\n");
        }

        File.WriteAllText(Path.Combine(folder, "empty.eml"), "");
        return folder;
    }
}
