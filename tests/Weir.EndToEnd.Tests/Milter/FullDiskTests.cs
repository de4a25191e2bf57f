using System.Diagnostics;
using Weir.EndToEnd.Tests.Support;

namespace Weir.EndToEnd.Tests.Milter;

/// <summary>A disk of its own (tmpfs) that something else fills to its last byte while mail comes in.</summary>
public sealed class FullDiskTests(Lab lab)
{
    private const int Megabytes = 450;

    private readonly List<string> _acknowledged = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_mail_is_told_to_come_later_Weir_stays_up_and_takes_mail_again_when_there_is_room()
    {
        await lab.RequireAsync();
        await using var disk = await SmallDisk.MountAsync(Megabytes);
        var data = Path.Combine(disk.Path, "data");
        System.IO.Directory.CreateDirectory(data);
        lab.Configure(data);

        await using (var weir = await RunningWeir.StartAsync(data))
        {
            Assert.StartsWith("250", await SendAsync("before"), StringComparison.Ordinal);
            disk.Fill();

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

            disk.Empty();
            until.Restart();
            var after = "";
            for (var i = 0; !after.StartsWith("250", StringComparison.Ordinal) && until.Elapsed < TimeSpan.FromSeconds(30); i++)
            {
                after = await SendAsync($"after-{i}");
            }

            Assert.StartsWith("250", after, StringComparison.Ordinal);
            Assert.Equal(_acknowledged.Order(StringComparer.Ordinal), await ShownAsync(data));
            await weir.StopAsync();
        }

        await using (await RunningWeir.StartAsync(data))
        {
            Assert.Equal(_acknowledged.Order(StringComparer.Ordinal), await ShownAsync(data));
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

    /// <summary>The messages in KQL when the record is shown to its end.</summary>
    private async Task<IEnumerable<string>> ShownAsync(string data)
    {
        var shown = Array.Empty<string>();
        for (var until = Stopwatch.StartNew(); shown.Length < _acknowledged.Count && until.Elapsed < TimeSpan.FromSeconds(20);)
        {
            var hunt = await WeirProgram.RunAsync("hunt", "EmailEvents | project InternetMessageId", "--csv", "--data", data);
            Assert.True(hunt.Code == 0, hunt.Errors);
            shown = [.. hunt.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Order(StringComparer.Ordinal)];
        }

        return shown;
    }
}
