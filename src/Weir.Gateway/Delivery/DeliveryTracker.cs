using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Delivery.Dovecot;
using Weir.Gateway.Delivery.Postfix;
using Weir.Gateway.Intake;

namespace Weir.Gateway.Delivery;

/// <summary>Joins what Postfix says (who was reached) with what Dovecot says (in which folder), and writes the facts. Pure but for the clock that is passed in.</summary>
/// <param name="isJournal">Whether an address is Weir's own journal, which is nobody's mailbox.</param>
internal sealed class DeliveryTracker(PostfixQueue queue, DeliveryOptions options, Func<IOrganisation> organisation, Func<string, bool> isJournal)
{
    private static readonly TimeSpan SavedFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ExpansionFor = TimeSpan.FromHours(1);
    private readonly Dictionary<string, Expansion> _expansions = new(StringComparer.Ordinal);

    /// <summary>Reached mailboxes that wait for the name of their folder. Kept over a restart.</summary>
    public List<WaitingRecipient> Waiting { get; init; } = [];

    /// <summary>Folders named before Postfix told of the delivery. Kept over a restart.</summary>
    public List<WaitingFolder> Folders { get; init; } = [];

    public IReadOnlyList<Fact> Read(PostfixLine line, DateTimeOffset now)
    {
        var facts = new List<Fact>();
        if (PostfixEvents.Parse(line) is RecipientRejected rejected)
        {
            // 4xx is not the end: the sender tries again.
            if (rejected.Reply.StartsWith('5'))
            {
                facts.Add(Refused(line, rejected));
            }

            return facts;
        }

        foreach (var final in queue.Read(line).Where(final => !isJournal(final.Recipient)))
        {
            if (final.Outcome != Outcome.Mailbox || !options.KnowsFolders)
            {
                facts.AddRange(Facts(final, folder: ""));
            }
            else if (Folders.Find(folder => Matches(final, folder.Saved)) is { } known)
            {
                // Not taken from the list: two ways to one mailbox share one delivery.
                facts.AddRange(Facts(final, known.Saved.Folder));
            }
            else
            {
                Waiting.Add(new WaitingRecipient(final, now));
            }
        }

        return facts;
    }

    public IReadOnlyList<Fact> Read(DovecotSaved saved, DateTimeOffset now)
    {
        var facts = new List<Fact>();
        foreach (var waiting in Waiting.Where(waiting => Matches(waiting.Final, saved)).ToList())
        {
            Waiting.Remove(waiting);
            facts.AddRange(Facts(waiting.Final, saved.Folder));
        }

        Folders.Add(new WaitingFolder(saved, now));
        return facts;
    }

    /// <summary>Records what waited long enough, and forgets what nobody asks for.</summary>
    public IReadOnlyList<Fact> Tick(DateTimeOffset now)
    {
        Folders.RemoveAll(folder => folder.Since < now - SavedFor);
        foreach (var (key, _) in _expansions.Where(pair => pair.Value.Since < now - ExpansionFor).ToList())
        {
            _expansions.Remove(key);
        }

        var facts = new List<Fact>();
        foreach (var waiting in Waiting.Where(waiting => waiting.Since <= now - options.FolderWithin).ToList())
        {
            Waiting.Remove(waiting);
            facts.AddRange(Facts(waiting.Final, folder: ""));
        }

        return facts;
    }

    /// <summary>By session when the mail server's reply named one; else by mailbox and Message-ID.</summary>
    private static bool Matches(FinalRecipient final, DovecotSaved saved) =>
        final.Session.Length > 0 && saved.Session.Length > 0
            ? final.Session == saved.Session
            : final.MessageId.Length > 0 && final.MessageId == saved.MessageId
                && (Fingerprints.Normal(saved.User) == final.Recipient || final.Recipient.StartsWith(Fingerprints.Normal(saved.User) + "@", StringComparison.Ordinal));

    private List<DeliveryObserved> Facts(FinalRecipient final, string folder)
    {
        var list = organisation().FindList(final.Original) is not null ? final.Original : "";
        var fact = new DeliveryObserved
        {
            At = final.At,
            Id = final.Id,
            Recipient = final.Recipient,
            OriginalRecipient = final.Original,
            Location = final.Outcome switch
            {
                Outcome.External => Locations.External,
                Outcome.Failed => Locations.Failed,
                Outcome.Dropped => Locations.Dropped,
                _ => MailboxFolders.LocationOf(folder, options.JunkFolders),
            },
            Folder = folder,
            DistributionList = list,
            Forwarding = list.Length == 0 && final.Outcome == Outcome.External && final.Original != final.Recipient ? Forwarding(final.Original) : "",
            Reply = final.Outcome == Outcome.Failed ? final.Reply : "",
            Source = final.Outcome == Outcome.Mailbox && folder.Length > 0 ? "dovecot" : "postfix",
        };
        return list.Length > 0 || final.Original == final.Recipient ? [fact] : Expand(fact);
    }

    /// <summary>An address that is no list in the directory and reaches several others is one all the same; an address that keeps its own copy forwards.</summary>
    private List<DeliveryObserved> Expand(DeliveryObserved fact)
    {
        var key = $"{fact.Id}\n{fact.OriginalRecipient}";
        if (!_expansions.TryGetValue(key, out var expansion))
        {
            expansion = _expansions[key] = new Expansion(fact.At);
        }

        expansion.Facts.RemoveAll(earlier => earlier.Recipient == fact.Recipient);
        expansion.Facts.Add(fact);
        if (expansion.Facts.Count(other => other.Forwarding.Length == 0) < 2)
        {
            return [fact];
        }

        // With the second member it shows that the first one came by a list, too.
        var isFirstTime = !expansion.IsList;
        expansion.IsList = true;
        return [.. (isFirstTime ? expansion.Facts : [fact]).Select(member => member with { DistributionList = member.OriginalRecipient, Forwarding = "" })];
    }

    private static string Forwarding(string by) => "[" + JsonText.Object(writer =>
    {
        writer.WriteString("ForwardingUser", by);
        writer.WriteString("ForwardingKind", "Server");
    }) + "]";

    private static RecipientRefused Refused(PostfixLine line, RecipientRejected rejected) => new()
    {
        At = line.At,
        Id = StableIds.Of(line.At, $"{line.QueueId} {line.Text}"),
        MailFrom = rejected.MailFrom,
        Recipient = rejected.Recipient,
        Reply = rejected.Reply,
        ClientIp = rejected.ClientIp,
        Helo = rejected.Helo,
    };

    private sealed class Expansion(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; } = since;
        public List<DeliveryObserved> Facts { get; } = [];
        public bool IsList { get; set; }
    }
}

/// <summary>A reached mailbox that waits for the name of its folder.</summary>
internal sealed record WaitingRecipient(FinalRecipient Final, DateTimeOffset Since);

/// <summary>A folder that waits for its delivery.</summary>
internal sealed record WaitingFolder(DovecotSaved Saved, DateTimeOffset Since);
