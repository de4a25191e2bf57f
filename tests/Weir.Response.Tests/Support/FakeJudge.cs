using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>Judges stored mail as the test says.</summary>
internal sealed class FakeJudge : IJudgeStoredMail
{
    public Verdict Verdict { get; set; } = Verdict.Phish;

    public ValueTask<JudgedMessage?> JudgeAsync(NetworkMessageId id, DateTimeOffset receivedAt, string blobId, RecordedEnvelope envelope, string authentication, string history, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JudgedMessage?>(new JudgedMessage
        {
            Id = id,
            Message = null!, // nobody looks at it
            Envelope = new Envelope(),
            Authentication = null!, // nor at that
            Direction = Direction.Inbound,
            Judgement = new Judgement
            {
                Verdict = Verdict,
                Confidence = "High",
                Score = 1,
                Signals = [new Signal { Name = "gtube", Technology = DetectionTechnology.AdvancedFilter, Evidence = "said so" }],
                Because = ["gtube"],
            },
            Decisions = [],
        });
}
