using System.Buffers.Text;
using System.Security.Cryptography;
using Weir.Response.Contracts;

namespace Weir.Response.Content;

/// <summary>Tokens for one preview each: one caller, one message, 60 seconds, one use. In memory only; a restart ends them all.</summary>
internal sealed class PreviewTokens(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Open tokens at most; the oldest go first.</summary>
    private const int MaxOpen = 10_000;

    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);
    private readonly Queue<(string Token, DateTimeOffset Until)> _byAge = new();

    public string Issue(string callerId, MessageTarget target)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        lock (_open)
        {
            while (_byAge.TryPeek(out var oldest) && (oldest.Until <= now || _byAge.Count >= MaxOpen))
            {
                _open.Remove(_byAge.Dequeue().Token);
            }

            _open.Add(token, new Open(callerId, target, now + Lifetime));
            _byAge.Enqueue((token, now + Lifetime));
        }

        return token;
    }

    /// <summary>The message that the token opens for this caller. Any use ends the token, a stranger's too.</summary>
    public MessageTarget? Use(string callerId, string token)
    {
        lock (_open)
        {
            return _open.Remove(token, out var open) && open.CallerId == callerId && open.Until > time.GetUtcNow() ? open.Target : null;
        }
    }

    private sealed record Open(string CallerId, MessageTarget Target, DateTimeOffset Until);
}
