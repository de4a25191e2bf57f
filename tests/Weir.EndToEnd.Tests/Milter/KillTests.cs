using System.Collections.Concurrent;
using System.Globalization;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Configuration;
using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.EndToEnd.Tests.Milter;

/// <summary>The program itself is killed, as it would be: all of its rooms behind the lab's Postfix.</summary>
public sealed class KillTests(Lab lab)
{
    private const int Senders = 6;

    /// <summary>A round is killed after so many acknowledgements at most, one at least.</summary>
    private const int LatestKill = 40;

    /// <summary>Ten, or as many as <c>WEIR_KILLS</c> says; <c>./bench faults</c> asks for a hundred.</summary>
    private static int Rounds => int.Parse(new ConfigurationBuilder().AddEnvironmentVariables("WEIR_").Build()["KILLS"] ?? "10", CultureInfo.InvariantCulture);

    [Fact]
    public async Task After_kill_9_every_acknowledged_message_is_in_the_record_exactly_once()
    {
        await lab.RequireAsync();
        var data = new DataDirectory(TestRun.NewFolder("kill"));
        var acknowledged = new ConcurrentBag<string>();
        var refused = new ConcurrentBag<string>();
        var moments = new Random(Rounds);
        lab.Configure(data.Path);
        for (var round = 0; round < Rounds; round++)
        {
            await using var weir = await RunningWeir.StartAsync(data.Path);
            var wanted = acknowledged.Count + 1 + moments.Next(LatestKill);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var sending = Enumerable.Range(0, Senders).Select(sender => SendAsync($"{round}.{sender}", acknowledged, refused, over.Token)).ToList();
            while (acknowledged.Count < wanted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
                Assert.Contains(sending, task => !task.IsCompleted);
            }

            await weir.KillAsync();
            await over.CancelAsync();
            await Task.WhenAll(sending);
        }

        await using (var weir = await WeirHost.StartAsync(lab, data: data))
        {
            // Whoever heard 451 or nothing sends again, as real senders do.
            foreach (var id in refused)
            {
                Assert.StartsWith("250", await Sender.SendAsync(lab.Smtp, Sender.Mail("again", id, id), "stranger@good.example", "anna@corp.example"), StringComparison.Ordinal);
                acknowledged.Add(id);
            }

            Assert.True(acknowledged.Count >= Rounds);
            Assert.Equal(acknowledged.Count, acknowledged.Distinct(StringComparer.Ordinal).Count());
            var last = weir.Get<IEventLog>().Last;
            var facts = await weir.FactsAsync(facts => facts.Count >= last);
            var wanted = acknowledged.Select(id => $"<{id}>").Order(StringComparer.Ordinal).ToList();
            Assert.Equal(wanted, facts.OfType<MessageReceived>().Select(received => received.InternetMessageId).Order(StringComparer.Ordinal));
            Assert.Equal(
                facts.OfType<MessageReceived>().Select(received => received.Id).Order(Comparer<Weir.Kernel.NetworkMessageId>.Create((a, b) => a.Value.CompareTo(b.Value))),
                facts.OfType<MessageJudged>().Select(judged => judged.Id).Order(Comparer<Weir.Kernel.NetworkMessageId>.Create((a, b) => a.Value.CompareTo(b.Value))));
            var rows = await weir.AskAsync("EmailEvents | project InternetMessageId | order by InternetMessageId asc");
            Assert.Equal(wanted, rows.Rows.Select(row => (string?)row[0] ?? "").Order(StringComparer.Ordinal));
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rounds} kills; {acknowledged.Count} messages acknowledged, {refused.Count} of them at the second attempt; {rows.Rows.Count} rows"));
        }

        System.IO.Directory.Delete(data.Path, recursive: true);
    }

    /// <summary>Sends until it is told to stop or the mail server says no.</summary>
    private async Task SendAsync(string sender, ConcurrentBag<string> acknowledged, ConcurrentBag<string> refused, CancellationToken over)
    {
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var id = $"{sender}.{i}@kill.example";
            try
            {
                var reply = await Sender.SendAsync(lab.Smtp, Sender.Mail("to be kept", id, id), "stranger@good.example", "anna@corp.example");
                if (reply.StartsWith("250", StringComparison.Ordinal))
                {
                    acknowledged.Add(id);
                }
                else
                {
                    refused.Add(id);
                    return;
                }
            }
            catch (Exception broken) when (broken is SmtpCommandException or SmtpProtocolException or IOException)
            {
                refused.Add(id);
                return;
            }
        }
    }
}
