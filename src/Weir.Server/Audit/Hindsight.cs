using System.Net;
using System.Text.RegularExpressions;
using Weir.Mail.Contracts;

namespace Weir.Server.Audit;

/// <summary>What servers wrote into a message stands in for what they knew when it came.</summary>
internal sealed partial record Hindsight
{
    public const string NoClient = "The address of the sending machine is not in the header";
    public const string NoSender = "The envelope's sender is not in the header (no Return-Path)";
    public const string NoProof = "Whether the sender is proven (SPF, DKIM, DMARC) was not looked up and not written down";
    public const string ProofOfToday = "SPF, DKIM and DMARC were asked of today's DNS";

    private static readonly string[] DeliveredTo = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];

    public required Envelope Envelope { get; init; }
    public AuthenticationResults? Recorded { get; init; }
    public required IReadOnlyList<string> Unknown { get; init; }

    /// <param name="owner">Whose mailbox it lies in; empty when not known.</param>
    /// <param name="isSent">It lies among sent mail: the owner sent it.</param>
    public static Hindsight Of(ParsedMessage message, string owner, bool isSent, AuditSettings settings, TrustedRelays relays)
    {
        var unknown = new List<string>();
        var client = isSent ? new MailClient("", "", "") : relays.ClientOf(message.Received, new Envelope());
        var submitter = isSent ? owner.Length > 0 ? owner : message.Author?.Address ?? "" : Submitter(message, relays);
        var recorded = WrittenDown(message, settings.Servers);
        if (submitter.Length == 0)
        {
            Note(client.Ip.Length == 0, NoClient);
            Note(message.Header("Return-Path") is null, NoSender);
            Note(recorded is null && settings.Authenticator is null, NoProof);
            Note(recorded is null && settings.Authenticator is not null, ProofOfToday);
        }

        // Without any proof an address would make the judge hold its absence against the sender.
        var isProvable = recorded is not null || settings.Authenticator is not null;
        return new Hindsight
        {
            Envelope = new Envelope
            {
                MailFrom = isSent ? submitter : message.ReturnPath,
                Recipients = Recipients(message, owner, isSent),
                ClientIp = isProvable ? client.Ip : "",
                ClientName = isProvable ? client.Name : "",
                Helo = client.Helo,
                AuthenticatedUser = submitter,
            },
            Recorded = recorded,
            Unknown = unknown,
        };

        void Note(bool isMissing, string what)
        {
            if (isMissing)
            {
                unknown.Add(what);
            }
        }
    }

    private static IReadOnlyList<string> Recipients(ParsedMessage message, string owner, bool isSent)
    {
        if (!isSent && owner.Length > 0)
        {
            return [owner];
        }

        var delivered = isSent ? "" : DeliveredTo.Select(name => message.Header(name)?.Trim().Trim('<', '>') ?? "").FirstOrDefault(value => value.Contains('@', StringComparison.Ordinal)) ?? "";
        return delivered.Length > 0 ? [delivered] : [.. message.To.Concat(message.Cc).Select(address => address.Address).Where(address => address.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).Take(1_000)];
    }

    /// <summary>
    /// Who handed it in with a password, as an own machine says: only the fields above the first outside client, and its own, are believed.
    /// A message that never left the own machines was written here.
    /// </summary>
    private static string Submitter(ParsedMessage message, TrustedRelays relays)
    {
        var author = message.Author?.Address ?? "";
        foreach (var hop in message.Received)
        {
            if (WithPassword().IsMatch(hop.With))
            {
                return AuthenticatedSender().Match(hop.Raw) is { Success: true } named ? named.Groups["user"].Value : author;
            }

            if (hop.FromIp.Length > 0 && !(IPAddress.TryParse(hop.FromIp, out var ip) && IPAddress.IsLoopback(ip)) && !relays.Includes(hop.FromIp, hop.FromName))
            {
                return "";
            }
        }

        return message.Received.Count > 0 ? author : "";
    }

    /// <summary>What own servers wrote. Several fields are read together, and of two results for one method the worse counts.</summary>
    private static AuthenticationResults? WrittenDown(ParsedMessage message, IReadOnlyList<string> servers)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in message.Headers.Where(field => field.Name.Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase)))
        {
            var parts = Comment().Replace(field.Value.Length > 8_000 ? field.Value[..8_000] : field.Value, " ").Split(';');
            if (!servers.Contains(parts[0].Trim().Split(' ')[0].Trim('"'), StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var match in parts.Skip(1).Select(part => Result().Match(part)).Where(match => match.Success))
            {
                var (method, result) = (match.Groups["method"].Value.ToLowerInvariant(), match.Groups["result"].Value.ToLowerInvariant());
                // One signature that holds is enough; of the other methods there is one result.
                var isKept = !found.TryGetValue(method, out var before) || (method == "dkim" ? result == "pass" : before == "pass");
                found[method] = isKept ? result : before!;
            }
        }

        return found.Count == 0 ? null : new AuthenticationResults
        {
            Spf = Named(found, "spf", SpfResult.None),
            Dkim = Named(found, "dkim", DkimResult.None),
            Dmarc = Named(found, "dmarc", DmarcResult.None),
            SpfReason = "written down by the own server",
            DmarcReason = "written down by the own server",
            CompositeReason = "written down by the own server",
            IsRecorded = true,
        };
    }

    private static T Named<T>(Dictionary<string, string> found, string method, T fallback)
        where T : struct, Enum =>
        found.TryGetValue(method, out var text) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : fallback;

    [GeneratedRegex(@"^(ESMTPS?A|LMTPS?A|UTF8SMTPS?A|ESMTPSA)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WithPassword();

    [GeneratedRegex(@"\(Authenticated sender: (?<user>[^()\s]+)\)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex AuthenticatedSender();

    [GeneratedRegex(@"\([^()]*\)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(?<method>[A-Za-z-]+)(/\d+)?\s*=\s*(?<result>[A-Za-z]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Result();
}
