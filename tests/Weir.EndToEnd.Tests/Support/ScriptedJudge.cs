using Weir.Detection.Contracts;
using Weir.Mail.Contracts;

namespace Weir.EndToEnd.Tests.Support;

/// <summary>
/// Decides what the subject says, so that a test can ask for each answer to the mail server: <c>decide: quarantine</c> for all recipients,
/// <c>decide: anna=quarantine dora=reject</c> for some, <c>decide: break</c> to fail.
/// </summary>
internal sealed class ScriptedJudge : IMessageJudge
{
    public ValueTask<JudgedMessage> JudgeAsync(MessageToJudge message, CancellationToken cancellationToken)
    {
        var parsed = MailParser.Parse(message.Raw);
        var script = parsed.Subject.Split("decide: ", 2) is [_, var words] ? words.Split(' ') : [];
        if (script is ["break"])
        {
            throw new InvalidOperationException("Told to break.");
        }

        return ValueTask.FromResult(new JudgedMessage
        {
            Id = message.Id,
            Message = parsed,
            Envelope = message.Envelope,
            Authentication = new AuthenticationResults(),
            Direction = Direction.Inbound,
            Judgement = new Judgement { Verdict = script.Length == 0 ? Verdict.Clean : Verdict.Spam, Confidence = "Medium", Score = script.Length, Threats = script.Length == 0 ? [] : [ThreatType.Spam] },
            Decisions = [.. message.Envelope.Recipients.Select(recipient => Decide(script, recipient))],
        });
    }

    private static DeliveryDecision Decide(string[] script, string recipient)
    {
        foreach (var word in script)
        {
            if (word.Split('=') is [var name, var decision] && recipient.StartsWith(name + "@", StringComparison.OrdinalIgnoreCase))
            {
                return Enum.Parse<DeliveryDecision>(decision, ignoreCase: true);
            }
        }

        return script is [var forAll] && Enum.TryParse<DeliveryDecision>(forAll, ignoreCase: true, out var all) ? all : DeliveryDecision.Deliver;
    }
}
