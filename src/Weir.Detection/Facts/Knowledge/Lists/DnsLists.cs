using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts.Knowledge.Lists;

/// <summary>
/// Block lists in DNS (RFC 5782): the client's address, and the domains of links. Off until zones are configured. Answers are kept for a quarter of an
/// hour, "not listed" as well; all questions of a message together take a bounded time; a list that fails several times in a row rests for a minute.
/// </summary>
internal sealed class DnsLists(IDns dns, IOptions<DetectionOptions> options, TimeProvider time)
{
    private const int MostKept = 50_000;
    private const int MostDomains = 10;
    private const int FailuresBeforeRest = 3;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (ListAnswer Answer, DateTimeOffset Until)> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Failures, DateTimeOffset Until)> _resting = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> AddressZones => options.Value.Dnsbl;

    public IReadOnlyList<string> DomainZones => options.Value.Uribl;

    /// <param name="client">The client's address; nothing is asked for private ones.</param>
    /// <param name="domains">Registered domains of links.</param>
    public async ValueTask<IReadOnlyList<ListAnswer>> AskAsync(string client, IEnumerable<string> domains, CancellationToken cancellationToken)
    {
        var questions = new List<(string Zone, string Subject, string Name, bool IsAddress)>();
        if (AddressZones.Count > 0 && ReverseName(client) is { } reversed)
        {
            questions.AddRange(AddressZones.Select(zone => (zone, client, $"{reversed}.{zone}", true)));
        }

        questions.AddRange(domains.Take(MostDomains).SelectMany(_ => DomainZones, (domain, zone) => (zone, domain, $"{domain}.{zone}", false)));
        if (questions.Count == 0)
        {
            return [];
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.DnsListMilliseconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var asked = questions.Select(question => AnswerAsync(question.Zone, question.Subject, question.Name, question.IsAddress, both.Token)).ToList();
        var answers = await Task.WhenAll(asked);
        cancellationToken.ThrowIfCancellationRequested();
        return answers;
    }

    /// <summary>Asks a zone for the entries that every list has and lacks (RFC 5782 §5), past what is kept.</summary>
    /// <returns>What is wrong; empty when the zone works.</returns>
    public async ValueTask<string> ProbeAsync(string zone, bool isOfAddresses, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(2_000, options.Value.DnsListMilliseconds)), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var there = await QueryAsync(new ListAnswer(zone, "test", isOfAddresses, ListStatus.Unavailable), (isOfAddresses ? "2.0.0.127." : "test.") + zone, both.Token);
        var absent = await QueryAsync(new ListAnswer(zone, "none", isOfAddresses, ListStatus.Unavailable), (isOfAddresses ? "1.0.0.127." : "invalid.") + zone, both.Token);
        return there.Status == ListStatus.Unavailable ? there.Codes
            : absent.Status == ListStatus.Listed ? $"it lists everything ({absent.Codes})"
            : there.Status == ListStatus.NotListed ? "it does not have the test entry that every list has"
            : "";
    }

    /// <summary>What an answer means. Codes 127.255.255.x are refusals, of lists of domains also 127.0.0.1; what is not in 127.0.0.0/8 is no answer of a list.</summary>
    internal static ListAnswer Understand(ListAnswer question, DnsAnswer answer)
    {
        switch (answer.Status)
        {
            case DnsStatus.NxDomain or DnsStatus.NoData:
                return question with { Status = ListStatus.NotListed };
            case DnsStatus.Ok:
                var codes = string.Join(", ", answer.Records.Order(StringComparer.Ordinal).Take(5));
                if (answer.Records.FirstOrDefault(record => !record.StartsWith("127.", StringComparison.Ordinal)) is { } stray)
                {
                    return question with { Status = ListStatus.Unavailable, Codes = $"the answer {stray} is none of a list: the zone is gone or the resolver rewrites answers" };
                }

                var isRefused = answer.Records.Any(record => record.StartsWith("127.255.255.", StringComparison.Ordinal) || record == "127.0.1.255" || (!question.IsOfAddress && record == "127.0.0.1"));
                return isRefused
                    ? question with { Status = ListStatus.Unavailable, Codes = $"the list refuses to answer this resolver ({codes})" }
                    : question with { Status = ListStatus.Listed, Codes = codes };
            default:
                return question with { Status = ListStatus.Unavailable, Codes = answer.Status == DnsStatus.Timeout ? "no answer in time" : "the name servers fail" };
        }
    }

    /// <summary>The labels under which lists keep an address; nothing for one that is not of the public Internet.</summary>
    internal static string? ReverseName(string client)
    {
        if (!IPAddress.TryParse(client, out var address))
        {
            return null;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal
                ? null
                : string.Join('.', bytes.Reverse().SelectMany(b => new[] { b & 15, b >> 4 }).Select(nibble => nibble.ToString("x", CultureInfo.InvariantCulture)));
        }

        var isPrivate = bytes[0] is 10 or 127 or 0 || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254) || (bytes[0] == 100 && bytes[1] is >= 64 and <= 127);
        return isPrivate ? null : string.Join('.', bytes.Reverse());
    }

    private async Task<ListAnswer> AnswerAsync(string zone, string subject, string name, bool isAddress, CancellationToken cancellationToken)
    {
        var question = new ListAnswer(zone, subject, isAddress, ListStatus.Unavailable);
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_kept.TryGetValue(name, out var kept) && kept.Until > now)
            {
                return kept.Answer;
            }

            if (_resting.TryGetValue(zone, out var rest) && rest.Failures >= FailuresBeforeRest && rest.Until > now)
            {
                return question with { Codes = "it did not answer before and is not asked for a minute" };
            }
        }

        var answer = await QueryAsync(question, name, cancellationToken);
        lock (_gate)
        {
            if (answer.Status == ListStatus.Unavailable)
            {
                _resting[zone] = (_resting.GetValueOrDefault(zone).Failures + 1, time.GetUtcNow() + Rest);
                return answer;
            }

            _resting.Remove(zone);
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[name] = (answer, time.GetUtcNow() + Kept);
        }

        return answer;
    }

    private async Task<ListAnswer> QueryAsync(ListAnswer question, string name, CancellationToken cancellationToken)
    {
        try
        {
            return Understand(question, await dns.QueryAsync(name, DnsType.A, cancellationToken).AsTask().WaitAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            return question with { Codes = "no answer in time" };
        }
    }
}
