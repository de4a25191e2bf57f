using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;
using Weir.Mail.Contracts;

namespace Weir.EndToEnd.Tests.Milter;

/// <summary>The real judge behind Postfix: malware by clamd, authentication by the lab's resolver.</summary>
public sealed class JudgedTests(Lab lab)
{
    private const string Anna = "anna@corp.example";

    /// <summary>In the SPF record of good.example.</summary>
    private const string GoodMachine = "127.1.0.5";
    private const string Elsewhere = "127.9.0.5";

    [Fact]
    public async Task The_EICAR_file_is_found_by_clamd_and_kept_from_the_mailbox()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync(clamd: "unix:" + lab.ClamdSocket);
        var mail = Sender.Mail("the file you asked for");
        var body = new BodyBuilder { TextBody = "See the file." };
        body.Attachments.Add("test.txt", lab.Eicar, new ContentType("application", "octet-stream"));
        mail.Body = body.ToMessageBody();

        var reply = await Sender.SendAsync(lab.Smtp, mail, "stranger@good.example", Anna);

        var judged = await JudgedAsync(weir);
        var signal = Assert.Single(judged.Signals, signal => signal.Name == "antimalware-found");
        Assert.StartsWith("250", reply, StringComparison.Ordinal);
        Assert.Equal("Malware", judged.Verdict);
        Assert.StartsWith("Eicar.Test.Lab", signal.ThreatName, StringComparison.Ordinal);
        Assert.Equal(["antimalware-found"], judged.Because);
        Assert.Equal("Malware", Assert.Single(judged.Attachments).ThreatTypes);
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", "the file you asked for"));
        var answer = await weir.AskAsync("EmailEvents | project ThreatTypes, DeliveryAction, DeliveryLocation");
        Assert.Equal(["Malware", "Blocked", "Quarantine"], Assert.Single(answer.Rows));
    }

    [Fact]
    public async Task Without_an_answering_clamd_mail_flows_and_a_signal_says_so()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync(clamd: "unix:/nonexistent/clamd.sock");

        await SwaksAsync(GoodMachine, Signed("nobody scans"));

        var judged = await JudgedAsync(weir);
        await weir.FactsAsync(facts => facts.OfType<DeliveryObserved>().Any());
        Assert.Contains(judged.Signals, signal => signal is { Name: "antimalware-not-available", Weight: 0 });
        Assert.Single(await MailboxOf.FindAsync(lab, Anna, "INBOX", "nobody scans"));
    }

    [Fact]
    public async Task A_signed_mail_from_the_right_machine_passes_SPF_DKIM_and_DMARC()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync();

        await SwaksAsync(GoodMachine, Signed());

        var judged = await JudgedAsync(weir);
        Assert.Equal("""{"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}""", judged.AuthenticationDetails);
        Assert.Equal(GoodMachine, judged.SenderIp);
        Assert.Equal("Clean", judged.Verdict);
    }

    [Fact]
    public async Task A_mail_changed_on_the_way_through_a_strangers_machine_fails_all_three_and_goes_to_Junk()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync();
        var changed = Encoding.Latin1.GetString(Signed()).Replace("See you", "Pay me", StringComparison.Ordinal);

        await SwaksAsync(Elsewhere, Encoding.Latin1.GetBytes(changed));

        var judged = await JudgedAsync(weir);
        Assert.Equal("""{"SPF":"fail","DKIM":"fail","DMARC":"fail","CompAuth":"fail"}""", judged.AuthenticationDetails);
        Assert.Contains(judged.Signals, signal => signal.Name == "spoof-dmarc-enforced");
        await weir.FactsAsync(facts => facts.OfType<DeliveryObserved>().Any(delivery => delivery.Location == "Junk folder"));
    }

    [Fact]
    public async Task A_signed_mail_that_a_forwarder_sends_on_unchanged_passes_by_its_signature()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync();

        await SwaksAsync(Elsewhere, Signed());

        Assert.Equal("""{"SPF":"fail","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}""", (await JudgedAsync(weir)).AuthenticationDetails);
    }

    private Task<WeirHost> StartAsync(string clamd = "") => WeirHost.StartAsync(
        lab,
        services => services.Remove(services.Last(service => service.ImplementationType == typeof(ScriptedJudge))),
        new() { ["detection:clamd"] = clamd, ["dns:server"] = $"127.0.0.1:{lab.Dns}" });

    private static async Task<MessageJudged> JudgedAsync(WeirHost weir) =>
        (await weir.FactsAsync(facts => facts.OfType<MessageJudged>().Any())).OfType<MessageJudged>().Single();

    /// <summary>A plain mail with the signature whose public key is in <c>lab/corp/dns</c>.</summary>
    private static byte[] Signed(string subject = "tomorrow")
    {
        var raw = Encoding.ASCII.GetBytes($"From: A Stranger <stranger@good.example>\r\nTo: Anna <{Anna}>\r\nSubject: {subject}\r\nDate: {TimeProvider.System.GetUtcNow():r}\r\nMessage-ID: <{Guid.CreateVersion7()}@good.example>\r\n\r\nSee you at nine.\r\n");
        return DkimSigner.Ed25519("good.example", "lab", [.. Enumerable.Repeat((byte)7, 32)]).Sign(raw, TimeProvider.System.GetUtcNow());
    }

    private async Task SwaksAsync(string machine, byte[] message)
    {
        var file = Path.Combine(TestRun.NewFolder(), "file");
        try
        {
            await File.WriteAllBytesAsync(file, message, TestContext.Current.CancellationToken);
            var conversation = await Sender.SwaksAsync(lab.Smtp, "--local-interface", machine, "--helo", "mx.good.example", "--from", "stranger@good.example", "--to", Anna, "--data", "@" + file);
            Assert.Contains("queued as", conversation, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
