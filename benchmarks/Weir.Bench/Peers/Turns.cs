using Weir.Bench.Mail;

namespace Weir.Bench.Peers;

/// <summary>Turns of one way for mail: how many messages a second it took in each, what its server needed for them, how long an answer took.</summary>
internal sealed class Turns(ServerProcess server, SmtpLoad load)
{
    private readonly List<double> _perSecond = [];
    private readonly List<double> _processorMilliseconds = [];
    private readonly List<double> _milliseconds = [];
    private int _sent;

    /// <summary>Messages a second of each turn.</summary>
    public IReadOnlyList<double> PerSecond => _perSecond;

    /// <summary>Processor time for one message in each turn, what the server did afterwards included.</summary>
    public IReadOnlyList<double> ProcessorMilliseconds => _processorMilliseconds;

    /// <summary>From the end of a message's data to the answer.</summary>
    public double Milliseconds(double share) => _milliseconds.Order().ElementAt((int)(_milliseconds.Count * share));

    /// <summary>How many messages were taken since this was last asked.</summary>
    public int SentSinceAsked()
    {
        var sent = _sent;
        _sent = 0;
        return sent;
    }

    /// <summary>Sends the messages of a turn and waits until the server rests.</summary>
    /// <param name="isWarm">False: the turn is not counted.</param>
    public async Task SendAsync(IReadOnlyList<SmtpMail> mails, string recipient, bool isWarm, CancellationToken cancellationToken)
    {
        var before = server.ProcessorTime();
        var (all, each) = await load.SendAsync(mails, recipient, cancellationToken);
        await server.UntilIdleAsync(cancellationToken);
        _sent += mails.Count;
        if (isWarm)
        {
            _perSecond.Add(mails.Count / all.TotalSeconds);
            _processorMilliseconds.Add((server.ProcessorTime() - before).TotalMilliseconds / mails.Count);
            _milliseconds.AddRange(each.Select(one => one.TotalMilliseconds));
        }
    }
}
