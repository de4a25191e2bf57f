using CsCheck;
using Weir.Detection.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Listening;
using Weir.Gateway.Milter;
using Weir.Gateway.Tests.Support;
using Weir.Kernel;

namespace Weir.Gateway.Tests.Milter;

public sealed class MilterFuzzTests
{
    private static readonly Gen<byte[]> Data = Gen.OneOf(
        Gen.Byte.Array[0, 40],
        Gen.String[Gen.Char["ab\0<>@{}: \n\r\"XWeir-"], 0, 30].Select(System.Text.Encoding.Latin1.GetBytes));

    private static readonly Gen<(char Command, byte[] Data)[]> Frames = Gen.Select(Gen.Char["ABCDEHKLMNORTUQ!"], Data).Array[0, 30];

    [Fact]
    public Task Any_packets_are_answered_or_end_the_connection_and_nothing_is_kept_beyond_the_limits() =>
        Frames.SampleAsync(async frames =>
        {
            var options = new MilterOptions { MaxMessageBytes = 1 << 16, Recipients = 3 };
            var box = new MilterBox(message => new AcceptedMessage(
                NetworkMessageId.New(Door.Morning),
                Some.Judged(new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = 0 }) with { Envelope = message.Envelope, Decisions = [.. message.Envelope.Recipients.Select(_ => DeliveryDecision.Deliver)] },
                IsSecondSighting: false));
            var talk = new MilterTalk { Intake = box, Options = options }.Negotiate();
            foreach (var (command, data) in frames)
            {
                talk.Say(command, data);
            }

            await talk.AnswersAsync();
            Assert.All(box.Taken, taken => Assert.True(taken.Raw.Length <= options.MaxMessageBytes && taken.Envelope.Recipients.Count <= 3));
        }, iter: 3000);

    [Fact]
    public Task Any_bytes_end_in_peace() =>
        Gen.Byte.Array[0, 200].SampleAsync(async bytes =>
        {
            var answers = await new MilterTalk { Intake = new MilterBox(_ => throw new InvalidOperationException("No message can be made of this.")) }.SayRaw(bytes).AnswersAsync();
            Assert.True(answers.Count <= bytes.Length);
        }, iter: 3000);

    [Fact]
    public void The_memory_budget_comes_back_whatever_happens()
    {
        var budget = new MemoryBudget(1 << 20);
        Gen.Select(Gen.Bool, Data).Array[0, 20].Sample(steps =>
        {
            using (var message = new MilterTransaction(new MilterOptions { MaxMessageBytes = 1 << 16 }, budget))
            {
                foreach (var (isHeader, data) in steps)
                {
                    if (isHeader)
                    {
                        message.Header(data, hasLeadingSpace: true);
                    }
                    else
                    {
                        message.Body(data);
                    }
                }
            }

            Assert.True(budget.TryTake(1 << 20));
            budget.Return(1 << 20);
        }, threads: 1);
    }
}
