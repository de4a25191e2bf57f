using Weir.Mail.Contracts;

namespace Weir.Mail.Resolving;

/// <summary>
/// The questions about one message: each is asked once, and all together take a bounded time and number.
/// A sender whose name servers are slow costs the mail server seconds, not minutes. Used by one check at a time.
/// </summary>
internal sealed class MessageDns(IDns inner, TimeProvider time, TimeSpan total) : IDns
{
    /// <summary>SPF allows some 120 lookups; a message with a hundred signatures must not multiply them.</summary>
    private const int MostQuestions = 300;

    private readonly Dictionary<(string Name, DnsType Type), DnsAnswer> _known = [];
    private readonly long _started = time.GetTimestamp();

    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        var key = (DomainName.Canonical(name), type);
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var answer = await AskAsync(key.Item1, type, cancellationToken);
        _known[key] = answer;
        return answer;
    }

    private async ValueTask<DnsAnswer> AskAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        var left = total - time.GetElapsedTime(_started);
        if (left <= TimeSpan.Zero || _known.Count >= MostQuestions)
        {
            return DnsAnswer.Of(DnsStatus.Timeout);
        }

        if (!DomainName.IsAskable(name))
        {
            return DnsAnswer.Of(DnsStatus.NxDomain);
        }

        using var limit = new CancellationTokenSource(left, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await inner.QueryAsync(name, type, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DnsAnswer.Of(DnsStatus.Timeout);
        }
    }
}
