using System.Diagnostics;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Conformance;

/// <summary>Real mail: every message is read, and nearly all have a sender, text and a date.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    [Fact, Trait("Speed", "slow")]
    public void Every_real_message_is_read()
    {
        var (count, withFrom, withText, withDate, bytes) = (0, 0, 0, 0, 0L);
        var slowest = (Name: "", Time: TimeSpan.Zero);
        var clock = Stopwatch.StartNew();
        foreach (var file in SharedData.Files("mail/dev", ".eml"))
        {
            var raw = File.ReadAllBytes(file);
            var start = clock.Elapsed;

            var message = MailParser.Parse(raw);

            var time = clock.Elapsed - start;
            slowest = time > slowest.Time && count > 0 ? (file, time) : slowest;
            count++;
            bytes += raw.Length;
            withFrom += message.From is [{ Address.Length: > 0 }, ..] ? 1 : 0;
            withText += message.VisibleText.Length > 0 ? 1 : 0;
            withDate += message.Date is not null ? 1 : 0;
        }

        output.WriteLine($"{count} messages, {bytes >> 20} MB, {clock.Elapsed.TotalSeconds:0.0} s, {count / clock.Elapsed.TotalSeconds:0} a second; slowest {slowest.Name} {slowest.Time.TotalMilliseconds:0} ms");
        output.WriteLine($"from {withFrom}, text {withText}, date {withDate}");
        Assert.True(count >= (SharedData.IsOther ? 1 : 4_900));
        Assert.True(withFrom > count * 0.95);
        Assert.True(withText > count * 0.97);
        Assert.True(withDate > count * 0.97);
    }
}
