using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Response.Campaigns;

/// <summary>What sending machines said of themselves, from the receipt of a message to its judgement. Bounded: the oldest goes.</summary>
internal sealed class Helos
{
    private const int Most = 10_000;

    private readonly Dictionary<NetworkMessageId, string> _helos = [];
    private readonly Queue<NetworkMessageId> _order = [];

    public void Remember(MessageReceived received)
    {
        if (received.Envelope.Helo.Length == 0)
        {
            return;
        }

        _helos[received.Id] = received.Envelope.Helo;
        _order.Enqueue(received.Id);
        if (_order.Count > Most)
        {
            _helos.Remove(_order.Dequeue());
        }
    }

    /// <summary>Empty when unknown. Asked once.</summary>
    public string Take(NetworkMessageId id) => _helos.Remove(id, out var helo) ? helo : "";
}
