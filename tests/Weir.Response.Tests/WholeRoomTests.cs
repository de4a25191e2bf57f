using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Directory;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Intelligence;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Mailboxes;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Tests.Support;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Response.Tests;

/// <summary>Response with nothing faked: log, event store, KQL, blobs, jobs, audit and Maildir as the product runs them.</summary>
public sealed class WholeRoomTests
{
    private static readonly Caller Postman = Caller.System("postman", Permission.MailImport);
    private static readonly DateTimeOffset At = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_seen_read_taken_back_and_given_back_and_the_record_agrees()
    {
        var directory = new DataDirectory(TestRun.NewFolder("whole"));
        using var host = await StartAsync(directory);
        var target = await ReceiveAsync(host.Services, "Junk");
        var (remediation, content) = (host.Services.GetRequiredService<IRemediation>(), host.Services.GetRequiredService<IMessageContent>());

        await UntilAsync(async () => await LocationAsync(host.Services, target) == "Junk folder Moved to junk folder", "moved to junk because it was decided so");
        var preview = await content.OpenPreviewAsync(World.Analyst, await content.IssuePreviewTokenAsync(World.Analyst, target, Token), Token);
        var id = await remediation.SubmitAsync(World.Analyst, new RemediationRequest { Name = "Purge", Destination = MailboxPlace.HardDeleted, Targets = [target] }, Token);
        await UntilAsync(async () => await LocationAsync(host.Services, target) == "Deleted items Hard delete", "purged");
        await UntilAsync(async () => (await remediation.FindAsync(World.Analyst, id, Token))!.CanUndo, "can be undone");
        var undo = await remediation.UndoAsync(World.Analyst, id, Token);
        await UntilAsync(async () => await LocationAsync(host.Services, target) == "Junk folder Moved to junk folder", "back in junk");
        await UntilAsync(async () => (await remediation.FindAsync(World.Analyst, undo, Token))!.CompletedAt is not null, "the undo is complete");

        Assert.Contains("please pay", preview!.Html, StringComparison.Ordinal);
        Assert.Equal((RemediationStatus.Completed, 1), ((await remediation.FindAsync(World.Analyst, undo, Token))!.Status, (await remediation.FindAsync(World.Analyst, undo, Token))!.Succeeded));
        Assert.Null(await host.Services.GetRequiredService<IAuditTrail>().VerifyAsync(World.Person("a", Permission.AuditRead), Token));
        await host.StopAsync(CancellationToken.None);
        System.IO.Directory.Delete(directory.Path, recursive: true);
    }

    private static async Task<IHost> StartAsync(DataDirectory directory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
        [
            new("mailboxes:connectors:0:domains:0", "*"),
            new("mailboxes:connectors:0:maildir:path", $"{directory.Path}/mail/{{local}}"),
        ]);
        builder.Services.AddSingleton(directory).AddSingleton(TimeProvider.System);
        builder.Services.AddStorage().AddAccess().AddDirectory().AddEvents().AddIntelligence().AddMailboxes().AddResponse();
        var host = builder.Build();
        await StorageModule.CreateDatabaseAsync(host.Services, Token);
        await host.StartAsync(Token);
        return host;
    }

    /// <summary>What intake, the mail server and its log do.</summary>
    private static async Task<MessageTarget> ReceiveAsync(IServiceProvider services, string decisionForAnn)
    {
        var raw = Encoding.UTF8.GetBytes("From: a@x.example\r\nSubject: Invoice\r\nMessage-ID: <1@x.example>\r\nContent-Type: text/html\r\n\r\n<p>please pay</p>\r\n");
        var id = NetworkMessageId.New(At);
        var blob = (await services.GetRequiredService<IBlobs>().AppendAsync([raw], Token))[0];
        await services.GetRequiredService<IMailboxes>().DeliverAsync(
            Postman, "ann@corp.example", new MessageToStore(MailContent.WithHeader(raw, "X-Weir-Id", id.ToString()), At), MailboxPlace.Inbox, Token);
        await services.GetRequiredService<IEventLog>().AppendAsync(
        [
            new MessageReceived { At = At, Id = id, Door = "milter", Envelope = new RecordedEnvelope { Recipients = ["ann@corp.example", "bob@corp.example"] }, BlobId = blob.Value, BodySha256 = MailContent.BodySha256(raw), InternetMessageId = "<1@x.example>" },
            new MessageJudged
            {
                At = At, Id = id, ReceivedAt = At, Verdict = "Spam", ThreatTypes = "Spam", Subject = "Invoice", InternetMessageId = "<1@x.example>", EmailDirection = "Inbound",
                Recipients = [new RecordedRecipient { Address = "ann@corp.example", Decision = decisionForAnn }, new RecordedRecipient { Address = "bob@corp.example", Decision = "Deliver" }],
            },
            new DeliveryObserved { At = At, Id = id, Recipient = "ann@corp.example", Location = "Inbox/folder", Source = "dovecot" },
        ], Token);
        return new MessageTarget(id, "ann@corp.example", At);
    }

    private static async Task<string> LocationAsync(IServiceProvider services, MessageTarget target)
    {
        var answer = await services.GetRequiredService<IQuestions>().AskAsync(
            World.Analyst, new Question($"EmailEvents | where NetworkMessageId == '{target.Id}' and RecipientEmailAddress == '{target.Recipient}' | project LatestDeliveryLocation, LatestDeliveryAction"), Token);
        return answer.Rows.Count == 1 ? $"{answer.Rows[0][0]} {answer.Rows[0][1]}" : $"{answer.Rows.Count} rows";
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Token);
        }

        Assert.Fail($"Not seen within 30 s: {what}");
    }
}
