using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Gateway.Journal;
using Weir.Gateway.Listening;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Tests.Support;

/// <summary>Plays the mail server that sends copies: says everything, waiting for the answer where SMTP makes it wait, and reads the answers as lines.</summary>
internal sealed class SmtpTalk
{
    private readonly List<byte[]> _turns = [];

    public JournalOptions Options { get; set; } = new();
    public FakeTimeProvider Clock { get; } = new(Door.Morning);
    public JournalBox Box { get; } = new();

    /// <summary>Lines of one turn: sent together, before the next turn's answer is awaited.</summary>
    public SmtpTalk Say(params string[] lines) => SayRaw(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n"))));

    public SmtpTalk SayRaw(params byte[] bytes)
    {
        _turns.Add(bytes);
        return this;
    }

    /// <summary>A whole message for these recipients.</summary>
    public SmtpTalk Message(string text, params string[] to) =>
        Say(["EHLO mx.corp.example", "MAIL FROM:<stranger@good.example>", .. to.Select(address => $"RCPT TO:<{address}>"), "DATA"])
            .SayRaw(Encoding.UTF8.GetBytes(text))
            .Say("", ".");

    /// <summary>All answers; the greeting and the answer to EHLO are left out.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync()
    {
        var token = TestContext.Current.CancellationToken;
        Pipe input = new(), output = new();
        using var session = new SmtpSession(Box, Options, new MemoryBudget(Options.MemoryBytes), Clock, NullLogger.Instance);
        var serving = ServeAsync(session, input.Reader, output.Writer, token);
        var said = new StringBuilder();
        await HearAsync(output.Reader, said, answers: 1, token);
        foreach (var turn in _turns)
        {
            var text = Encoding.Latin1.GetString(turn);

            // Data is not answered before its end.
            var isData = said.ToString().EndsWith(SmtpReplies.GoOn + "\r\n", StringComparison.Ordinal);
            var answers = !isData ? Math.Max(1, text.Count(letter => letter == '\n')) : text.EndsWith("\r\n.\r\n", StringComparison.Ordinal) ? 1 : 0;
            await input.Writer.WriteAsync(turn, token);
            await HearAsync(output.Reader, said, Answered(said) + answers, token);
        }

        await input.Writer.CompleteAsync();
        await serving;
        await HearAsync(output.Reader, said, int.MaxValue, token);
        return [.. said.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("250-", StringComparison.Ordinal) && !line.StartsWith("220 ", StringComparison.Ordinal) && !line.StartsWith("250 XFORWARD", StringComparison.Ordinal))];
    }

    private static async Task ServeAsync(SmtpSession session, PipeReader reader, PipeWriter writer, CancellationToken token)
    {
        try
        {
            await session.ServeAsync(reader, writer, token);
        }
        catch (IOException)
        {
            // The other side went away within a message: the listener writes that to its log.
        }

        await writer.CompleteAsync();
    }

    /// <summary>Hears until there are so many answers, or the session ends.</summary>
    private static async Task HearAsync(PipeReader reader, StringBuilder said, int answers, CancellationToken token)
    {
        while (Answered(said) < answers)
        {
            var result = await reader.ReadAsync(token);
            said.Append(Encoding.UTF8.GetString(result.Buffer.ToArray()));
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Answers so far; one of several lines counts once.</summary>
    private static int Answered(StringBuilder said) => said.ToString().Split("\r\n").Count(line => line.Length > 3 && line[3] == ' ');
}

/// <summary>Takes in what the journal hands over.</summary>
internal sealed class JournalBox : IJournalIntake
{
    public static readonly NetworkMessageId Id = NetworkMessageId.Parse("01936000-0000-7000-8000-000000000003", provider: null);

    public List<(string Raw, Envelope Envelope)> Taken { get; } = [];
    public Exception? Fails { get; set; }

    public ValueTask<NetworkMessageId> AcceptAsync(ReadOnlyMemory<byte> raw, Envelope envelope, CancellationToken cancellationToken)
    {
        Taken.Add((Encoding.Latin1.GetString(raw.Span), envelope));
        return Fails is { } failure ? throw failure : ValueTask.FromResult(Id);
    }
}
