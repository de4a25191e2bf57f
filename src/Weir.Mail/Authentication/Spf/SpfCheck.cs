using System.Net;
using System.Net.Sockets;
using Weir.Mail.Contracts;
using Weir.Mail.Resolving;

namespace Weir.Mail.Authentication.Spf;

/// <summary>One run of <c>check_host()</c> (RFC 7208 §4) with its limits: 10 terms that ask DNS, 2 lookups without answer, 10 names per MX or PTR.</summary>
internal sealed class SpfCheck(IDns dns, IPAddress client, string sender, string helo)
{
    private const int MostLookups = 10;
    private const int MostVoidLookups = 2;
    private const int MostNames = 10;

    private readonly IPAddress _client = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
    private readonly string _sender = sender;
    private int _lookups;
    private int _voidLookups;

    private bool IsFour => _client.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>Checks MAIL FROM, or HELO when there is none (§2.4).</summary>
    public static async ValueTask<(SpfOutcome Outcome, string Domain)> RunAsync(IDns dns, IPAddress client, string mailFrom, string helo, CancellationToken cancellationToken)
    {
        var at = mailFrom.LastIndexOf('@');
        var domain = mailFrom.Length == 0 ? helo : mailFrom[(at + 1)..];
        var local = at > 0 ? mailFrom[..at] : "postmaster";
        var check = new SpfCheck(dns, client, $"{local}@{domain}", helo);
        return (await check.CheckAsync(domain, cancellationToken), DomainName.Canonical(domain));
    }

