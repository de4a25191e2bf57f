using Weir.Mail.Contracts;

namespace Weir.Mail.Authentication.Dmarc;

/// <summary>The DNS tree walk (RFC 9989 §4.10): at most eight questions a name.</summary>
internal sealed class DmarcTree(IDns dns)
{
    private const int MostLabels = 8;

    public async ValueTask<DmarcWalk> WalkAsync(string domain, CancellationToken cancellationToken)
    {
        var steps = new List<DmarcStep>();
        var labels = domain.Split('.');
        for (var from = 0; from < labels.Length; from = Next(from, labels.Length))
        {
            var name = string.Join('.', labels[from..]);
            var answer = await dns.QueryAsync($"_dmarc.{name}", DnsType.Txt, cancellationToken);
            if (answer.Status is DnsStatus.Timeout or DnsStatus.ServFail)
            {
                return new DmarcWalk(domain, steps, IsBroken: true, HasSeveral: false);
            }

            var records = answer.Records.Where(DmarcRecord.IsDmarc).ToList();
            if (records.Count > 1 && from == 0)
            {
                return new DmarcWalk(domain, steps, IsBroken: false, HasSeveral: true);
            }

            if (records.Count == 1 && DmarcRecord.Parse(records[0]) is { } record)
            {
                steps.Add(new DmarcStep(name, record));
                if (record.PublicSuffix != PublicSuffixFlag.Unknown)
                {
                    break;
                }
            }
        }

        return new DmarcWalk(domain, steps, IsBroken: false, HasSeveral: false);
    }

    // A name of many labels is shortened at once to seven, so that nobody can cause many questions.
    private static int Next(int from, int count) => from == 0 && count > MostLabels - 1 ? Math.Max(1, count - (MostLabels - 1)) : from + 1;
}

/// <summary>A record found on the way from a name to the root.</summary>
internal sealed record DmarcStep(string Domain, DmarcRecord Record);

/// <summary>What the walk from one name found.</summary>
/// <param name="Steps">From the name upwards.</param>
/// <param name="IsBroken">DNS failed on the way.</param>
/// <param name="HasSeveral">The name itself publishes more than one record, which counts as none and ends the walk.</param>
internal sealed record DmarcWalk(string Domain, IReadOnlyList<DmarcStep> Steps, bool IsBroken, bool HasSeveral)
{
    /// <summary>The organisational domain by RFC 9989 §4.10.2; nothing when no name on the way has a record.</summary>
    public string? Organisation
    {
        get
        {
            foreach (var step in Steps)
            {
                if (step.Record.PublicSuffix == PublicSuffixFlag.No)
                {
                    return step.Domain;
                }

                if (step.Record.PublicSuffix == PublicSuffixFlag.Yes && step.Domain != Domain)
                {
                    // One label below the public suffix.
                    var below = Domain[..^(step.Domain.Length + 1)];
                    return $"{below[(below.LastIndexOf('.') + 1)..]}.{step.Domain}";
                }
            }

            return Steps.Count == 0 ? null : Steps[^1].Domain;
        }
    }
}
