using System.Buffers;
using Weir.Gateway.Listening;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Journal;

/// <summary>One message as it comes in. Holds no more than the limits allow, whatever is sent.</summary>
internal sealed class SmtpTransaction(string mailFrom, JournalOptions options, MemoryBudget budget) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<string> _recipients = [];
    private long _taken;

    public IReadOnlyList<string> Recipients => _recipients;

    public NotTaken NotTaken { get; private set; }

    public ReadOnlyMemory<byte> Raw => _bytes.WrittenMemory;

    /// <summary>False when there are as many as are allowed.</summary>
    public bool TryAdd(string recipient)
    {
        if (_recipients.Count >= options.Recipients)
        {
            return false;
        }

        _recipients.Add(recipient);
        return true;
    }

    public void Append(ReadOnlySpan<byte> piece)
    {
        if (NotTaken != NotTaken.No)
        {
            return;
        }

        if (_taken + piece.Length > options.MaxMessageBytes)
        {
            NotTaken = NotTaken.TooLarge;
        }
        else if (!budget.TryTake(piece.Length))
        {
            NotTaken = NotTaken.NoMemory;
        }
        else
        {
            _taken += piece.Length;
            _bytes.Write(piece);
        }
    }

    public Envelope Envelope(ForwardedClient client) => new()
    {
        MailFrom = mailFrom,
        Recipients = [.. _recipients],
        ClientIp = client.Address,
        ClientName = client.Name,
        Helo = client.Helo,
        QueueId = client.QueueId,
    };

    public void Dispose() => budget.Return(_taken);
}
