using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Weir.Gateway.Contracts;
using Weir.Gateway.Intake;
using Weir.Gateway.Listening;
using Weir.Kernel;

namespace Weir.Gateway.Milter;

/// <summary>One connection from the mail server: negotiation, then messages one after the other.</summary>
internal sealed partial class MilterSession(IMilterIntake intake, MilterOptions options, MemoryBudget budget, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly MilterMacros _macros = new();
    private uint _protocol;
    private MilterTransaction? _message;

    /// <summary>Serves until the other side ends, is silent too long or breaks the protocol.</summary>
    public async Task ServeAsync(PipeReader reader, PipeWriter writer, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            while (true)
            {
                idle.CancelAfter(options.IdleAfter);
                if (await MilterFrames.ReadAsync(reader, either.Token) is not { } frame)
                {
                    return;
                }

                idle.CancelAfter(Timeout.InfiniteTimeSpan);
                if (!await AnswerAsync(frame, writer, cancellationToken))
                {
                    return;
                }

                await writer.FlushAsync(cancellationToken);
            }
        }
        catch (MilterProtocolException broken)
        {
            BrokenProtocol(broken.Message);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Silent(options.IdleAfter);
        }
        finally
        {
            EndMessage();
        }
    }

    private async ValueTask<bool> AnswerAsync(MilterFrame frame, PipeWriter writer, CancellationToken cancellationToken)
    {
        var data = frame.Data;
        switch (frame.Command)
        {
            case MilterProtocol.Negotiate:
                Negotiate(data.Span, writer);
                return true;
            case MilterProtocol.Macros:
                _macros.Define(data.Span);
                return true;
            case MilterProtocol.Quit:
                return false;
            case MilterProtocol.QuitForNextConnection:
                EndMessage();
                _macros.ForgetConnection();
                return true;
            case MilterProtocol.Abort:
                EndMessage();
                return true;
            case MilterProtocol.EndOfMessage:
                // The last piece of the body may ride on it.
                if (data.Length > 0)
                {
                    Message.Body(data.Span);
                }

                await JudgeAsync(writer, cancellationToken);
                EndMessage();
                return true;
            case MilterProtocol.Connect:
                _macros.Connected(data.Span);
                break;
            case MilterProtocol.Helo:
                _macros.Helo = MilterFrames.Strings(data.Span).FirstOrDefault("");
                break;
            case MilterProtocol.Mail:
                _message?.Dispose();
                _message = new MilterTransaction(options, budget);
                _message.Mail(data.Span);
                if (intake.RefusalOf(_macros["{auth_authen}"]) is { } refusal)
                {
                    // Before any recipient and any data: the mail server passes the reply on at once.
                    EndMessage();
                    MilterAnswer.Reply(writer, refusal);
                    return true;
                }

                break;
            case MilterProtocol.Recipient:
                Message.Recipient(data.Span);
                break;
            case MilterProtocol.Header:
                Message.Header(data.Span, (_protocol & MilterProtocol.LeadingSpace) != 0, _macros["j"]);
                break;
            case MilterProtocol.Body:
                Message.Body(data.Span);
                break;
            case MilterProtocol.Data or MilterProtocol.EndOfHeaders or MilterProtocol.Unknown:
                break;
            default:
                throw new MilterProtocolException($"A packet of unknown kind {(int)frame.Command}.");
        }

        if ((_protocol & MilterProtocol.NoReplyBit(frame.Command)) == 0)
        {
            MilterFrames.Write(writer, MilterProtocol.Continue);
        }

        return true;
    }

    private MilterTransaction Message => _message ?? throw new MilterProtocolException("A message without its sender.");

    private void Negotiate(ReadOnlySpan<byte> data, PipeWriter writer)
    {
        if (data.Length < 12)
        {
            throw new MilterProtocolException("A negotiation that is too short.");
        }

        var version = BinaryPrimitives.ReadUInt32BigEndian(data);
        var actions = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        _protocol = BinaryPrimitives.ReadUInt32BigEndian(data[8..]) & MilterProtocol.Wanted;
        if (version < 2 || (actions & MilterProtocol.Actions) != MilterProtocol.Actions)
        {
            throw new MilterProtocolException($"The mail server speaks version {version} and allows actions {actions:x}; version 2 and actions {MilterProtocol.Actions:x} are needed.");
        }

        Span<byte> answer = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(answer, Math.Min(version, MilterProtocol.Version));
        BinaryPrimitives.WriteUInt32BigEndian(answer[4..], MilterProtocol.Actions);
        BinaryPrimitives.WriteUInt32BigEndian(answer[8..], _protocol);
        MilterFrames.Write(writer, MilterProtocol.Negotiate, answer);
    }

    private async Task JudgeAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var message = Message;
        switch (message.NotTaken)
        {
            case NotTaken.TooLarge:
                MilterAnswer.Reply(writer, MilterAnswer.TooLarge);
                return;
            case NotTaken.TooManyRecipients:
                MilterAnswer.Reply(writer, MilterAnswer.TooMany);
                return;
            case NotTaken.NoMemory:
                OutOfMemory(options.MemoryBytes);
                MilterAnswer.Reply(writer, MilterAnswer.TryAgain);
                return;
            default:
                break;
        }

        var incoming = new IncomingMessage { Raw = message.Raw(), Envelope = message.Envelope(_macros), Door = Doors.Milter };
        using var limit = new CancellationTokenSource(options.JudgeWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await intake.OwnMailAsync(incoming, either.Token) is { } own)
            {
                MilterAnswer.WriteOwn(writer, message, own);
                return;
            }

            if (await intake.RefuseOutgoingAsync(incoming, either.Token) is { } refusal)
            {
                MilterAnswer.Reply(writer, refusal);
                return;
            }

            var accepting = intake.AcceptAsync(incoming, either.Token).AsTask();
            await ReportProgressAsync(accepting, writer, cancellationToken);
            MilterAnswer.Write(writer, message, await accepting.WaitAsync(either.Token));
        }
        catch (DiskFullException full)
        {
            // Whatever the administrator chose for failures: what cannot be kept does not pass.
            NoRoom(full.Message);
            MilterAnswer.Reply(writer, MilterAnswer.NoRoom);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever went wrong inside: nothing passes unscanned unless the administrator chose so.
            JudgingFailed(exception, incoming.Envelope.QueueId, options.OnFailure);
            await FailAsync(writer, message, incoming, cancellationToken);
        }
    }

    private async Task FailAsync(PipeWriter writer, MilterTransaction message, IncomingMessage incoming, CancellationToken cancellationToken)
    {
        if (options.OnFailure == OnFailure.Tempfail)
        {
            MilterAnswer.Reply(writer, MilterAnswer.TryAgain);
            return;
        }

        NetworkMessageId? id = null;
        try
        {
            id = await intake.KeepUnjudgedAsync(incoming, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            KeepingFailed(exception, incoming.Envelope.QueueId);
        }

        MilterAnswer.WriteUnjudged(writer, message, id);
    }

    /// <summary>Keeps the mail server patient until the judgement is there, at the latest until its time is up.</summary>
    private async Task ReportProgressAsync(Task accepting, PipeWriter writer, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + options.JudgeWithin;
        while (!accepting.IsCompleted && time.GetUtcNow() < until)
        {
            using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(accepting, Task.Delay(options.ProgressEvery, time, done.Token));
            await done.CancelAsync();
            if (!accepting.IsCompleted)
            {
                MilterFrames.Write(writer, MilterProtocol.Progress);
                await writer.FlushAsync(cancellationToken);
            }
        }
    }

    public void Dispose() => EndMessage();

    private void EndMessage()
    {
        _message?.Dispose();
        _message = null;
        _macros.ForgetMessage();
    }

    [LoggerMessage(7001, LogLevel.Warning, "The mail server broke the milter protocol: {Reason} The connection is closed.")]
    private partial void BrokenProtocol(string reason);

    [LoggerMessage(7002, LogLevel.Information, "The mail server was silent for {Time}; the milter connection is closed.")]
    private partial void Silent(TimeSpan time);

    [LoggerMessage(7003, LogLevel.Error, "The message in queue {QueueId} could not be judged; the mail server is told to {OnFailure}.")]
    private partial void JudgingFailed(Exception exception, string queueId, OnFailure onFailure);

    [LoggerMessage(7004, LogLevel.Error, "The message in queue {QueueId} passes unscanned and could not even be recorded.")]
    private partial void KeepingFailed(Exception exception, string queueId);

    [LoggerMessage(7006, LogLevel.Error, "{Reason} The sender is asked to try again.")]
    private partial void NoRoom(string reason);

    [LoggerMessage(7005, LogLevel.Warning, "The messages in progress need more than {Bytes} bytes; the sender is asked to try again.")]
    private partial void OutOfMemory(long bytes);
}