    public async ValueTask<SpfOutcome> CheckAsync(string domain, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckHostAsync(domain, cancellationToken);
        }
        catch (Stop stop)
        {
            return stop.Outcome;
        }
    }

    private async ValueTask<SpfOutcome> CheckHostAsync(string domain, CancellationToken cancellationToken)
    {
        var name = DomainName.Canonical(domain);
        // §4.3: malformed, or not a fully qualified name.
        if (!DomainName.IsAskable(name) || !name.Contains('.', StringComparison.Ordinal) || name.Contains('[', StringComparison.Ordinal))
        {
            return new(SpfResult.None, "no domain to check");
        }

        var answer = await dns.QueryAsync(name, DnsType.Txt, cancellationToken);
        if (IsBroken(answer))
        {
            return new(SpfResult.TempError, $"DNS failed for {name}");
        }

        var records = answer.Records.Where(SpfRecord.IsSpf).ToList();
        if (records.Count != 1)
        {
            return records.Count == 0 ? new(SpfResult.None, $"{name} publishes no SPF record") : new(SpfResult.PermError, $"{name} publishes several SPF records");
        }

        var (record, error) = SpfRecord.Parse(records[0]);
        return record is null ? new(SpfResult.PermError, $"{name}: {error}") : await EvaluateAsync(record, name, cancellationToken);
    }

    private async ValueTask<SpfOutcome> EvaluateAsync(SpfRecord record, string domain, CancellationToken cancellationToken)
    {
        foreach (var term in record.Terms)
        {
            if (await MatchesAsync(term, domain, cancellationToken))
            {
                return new(term.Result, $"{domain}: {term.Written} matches {_client}");
            }
        }

        if (record.Redirect.Length == 0)
        {
            return new(SpfResult.Neutral, $"{domain}: nothing matches {_client}");
        }

        CountLookup();
        var target = await ExpandAsync(record.Redirect, domain, cancellationToken);
        var outcome = await CheckHostAsync(target, cancellationToken);
        return outcome.Result == SpfResult.None ? new(SpfResult.PermError, $"{domain}: redirect to {target}, which has no record") : outcome;
    }

    private async ValueTask<bool> MatchesAsync(SpfTerm term, string domain, CancellationToken cancellationToken)
    {
        switch (term.Mechanism)
        {
            case SpfMechanism.All:
                return true;
            case SpfMechanism.Ip4 or SpfMechanism.Ip6:
                return term.Network is { } network && network.BaseAddress.AddressFamily == _client.AddressFamily && network.Contains(_client);
        }

        CountLookup();
        var target = term.Domain.Length == 0 ? domain : await ExpandAsync(term.Domain, domain, cancellationToken);
        return term.Mechanism switch
        {
            SpfMechanism.Include => await IncludesAsync(target, cancellationToken),
            SpfMechanism.A => await HasAddressAsync(target, term, cancellationToken),
            SpfMechanism.Mx => await HasExchangerAsync(target, term, cancellationToken),
            SpfMechanism.Exists => (await AskAsync(target, DnsType.A, cancellationToken)).Records.Count > 0,
            _ => (await ValidatedNamesAsync(countVoid: true, cancellationToken)).Any(name => DomainName.IsWithin(name, DomainName.Canonical(target))),
        };
    }

    // §5.2: only a pass matches; no record there is the publisher's mistake.
    private async ValueTask<bool> IncludesAsync(string target, CancellationToken cancellationToken)
    {
        var outcome = await CheckHostAsync(target, cancellationToken);
        return outcome.Result switch
        {
            SpfResult.Pass => true,
            SpfResult.TempError => throw new Stop(outcome),
            SpfResult.PermError => throw new Stop(outcome),
            SpfResult.None => throw new Stop(new(SpfResult.PermError, $"include of {target}, which has no record")),
            _ => false,
        };
    }

    private async ValueTask<bool> HasAddressAsync(string name, SpfTerm term, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(name, IsFour ? DnsType.A : DnsType.Aaaa, cancellationToken);
        return answer.Records.Any(record => IPAddress.TryParse(record, out var address)
            && address.AddressFamily == _client.AddressFamily
            && SpfRecord.Network(address, IsFour ? term.Prefix4 : term.Prefix6).Contains(_client));
    }

    private async ValueTask<bool> HasExchangerAsync(string name, SpfTerm term, CancellationToken cancellationToken)
    {
        var exchangers = await AskAsync(name, DnsType.Mx, cancellationToken);
        if (exchangers.Records.Count > MostNames)
        {
            throw new Stop(new(SpfResult.PermError, $"{name} has more than {MostNames} mail exchangers"));
        }

        foreach (var exchanger in exchangers.Records)
        {
            if (await HasAddressAsync(exchanger, term, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    // §5.5: names of the client that lead back to it. Errors make a name drop out, never an error of the check.
    private async ValueTask<List<string>> ValidatedNamesAsync(bool countVoid, CancellationToken cancellationToken)
    {
        var reverse = SpfMacro.Expand("%{ir}.%{v}.arpa", new(_sender, "", helo, _client), "");
        var answer = await dns.QueryAsync(reverse, DnsType.Ptr, cancellationToken);
        if (countVoid)
        {
            CountVoid(answer);
        }

        var validated = new List<string>();
        foreach (var name in answer.Records.Take(MostNames))
        {
            var addresses = await dns.QueryAsync(name, IsFour ? DnsType.A : DnsType.Aaaa, cancellationToken);
            if (addresses.Records.Any(record => IPAddress.TryParse(record, out var address) && address.Equals(_client)))
            {
                validated.Add(DomainName.Canonical(name));
            }
        }

        return validated;
    }

    private async ValueTask<string> ExpandAsync(string spec, string domain, CancellationToken cancellationToken)
    {
        var validatedName = "unknown";
        if (SpfMacro.NeedsValidatedName(spec))
        {
            var names = await ValidatedNamesAsync(countVoid: false, cancellationToken);
            validatedName = names.Find(name => name == domain) ?? names.Find(name => DomainName.IsWithin(name, domain)) ?? names.FirstOrDefault() ?? "unknown";
        }

        return SpfMacro.ExpandDomain(spec, new(_sender, domain, helo, _client), validatedName);
    }

    private async ValueTask<DnsAnswer> AskAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(name, type, cancellationToken);
        if (IsBroken(answer))
        {
            throw new Stop(new(SpfResult.TempError, $"DNS failed for {name}"));
        }

        CountVoid(answer);
        return answer;
    }

    private void CountLookup()
    {
        if (++_lookups > MostLookups)
        {
            throw new Stop(new(SpfResult.PermError, $"more than {MostLookups} terms that ask DNS"));
        }
    }

    private void CountVoid(DnsAnswer answer)
    {
        if (answer.Status is DnsStatus.NxDomain or DnsStatus.NoData && ++_voidLookups > MostVoidLookups)
        {
            throw new Stop(new(SpfResult.PermError, $"more than {MostVoidLookups} lookups without an answer"));
        }
    }

    private static bool IsBroken(DnsAnswer answer) => answer.Status is DnsStatus.ServFail or DnsStatus.Timeout;

    /// <summary>Ends the whole check from any depth of includes; never leaves this class.</summary>
    private sealed class Stop(SpfOutcome outcome) : Exception
    {
        public SpfOutcome Outcome => outcome;
    }
}

/// <summary>The outcome of <c>check_host()</c>.</summary>
internal readonly record struct SpfOutcome(SpfResult Result, string Reason);
