using System.Text.RegularExpressions;
using Weir.Directory.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Import;
using Weir.Gateway.Intake;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Journal;

/// <summary>Finds out of a copy what the mail was: who sent it to whom, from where, under which queue id.</summary>
internal static partial class JournalCopy
{
    /// <summary>The message as it passed.</summary>
    /// <param name="envelope">As the copy came: its recipients may be the journal's own address.</param>
    /// <param name="opensReports">Whether a journal report stands for the message in it.</param>
    public static IncomingMessage Of(ReadOnlyMemory<byte> raw, Envelope envelope, JournalAddresses addresses, bool opensReports, IOrganisation organisation)
    {
        if (opensReports && envelope.Recipients.All(addresses.Contains) && JournalReport.Open(raw) is { } report)
        {
            return new IncomingMessage
            {
                Raw = report.Message,
                Door = Doors.Journal,
                Envelope = new Envelope { MailFrom = report.Sender, Recipients = report.Recipients },
            };
        }

        var fields = RawHeaders.Read(raw.Span);
        var told = envelope.Recipients
            .Select(address => addresses.Contains(address) ? JournalAddresses.Mailbox(address) : address)
            .Where(address => address.Length > 0)
            .Select(Fingerprints.Normal)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var guessed = told.Count > 0 ? [] : ImportedEnvelope.Recipients(fields, organisation).Where(address => !addresses.Contains(address)).ToList();
        return new IncomingMessage
        {
            Raw = raw,
            Door = Doors.Journal,
            AreRecipientsGuessed = told.Count == 0,

            // Somebody must be named, or the message would be in no row.
            Envelope = envelope with
            {
                Recipients = told.Count > 0 ? told : guessed.Count > 0 ? guessed : envelope.Recipients,
                QueueId = envelope.QueueId.Length > 0 ? envelope.QueueId : PostfixId().Match(fields.First("Received")).Groups["id"].Value,
            },
        };
    }

    /// <summary>Postfix's own Received field: a copy goes out under the queue id that the message came in with.</summary>
    [GeneratedRegex(@"\bby \S+ \(Postfix[^()]*\)(?: with \S+)? id (?<id>[0-9A-Za-z]{6,24})\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex PostfixId();
}
