using Weir.Bench.Mail;

namespace Weir.Bench.Peers;

/// <summary>What one filter needed for a set of messages, round by round.</summary>
internal sealed class Pace(IScanner scanner)
{
    private readonly List<double> _wall = [];
    private readonly List<double> _processor = [];
    private readonly List<double> _milliseconds = [];
    private readonly List<double> _plainMilliseconds = [];
    private readonly List<double> _pictureMilliseconds = [];

    /// <summary>Messages a second of each finished round.</summary>
    public IReadOnlyList<double> Wall => _wall;

    /// <summary>Messages a second of processor time, of each finished round: what the machine's other work changes least.</summary>
    public IReadOnlyList<double> Processor => _processor;

    /// <summary>How long answers took, without pictures and PDF.</summary>
    public double PlainMilliseconds(double share) => At(_plainMilliseconds, share);

    /// <summary>How long answers took to messages with pictures or PDF.</summary>
    public double PictureMilliseconds(double share) => At(_pictureMilliseconds, share);

    /// <summary>How long answers took.</summary>
    public double Milliseconds(double share) => At(_milliseconds, share);

    private TimeSpan _time;
    private TimeSpan _processorTime;
    private int _count;

    /// <summary>Scans one message after another, as part of a round.</summary>
    public async Task ScanAsync(IReadOnlyList<LabelledMail> mails, CancellationToken cancellationToken)
    {
        var before = scanner.Process.ProcessorTime();
        foreach (var mail in mails)
        {
            var took = await scanner.ScanAsync(mail, cancellationToken);
            _time += took;
            _milliseconds.Add(took.TotalMilliseconds);
            (mail.IsWithoutPicturesAndPdf ? _plainMilliseconds : _pictureMilliseconds).Add(took.TotalMilliseconds);
        }

        _processorTime += scanner.Process.ProcessorTime() - before;
        _count += mails.Count;
    }

    public void EndRound()
    {
        _wall.Add(_count / _time.TotalSeconds);
        _processor.Add(_count / _processorTime.TotalSeconds);
        (_time, _processorTime, _count) = (TimeSpan.Zero, TimeSpan.Zero, 0);
    }

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));
}
