using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging;
using Weir.Gateway.Intake;
using Weir.Gateway.Listening;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Journal;

/// <summary>One connection of the mail server that sends copies: SMTP as far as a server of its kind speaks it (RFC 5321, SIZE, PIPELINING, 8BITMIME, SMTPUTF8, XFORWARD).</summary>
internal sealed partial class SmtpSession(IJournalIntake intake, JournalOptions options, MemoryBudget budget, TimeProvider time, ILogger logger) : IDisposable
{
    private const int MaxLine = 4096;
    private const int MaxErrors = 20;

    private ForwardedClient _client = new();
    private SmtpTransaction? _message;
    private bool _isGreeted;
    private bool _isExtended;
    private int _errors;

    /// <summary>Serves until the other side ends, is silent too long or breaks the protocol.</summary>
    public async Task ServeAsync(PipeReader reader, PipeWriter writer, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.IdleAfter, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            await SayAsync(writer, "220 weir ESMTP journal", cancellationToken);
            while (await NextLineAsync(reader, either.Token) is { } line)
            {
                idle.CancelAfter(Timeout.InfiniteTimeSpan);
                if (!await ObeyAsync(line, reader, writer, idle, cancellationToken))
                {
                    return;
                }

                idle.CancelAfter(options.IdleAfter);
            }
        }
        catch (SmtpSyntaxException broken)
        {
            await SayAsync(writer, broken.Reply, cancellationToken);
            Refused(broken.Reply);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await SayAsync(writer, SmtpReplies.Silent, cancellationToken);
        }
        finally
        {
            EndMessage();
        }
    }

    public void Dispose() => EndMessage();

    private async ValueTask<bool> ObeyAsync(string line, PipeReader reader, PipeWriter writer, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var rest = space < 0 ? "" : line[(space + 1)..].Trim();
        if (verb == "QUIT")
        {
            await SayAsync(writer, SmtpReplies.Bye, cancellationToken);
            return false;
        }

        var reply = verb switch
        {
            "EHLO" => Hello(isExtended: true),
            "HELO" => Hello(isExtended: false),
            "MAIL" => Mail(rest),
            "RCPT" => Recipient(rest),
            "DATA" => await DataAsync(reader, writer, idle, cancellationToken),
            "XFORWARD" => Forwarded(rest),
            "RSET" => Reset(),
            "NOOP" => SmtpReplies.Ok,
            "HELP" => SmtpReplies.Help,
            "VRFY" => SmtpReplies.NotSaid,
            "EXPN" or "AUTH" or "STARTTLS" or "BDAT" or "ETRN" or "TURN" => SmtpReplies.NotHere,
            _ => SmtpReplies.Unknown,
        };
        if (reply[0] is '5' && ++_errors >= MaxErrors)
        {
            throw new SmtpSyntaxException(SmtpReplies.TooManyErrors);
        }

        await SayAsync(writer, reply, cancellationToken);
        return true;
    }

    private string Hello(bool isExtended)
    {
        EndMessage();
        _isGreeted = true;
        _isExtended = isExtended;
        return isExtended
            ? string.Create(CultureInfo.InvariantCulture, $"250-weir\r\n250-PIPELINING\r\n250-SIZE {options.MaxMessageBytes}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 XFORWARD {ForwardedClient.Attributes}")
            : "250 weir";
    }

    private string Mail(string rest)
    {
        if (!_isGreeted)
        {
            return SmtpReplies.NoHello;
        }

        if (_message is not null)
        {
            return SmtpReplies.InMessage;
        }

        if (!rest.StartsWith("FROM:", StringComparison.OrdinalIgnoreCase) || SmtpPath.Parse(rest[5..]) is not { } path)
        {
            return SmtpReplies.NotAPath;
        }

        foreach (var parameter in path.Parameters)
        {
            var name = parameter.Split('=')[0].ToUpperInvariant();
            if (name == "SIZE" && long.TryParse(parameter.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > options.MaxMessageBytes)
            {
                return SmtpReplies.TooLarge;
            }

            if (!_isExtended || name is not ("SIZE" or "BODY" or "SMTPUTF8" or "AUTH" or "RET" or "ENVID"))
            {
                return SmtpReplies.BadParameter;
            }
        }

        _message = new SmtpTransaction(path.Address, options, budget);
        return SmtpReplies.SenderOk;
    }

    private string Recipient(string rest)
    {
        if (_message is not { } message)
        {
            return SmtpReplies.NoSender;
        }

        if (!rest.StartsWith("TO:", StringComparison.OrdinalIgnoreCase) || SmtpPath.Parse(rest[3..]) is not { Address.Length: > 0 } path)
        {
            return SmtpReplies.NotAPath;
        }

        return message.TryAdd(path.Address) ? SmtpReplies.RecipientOk : SmtpReplies.TooManyRecipients;
    }

    private string Forwarded(string rest)
    {
        if (_message is not null)
        {
            return SmtpReplies.InMessage;
        }

        if (_client.With(rest) is not { } client)
        {
            return SmtpReplies.NotForwarded;
        }

        _client = client;
        return SmtpReplies.Ok;
    }

    private string Reset()
    {
        EndMessage();
        return SmtpReplies.Ok;
    }

    private async ValueTask<string> DataAsync(PipeReader reader, PipeWriter writer, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        if (_message is not { } message)
        {
            return SmtpReplies.NoSender;
        }

        if (message.Recipients.Count == 0)
        {
            return SmtpReplies.NoRecipient;
        }

        if (reader.TryRead(out var early))
        {
            var isEarly = !early.Buffer.IsEmpty;
            reader.AdvanceTo(early.Buffer.Start);
            if (isEarly)
            {
                throw new SmtpSyntaxException(SmtpReplies.Pipelined);
            }
        }

        await SayAsync(writer, SmtpReplies.GoOn, cancellationToken);
        if (!await ReadDataAsync(message, reader, idle, cancellationToken))
        {
            throw new IOException("The connection ended within a message.");
        }

        var reply = message.NotTaken switch
        {
            NotTaken.TooLarge => SmtpReplies.TooLarge,
            NotTaken.NoMemory => SmtpReplies.NoMemory,
            _ => await RecordAsync(message.Raw, message.Envelope(_client), cancellationToken),
        };
        EndMessage();
        return reply;
    }

    private async ValueTask<bool> ReadDataAsync(SmtpTransaction message, PipeReader reader, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        var data = new SmtpData();
        while (true)
        {
            idle.CancelAfter(options.IdleAfter);
            var result = await reader.ReadAsync(either.Token);
            var used = 0L;
            var state = DataState.More;
            foreach (var piece in result.Buffer)
            {
                state = data.Read(piece.Span, message.Append, out var inPiece);
                used += inPiece;
                if (state != DataState.More)
                {
                    break;
                }
            }

            reader.AdvanceTo(result.Buffer.GetPosition(used));
            switch (state)
            {
                case DataState.End:
                    idle.CancelAfter(Timeout.InfiniteTimeSpan);
                    return true;
                case DataState.BareLineFeed:
                    throw new SmtpSyntaxException(SmtpReplies.BareLineFeed);
                default:
                    break;
            }

            if (result.IsCompleted)
            {
                return false;
            }
        }
    }

    private async ValueTask<string> RecordAsync(ReadOnlyMemory<byte> raw, Envelope envelope, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.JudgeWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var id = await intake.AcceptAsync(raw, envelope, either.Token);
            return $"250 2.0.0 Recorded as {id}";
        }
        catch (DiskFullException full)
        {
            NoRoom(full.Message);
            return SmtpReplies.NoRoom;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever went wrong inside: the mail server keeps the copy and brings it again.
            Failed(exception, envelope.QueueId);
            return SmtpReplies.TryAgain;
        }
    }

    /// <summary>The next line without its end; nothing when the other side ended.</summary>
    private static async ValueTask<string?> NextLineAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } feed)
            {
                var line = buffer.Slice(0, feed);
                var text = Text(line);
                reader.AdvanceTo(buffer.GetPosition(1, feed));
                return text;
            }

            var length = buffer.Length;
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (length > MaxLine)
            {
                throw new SmtpSyntaxException(SmtpReplies.TooLong);
            }

            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    private static string Text(ReadOnlySequence<byte> line)
    {
        if (line.Length > MaxLine)
        {
            throw new SmtpSyntaxException(SmtpReplies.TooLong);
        }

        var bytes = line.ToArray();
        return bytes.Length > 0 && bytes[^1] == (byte)'\r'
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, bytes.Length - 1))
            : throw new SmtpSyntaxException(SmtpReplies.BareLineFeed);
    }

    private static async ValueTask SayAsync(PipeWriter writer, string reply, CancellationToken cancellationToken) =>
        await writer.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), cancellationToken);

    private void EndMessage()
    {
        _message?.Dispose();
        _message = null;
    }

    [LoggerMessage(7060, LogLevel.Warning, "A journal connection was closed: {Reply}")]
    private partial void Refused(string reply);

    [LoggerMessage(7061, LogLevel.Error, "{Reason} The mail server is asked to bring its copies again.")]
    private partial void NoRoom(string reason);

    [LoggerMessage(7062, LogLevel.Error, "The copy in queue {QueueId} could not be recorded; the mail server is asked to bring it again.")]
    private partial void Failed(Exception exception, string queueId);
}

/// <summary>The conversation cannot go on.</summary>
internal sealed class SmtpSyntaxException(string reply) : Exception(reply)
{
    /// <summary>The last thing that is said.</summary>
    public string Reply { get; } = reply;
}
