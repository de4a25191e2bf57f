using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Gateway.Contracts;
using Weir.Gateway.Listening;
using Weir.Gateway.Milter;
using Weir.Kernel;

namespace Weir.Gateway.Tests.Support;

/// <summary>Plays the mail server: writes packets, lets the session run to its end, and reads the answers as lines of text.</summary>
internal sealed class MilterTalk
{
    private readonly ArrayBufferWriter<byte> _sent = new();
    private bool _isMailAlone;

    /// <summary>The answer to MAIL, the only step of an envelope that has one with Postfix, is among the answers.</summary>
    public bool ShowsMail { get; init; }

    public MilterOptions Options { get; set; } = new();
    public FakeTimeProvider Clock { get; } = new(Door.Morning);
    public IMilterIntake? Intake { get; set; }

    public MilterTalk Say(char command, params byte[] data)
    {
        MilterFrames.Write(_sent, command, data);
        return this;
    }

    /// <summary>Text where | stands for a zero byte.</summary>
    public MilterTalk Say(char command, string text) => Say(command, Encoding.Latin1.GetBytes(text.Replace('|', '\0')));

    public MilterTalk SayRaw(params byte[] bytes)
    {
        _sent.Write(bytes);
        return this;
    }

    /// <summary>As Postfix 3.7 negotiates, with everything it offers.</summary>
    public MilterTalk Negotiate(uint version = 6, uint actions = 0x1FF, uint protocol = 0x1FFFFF)
    {
        _isMailAlone = (protocol & MilterProtocol.Wanted) == MilterProtocol.Wanted;
        var data = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(data, version);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), actions);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(8), protocol);
        return Say('O', data);
    }

    /// <summary>Connection, HELO, envelope and a small message, as Postfix says them.</summary>
    public MilterTalk Message(string[] recipients, string[]? fields = null, string body = "Hello.\r\n", string queueId = "16E13B1E026")
    {
        Say('D', "Cj|mx.corp.example|{client_addr}|192.0.2.1|{client_name}|mail.good.example|");
        Say('C', [.. "mail.good.example\0"u8, (byte)'4', 0x9C, 0x40, .. "192.0.2.1\0"u8]);
        Say('H', "helo.good.example|");
        Say('M', "<stranger@good.example>|SIZE=100|");
        foreach (var recipient in recipients)
        {
            Say('D', $"Ri|{queueId}|");
            Say('R', $"<{recipient}>|");
        }

        Say('T').Say('L', "From| stranger@good.example|").Say('L', "Subject| Hello\n there|");
        foreach (var field in fields ?? [])
        {
            Say('L', field);
        }

        return Say('N').Say('B', body).Say('D', $"Ei|{queueId}|").Say('E');
    }

    /// <summary>All answers, one a line: letter, then data with | for zero bytes and numbers in hex.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync()
    {
        var answers = new Pipe();
        using var session = new MilterSession(Intake ?? throw new InvalidOperationException("Give it an intake."), Options, new MemoryBudget(Options.MemoryBytes), Clock, NullLogger.Instance);
        await session.ServeAsync(PipeReader.Create(new ReadOnlySequence<byte>(_sent.WrittenMemory)), answers.Writer, TestContext.Current.CancellationToken);
        await answers.Writer.CompleteAsync();
        var lines = new List<string>();
        while (await MilterFrames.ReadAsync(answers.Reader, TestContext.Current.CancellationToken) is { } frame)
        {
            lines.Add(Text(frame));
        }

        return _isMailAlone && !ShowsMail ? WithoutMail(lines) : lines;
    }

    /// <summary>Of whole messages: each begins with the answer to MAIL and ends with the one to its end.</summary>
    private static List<string> WithoutMail(List<string> lines)
    {
        var kept = new List<string>();
        var isMailNext = true;
        foreach (var line in lines)
        {
            var isAnswer = line[0] is 'c' or 'y' or 'd' or 'a';
            if (!isMailNext || line != "c")
            {
                kept.Add(line);
                isMailNext = isMailNext || isAnswer;
            }
            else
            {
                isMailNext = false;
            }
        }

        return kept;
    }

    private static string Text(MilterFrame frame)
    {
        var data = frame.Data.Span;
        return frame.Command switch
        {
            'O' => $"O {BinaryPrimitives.ReadUInt32BigEndian(data)} {BinaryPrimitives.ReadUInt32BigEndian(data[4..]):x} {BinaryPrimitives.ReadUInt32BigEndian(data[8..]):x}",
            'm' or 'i' => $"{frame.Command} {BinaryPrimitives.ReadUInt32BigEndian(data)} {Zeros(data[4..])}",
            _ when data.Length == 0 => $"{frame.Command}",
            _ => $"{frame.Command} {Zeros(data)}",
        };
    }

    private static string Zeros(ReadOnlySpan<byte> data) => Encoding.Latin1.GetString(data).Replace('\0', '|');
}

/// <summary>Takes in what the milter hands over.</summary>
internal sealed class MilterBox(Func<IncomingMessage, AcceptedMessage> decide) : IMilterIntake
{
    public List<IncomingMessage> Taken { get; } = [];
    public List<IncomingMessage> Kept { get; } = [];
    public Exception? CannotKeep { get; set; }

    /// <summary>The judgement does not come before this ends.</summary>
    public Task Before { get; set; } = Task.CompletedTask;

    public async ValueTask<AcceptedMessage> AcceptAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        Taken.Add(message);
        await Before;
        return decide(message);
    }

    public ValueTask<NetworkMessageId> KeepUnjudgedAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        if (CannotKeep is { } failure)
        {
            throw failure;
        }

        Kept.Add(message);
        return ValueTask.FromResult(NetworkMessageId.Parse("01936000-0000-7000-8000-000000000002", provider: null));
    }
}
