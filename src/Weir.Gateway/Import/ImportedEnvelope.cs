using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;
using Weir.Directory.Contracts;
using Weir.Gateway.Intake;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Import;

/// <summary>Puts an envelope together from what servers wrote into a message: who sent it, who got it, when.</summary>
internal static partial class ImportedEnvelope
{
    private static readonly HashSet<string> SentFolders = new(["sent", "sent items", "sent messages", "gesendet"], StringComparer.OrdinalIgnoreCase);
    private static readonly string[] RecipientFields = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];

    /// <summary>The envelope; without recipients when none can be told.</summary>
    /// <param name="owner">Whose mailbox it is, as given by the person or by the folders' names; empty when not known.</param>
    public static Envelope Of(FoundMessage found, IReadOnlyList<RawField> fields, string owner, IOrganisation organisation)
    {
        var from = Bare(fields.First("Return-Path"));
        return new Envelope
        {
            MailFrom = from.Length > 0 ? from : found.EnvelopeSender.Length > 0 ? found.EnvelopeSender : Bare(fields.First("X-Envelope-From")),
            Recipients = Recipients(found, fields, owner, organisation),
        };
    }

    public static bool IsSent(FoundMessage found) => SentFolders.Contains(found.Folder.Split('/')[^1]);

    /// <summary>The time of the topmost Received field, else of the separator, the Date field or the file; never in the future.</summary>
    public static DateTimeOffset ReceivedAt(FoundMessage found, IReadOnlyList<RawField> fields, DateTimeOffset now)
    {
        var received = fields.First("Received");
        var semicolon = received.LastIndexOf(';');
        var at = semicolon >= 0 && DateUtils.TryParse(received[(semicolon + 1)..], out var hop) ? hop
            : found.EnvelopeSender.Length > 0 ? found.WrittenAt
            : DateUtils.TryParse(fields.First("Date"), out var date) ? date
            : found.WrittenAt;
        return at > now ? now : at.Year < 1970 ? found.WrittenAt : at.ToUniversalTime();
    }

    private static List<string> Recipients(FoundMessage found, IReadOnlyList<RawField> fields, string owner, IOrganisation organisation)
    {
        if (IsSent(found))
        {
            return [.. Addressed(fields)];
        }

        return owner.Length > 0 ? [owner] : Recipients(fields, organisation);
    }

    /// <summary>Who got a message of which nothing is known but what is written in it; empty when it names nobody.</summary>
    public static List<string> Recipients(IReadOnlyList<RawField> fields, IOrganisation organisation)
    {
        foreach (var field in RecipientFields)
        {
            if (Bare(fields.First(field)) is { Length: > 0 } address)
            {
                return [address];
            }
        }

        if (ReceivedFor().Match(fields.First("Received")) is { Success: true } match)
        {
            return [Fingerprints.Normal(match.Groups["address"].Value)];
        }

        // A file without a trace of its delivery: those of our own people whom it addresses, else everybody.
        var addressed = Addressed(fields).ToList();
        var own = addressed.Where(address => organisation.IsOwnDomain(address[(address.LastIndexOf('@') + 1)..])).ToList();
        return own.Count > 0 ? own : addressed;
    }

    private static IEnumerable<string> Addressed(IReadOnlyList<RawField> fields) => fields
        .Where(field => field.Name.Equals("To", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("Cc", StringComparison.OrdinalIgnoreCase))
        .SelectMany(field => InternetAddressList.TryParse(field.Value, out var list) ? list.Mailboxes : [])
        .Select(mailbox => Fingerprints.Normal(mailbox.Address))
        .Where(address => address.Contains('@', StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal)
        .Take(1000);

    private static string Bare(string value)
    {
        var text = value.Trim().Trim('<', '>').Trim();
        return text.Contains('@', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal) ? text.ToLower(CultureInfo.InvariantCulture) : "";
    }

    [GeneratedRegex(@"\bfor <(?<address>[^<>\s]+@[^<>\s]+)>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex ReceivedFor();
}
