using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;

namespace Weir.EndToEnd.Tests.Milter;

public sealed class FirstMailTests(Lab lab)
{
    [Fact]
    public async Task A_mail_from_swaks_is_a_row_and_was_in_the_log_before_the_mail_server_said_yes()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        var conversation = await Sender.SwaksAsync(lab.Smtp, "--from", "stranger@good.example", "--to", "anna@corp.example", "--header", "Subject: First light");

        Assert.Contains("250 2.0.0 Ok: queued as", conversation, StringComparison.Ordinal);
        var facts = await weir.FactsAsync(facts => facts.Count >= 2);
        var received = Assert.IsType<MessageReceived>(facts[0]);
        var judged = Assert.IsType<MessageJudged>(facts[1]);
        Assert.Equal(received.Id, judged.Id);
        Assert.Equal("milter", received.Door);
        Assert.Equal("stranger@good.example", received.Envelope.MailFrom);
        Assert.Equal(["anna@corp.example"], received.Envelope.Recipients);
        Assert.Equal("127.0.0.1", received.Envelope.ClientIp);
        Assert.Contains(received.Envelope.QueueId, conversation, StringComparison.Ordinal);
        Assert.Equal("First light", judged.Subject);
        var raw = await weir.Get<Weir.Storage.Contracts.IBlobs>().ReadAsync(new(received.BlobId), TestContext.Current.CancellationToken);
        Assert.NotNull(raw);
        Assert.Equal(received.Size, raw.Length);
        await weir.FactsAsync(facts => facts.OfType<DeliveryObserved>().Any());
        var answer = await weir.AskAsync("EmailEvents | project NetworkMessageId, RecipientEmailAddress, Subject, DeliveryAction, DeliveryLocation");
        Assert.Equal<object?>([received.Id.ToString(), "anna@corp.example", "First light", "Delivered", "Inbox/folder"], Assert.Single(answer.Rows));
    }
}
