using System.Diagnostics;
using System.Globalization;
using Weir.EndToEnd.Tests.Support;

namespace Weir.EndToEnd.Tests.Milter;

/// <summary>A disk of its own (tmpfs) that something else fills to its last byte while mail comes in.</summary>
public sealed class FullDiskTests(Lab lab) : IAsyncLifetime
{
    private const int Megabytes = 450;

    private readonly string _disk = TestRun.NewFolder("disk");
    private readonly List<string> _acknowledged = [];
    private bool _isMounted;

    private string Data => Path.Combine(_disk, "data");

    private string Filler => Path.Combine(_disk, "filler");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_isMounted)
        {
            await MountAsync("umount", _disk);
        }
    }

    [Fact]
    public async Task On_a_full_disk_mail_is_told_to_come_later_Weir_stays_up_and_takes_mail_again_when_there_is_room()
    {
        await lab.RequireAsync();
        _isMounted = await MountAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={Megabytes}m"), "none", _disk);
        Assert.SkipUnless(_isMounted, "needs the right to mount a file system");
        System.IO.Directory.CreateDirectory(Data);
        lab.Configure(Data);

        await using (var weir = await RunningWeir.StartAsync(Data))
        {
            Assert.StartsWith("250", await SendAsync("before"), StringComparison.Ordinal);
            Fill();

            var full = new List<string>();
            var until = Stopwatch.StartNew();
            for (var i = 0; until.Elapsed < TimeSpan.FromSeconds(6); i++)
            {
                full.Add(await SendAsync($"full-{i}"));
            }

            Assert.All(full, reply => Assert.Matches("^(250|45[12]) ", reply));
            Assert.Matches("^45[12] ", full[^1]);
            Assert.False(weir.HasEnded, string.Join('\n', weir.Said));
            using (var http = new HttpClient())
            {
                Assert.True((await http.GetAsync(new Uri(weir.Address, "/sign-in"), Token)).IsSuccessStatusCode);
            }

            File.Delete(Filler);
            until.Restart();
            var after = "";
            for (var i = 0; !after.StartsWith("250", StringComparison.Ordinal) && until.Elapsed < TimeSpan.FromSeconds(30); i++)
            {
                after = await SendAsync($"after-{i}");
            }

            Assert.StartsWith("250", after, StringComparison.Ordinal);
            Assert.Equal(_acknowledged.Order(StringComparer.Ordinal), await ShownAsync());
            await weir.StopAsync();
        }

        await using (await RunningWeir.StartAsync(Data))
        {
            Assert.Equal(_acknowledged.Order(StringComparer.Ordinal), await ShownAsync());
        }
    }

    private async Task<string> SendAsync(string name)
    {
        var id = $"{name}@disk.example";
        var reply = await Sender.SendAsync(lab.Smtp, Sender.Mail("kept or not", id, id), "stranger@good.example", "anna@corp.example");
        if (reply.StartsWith("250", StringComparison.Ordinal))
        {
            _acknowledged.Add($"<{id}>");
        }

        return reply;
    }

    /// <summary>To the last byte.</summary>
    private void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create);
        try
        {
            for (var block = new byte[1 << 16]; ;)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // That is what it was for.
        }
    }

    /// <summary>The messages in KQL when the record is shown to its end.</summary>
    private async Task<IEnumerable<string>> ShownAsync()
    {
        var shown = Array.Empty<string>();
        for (var until = Stopwatch.StartNew(); shown.Length < _acknowledged.Count && until.Elapsed < TimeSpan.FromSeconds(20);)
        {
            var hunt = await WeirProgram.RunAsync("hunt", "EmailEvents | project InternetMessageId", "--csv", "--data", Data);
            Assert.True(hunt.Code == 0, hunt.Errors);
            shown = [.. hunt.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Order(StringComparer.Ordinal)];
        }

        return shown;
    }

    private static async Task<bool> MountAsync(string program, params string[] arguments)
    {
        using var process = TestRun.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true });
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }
}
