using System.Net.Sockets;

namespace Weir.Gateway.Listening;

/// <summary>
/// A connection whose bytes are acknowledged as soon as they were read. A mail server that writes several small packets and waits for no answer in between
/// (the milter protocol of Postfix) sends each only when the one before is acknowledged, and Linux takes its time for that: 40 ms for each message.
/// </summary>
internal sealed class PromptStream(Socket socket) : NetworkStream(socket, ownsSocket: false)
{
    // netinet/in.h, netinet/tcp.h
    private const int Tcp = 6;
    private const int QuickAcknowledgement = 12;

    private static readonly byte[] On = BitConverter.GetBytes(1);

    private readonly bool _isTcp = socket.ProtocolType == ProtocolType.Tcp;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isTcp)
        {
            // The kernel forgets it when it likes: said anew before each wait, it also sends what is due for the bytes read last.
            Socket.SetRawSocketOption(Tcp, QuickAcknowledgement, On);
        }

        return base.ReadAsync(buffer, cancellationToken);
    }
}
