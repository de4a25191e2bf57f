using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;

namespace Weir.EndToEnd.Tests.Milter;

/// <summary>Policies behind a real Postfix: one message, one outcome for each recipient; and nothing at all while Weir watches.</summary>
public sealed class PolicyTests(Lab lab)
{
    private const string Anna = "anna@corp.example";
    private const string Ben = "ben@corp.example";

    private static readonly Caller Boss = Caller.System("boss", Permission.SecuritySettingsRead, Permission.SecuritySettingsManage);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_message_is_kept_from_one_recipient_and_marked_for_the_other()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync();
        await ChangeAsync(weir, policies => policies with
        {
            Policies = [Policy("Anna's", Anna, PolicyAction.Quarantine), Policy("Ben's", Ben, PolicyAction.AddXHeader) with { Header = "X-Marked-Here" }],
        });

        await Sender.SendAsync(lab.Smtp, Spam("policies for each"), "stranger@good.example", Anna, Ben);

        await weir.FactsAsync(facts => facts.OfType<DeliveryObserved>().Any(delivery => delivery.Recipient == Ben));
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", "policies for each"));
        Assert.Equal("Spam", Assert.Single(await MailboxOf.FindAsync(lab, Ben, "INBOX", "policies for each")).Headers["X-Marked-Here"]);
        var rows = (await weir.AskAsync("EmailEvents | project RecipientEmailAddress, EmailAction, Policy = extract('\"Policy\":\"([^\"]*)\"', 1, AdditionalFields), DeliveryLocation | sort by RecipientEmailAddress asc")).Rows;
        Assert.Equal([Anna, "Send to quarantine", "Anna's", "Quarantine"], rows[0]);
        Assert.Equal([Ben, "Add X-header", "Ben's", "Inbox/folder"], rows[1]);
    }

    [Fact]
    public async Task While_it_watches_everything_is_delivered_untouched_and_the_record_says_what_would_have_been_done()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync();
        await ChangeAsync(weir, policies => policies with { Mode = PolicyMode.Watch });

        await Sender.SendAsync(lab.Smtp, Spam("watched only"), "stranger@good.example", Anna);

        var delivered = (await weir.FactsAsync(facts => facts.OfType<DeliveryObserved>().Any())).OfType<DeliveryObserved>().First();
        Assert.Equal("Inbox/folder", delivered.Location);
        Assert.Null(Assert.Single(await MailboxOf.FindAsync(lab, Anna, "INBOX", "watched only")).Headers["X-Weir-Junk"]);
        var row = Assert.Single((await weir.AskAsync("EmailEvents | project EmailAction, Held = extract('\"Held\":\"([^\"]*)\"', 1, AdditionalFields), Would = extract('\"WouldAction\":\"([^\"]*)\"', 1, AdditionalFields)")).Rows);
        Assert.Equal(["No action taken", "Watch only", "Move message to junk mail folder"], row);
    }

    private Task<WeirHost> StartAsync() => WeirHost.StartAsync(
        lab, services => services.Remove(services.Last(service => service.ImplementationType == typeof(ScriptedJudge))), new() { ["dns:server"] = $"127.0.0.1:{lab.Dns}" });

    private static async Task ChangeAsync(WeirHost weir, Func<PolicySet, PolicySet> change)
    {
        var settings = weir.Get<IPolicySettings>();
        Assert.Empty(await settings.SaveAsync(Boss, change(settings.Read(Boss)), Token));
    }

    private static Policy Policy(string name, string user, PolicyAction action)
    {
        var policy = PolicyNames.NewOf(PolicyType.AntiSpam, Guid.NewGuid()) with { Name = name, Scope = new PolicyScope { Users = [user] } };
        return policy with { Actions = new Dictionary<PolicyCause, PolicyAction>(policy.Actions) { [PolicyCause.Spam] = action, [PolicyCause.HighConfidenceSpam] = action } };
    }

    /// <summary>The test text that every spam filter knows, in two pieces here so that none finds it in this file.</summary>
    private static MimeMessage Spam(string subject)
    {
        var mail = Sender.Mail(subject);
        mail.Body = new TextPart("plain") { Text = string.Concat("XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X") };
        return mail;
    }
}
