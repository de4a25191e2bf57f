using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>A mail server that takes mail, or is down, or refuses.</summary>
internal sealed class FakeServer : IHandOver
{
    public bool IsConfigured { get; set; }

    public string From => "weir@corp.example";

    public string PortalUrl { get; set; } = "https://weir.corp.example";

    public List<MailToSend> Taken { get; } = [];

    public HandedOver Answer { get; set; } = new(HandOverOutcome.Taken, "250 queued");

    /// <summary>What the server does with what it takes.</summary>
    public Func<MailToSend, Task> Deliver { get; set; } = _ => Task.CompletedTask;

    public async ValueTask<HandedOver> HandOverAsync(Caller caller, MailToSend mail, CancellationToken cancellationToken)
    {
        if (Answer.Outcome is HandOverOutcome.Taken or HandOverOutcome.Unknown)
        {
            Taken.Add(mail);
            await Deliver(mail);
        }

        return Answer;
    }
}
