using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Facts.Places;
using Weir.Kernel;

namespace Weir.Detection.Verdicts;

/// <summary>
/// The weight of every signal, in log-odds (natural logarithm): how much more often it is seen in the threat than in ordinary mail, judged beside the
/// signals that usually come with it. The section <c>detection:weights</c> replaces single ones. For bulk signals: points of the complaint level.
/// Where a weight comes from: [m] mechanism: honest mail has hardly a reason for it; [c] counted on public corpora of attacks and of ordinary mail, then
/// rounded towards 0; [j] judged from how attacks work, until there is enough to count.
/// </summary>
internal sealed class Weights
{
    /// <summary>How the names of signals begin that come from the organisation's own rules.</summary>
    public const string OfRules = "rule-";

    /// <summary>Names in alphabetical order within each group.</summary>
    private static readonly FrozenDictionary<string, double> Defaults = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        // Decided elsewhere or only informing.
        ["allow-not-applied"] = 0,
        ["allowed-domain"] = 0,
        ["allowed-file"] = 0,
        ["allowed-ip"] = 0,
        ["allowed-spoof"] = 0,
        ["allowed-sender"] = 0,
        ["allowed-url"] = 0,
        ["antimalware-found"] = 0,
        ["antimalware-not-available"] = 0,
        ["attachment-not-inspected"] = 0,
        ["blocked-domain"] = 0,
        ["blocked-file"] = 0,
        ["blocked-ip"] = 0,
        ["blocked-spoof"] = 0,
        ["blocked-sender"] = 0,
        ["blocked-url"] = 0,
        ["detector-broke"] = 0,
        ["dns-not-available"] = 0,
        ["file-known-bad"] = 0,
        ["gtube"] = 0,
        ["list-not-available"] = 0,
        ["not-examined"] = 0,
        ["other-filter-says"] = 0,
        ["own-mark-elsewhere"] = 0,
        ["url-known-bad"] = 0,

        // Authentication. [j] A failed DMARC is common at lists and forwarders, an enforced one much less.
        ["free-mail-sent-elsewhere"] = 1.2,
        ["nothing-authenticated"] = 0,
        ["spf-fail"] = 1.2,
        ["spf-soft-fail"] = 0.7,
        ["spoof-dmarc"] = 1.9,
        // The owner of the domain asks to refuse it.
        ["spoof-dmarc-enforced"] = 4.3,
        ["spoof-external-domain"] = 2.0,
        ["spoof-intra-org"] = 3.5,

        // What was before. [j] A stranger's first mail is everyday life; it weighs beside what it asks for. A burst is hardly ever a person's own doing.
        ["first-contact"] = 0.2,
        ["first-contact-domain"] = 0.4,
        ["first-contact-known-name"] = 2.0,
        ["sends-to-many"] = 2.5,

        // What is known of the things in it. [j] Lists err for shared addresses; what was bad here before is likely bad again, and one good message
        // with the same link or text takes it back. New is everyday life.
        ["campaign"] = 1.5,
        ["domain-bad-here"] = 1.5,
        ["domain-new-here"] = 0.2,
        ["file-bad-here"] = 5.5,
        ["fingerprint-of-phish"] = 2.5,
        ["fingerprint-of-spam"] = 1.8,
        ["ip-bad-here"] = 1.5,
        ["ip-known-bad"] = 3.0,
        ["ip-listed"] = 2.2,
        ["ip-listed-by-policy"] = 1.2,
        ["link-host-new-here"] = 0.1,
        ["mail-bombing"] = 3.0,
        ["url-bad-here"] = 2.2,
        ["url-host-bad-here"] = 1.2,
        ["url-listed"] = 3.0,

        // Imitation. [m] An honest sender has no reason to look like us; brands write through many domains, so less.
        ["brand-in-sender-address"] = 1.5,
        ["brand-in-sender-name"] = 2.6,
        ["brand-in-subject"] = 0.8,
        ["brand-name-at-free-mail"] = 3.2,
        ["impersonated-colleague"] = 2.0,
        ["impersonated-protected-user"] = 3.2,
        ["lookalike-brand-domain"] = 2.6,
        ["lookalike-brand-link"] = 1.8,
        ["lookalike-own-domain"] = 4.0,
        ["lookalike-protected-domain"] = 3.4,

        // Sender and header. [c] [j]
        ["date-far-off"] = 0.6,
        ["date-missing"] = 0.8,
        ["from-twice"] = 2.0,
        ["header-not-encoded"] = 0.9,
        ["message-id-impossible"] = 0.8,
        ["message-id-missing"] = 0.6,
        ["recipients-undisclosed"] = 0.8,
        ["reply-to-elsewhere"] = 0.7,
        ["reply-to-free-mail"] = 1.9,
        ["reply-to-other-free-mail"] = 1.5,
        ["sender-cheap-top-level"] = 1.2,
        ["sender-impossible"] = 2.4,
        ["sender-name-is-our-domain"] = 2.2,
        ["sender-domain-random"] = 0.9,
        ["sender-missing"] = 1.0,
        ["sender-name-is-other-address"] = 1.5,
        ["sender-name-is-recipient"] = 2.5,
        ["sender-random"] = 0.9,
        ["sender-several"] = 2,
        ["sender-shared-hosting"] = 1.8,
        ["unfilled-placeholder"] = 1,
        ["subject-exclaims"] = 0.8,
        ["subject-money"] = 1.2,
        ["subject-names-recipient"] = 2,
        ["subject-pictograms"] = 1.0,
        ["subject-shouts"] = 0.7,
        ["subject-spaced"] = 0.7,
        ["subject-tagged"] = 0.9,

        // Links. [c] What a host is says little alone; together with words it says much.
        ["link-alone"] = 1.2,
        ["link-repeated"] = 0.7,
        ["link-text-counted"] = 0,
        ["link-text-elsewhere"] = 1.2,
        // [m] A code for a phone is everyday on tickets and in shops; a body whose only way is a code, and a code that is hidden from filters, are not.
        ["qr-code-drawn"] = 2.5,
        ["qr-code-instead-of-link"] = 1.5,
        ["qr-code-link"] = 0.1,
        ["qr-code-split"] = 2.8,
        ["url-brand-elsewhere"] = 2.2,
        ["url-cheap-top-level"] = 1.5,
        ["url-credential-path"] = 0.3,
        ["url-data"] = 2.5,
        ["url-inside-broken-site"] = 1.2,
        ["url-ip-host"] = 1.5,
        ["url-many-labels"] = 0.5,
        ["url-names-recipient"] = 2.0,
        ["url-open-redirect"] = 1.5,
        ["url-punycode"] = 1.2,
        ["url-random-fragment"] = 2.0,
        ["url-random-path"] = 0.9,
        ["url-refresh"] = 1.5,
        ["url-shared-hosting"] = 1.0,
        ["url-shortener"] = 1,
        ["url-user-info"] = 2.0,
        ["url-wrapped"] = 0,

        // What the writer is after. [j] [m] Of a stranger, and (words) of somebody with a domain and nothing else odd. A salary, gift cards or a ransom
        // are hardly ever asked for so by honest outsiders; a bill, a task or a call every day, and weigh beside what else is odd.
        ["fraud-bank-change"] = 2.6,
        ["fraud-bank-change-words"] = 1.0,
        ["fraud-business-intelligence"] = 2.0,
        ["fraud-business-intelligence-words"] = 0.4,
        ["fraud-callback"] = 2.8,
        ["fraud-callback-words"] = 1.4,
        ["fraud-contact"] = 0.9,
        ["fraud-contact-words"] = 0,
        ["fraud-extortion"] = 2.6,
        ["fraud-extortion-words"] = 2.4,
        ["fraud-gift-card"] = 2.8,
        ["fraud-gift-card-words"] = 2.0,
        ["fraud-gift-card-codes"] = 1.0,
        ["fraud-gift-card-codes-words"] = 1.0,
        ["fraud-invoice"] = 1.3,
        ["fraud-invoice-words"] = 0.3,
        ["fraud-payroll"] = 3.0,
        ["fraud-payroll-words"] = 1.6,
        ["fraud-pii"] = 2.0,
        ["fraud-pii-words"] = 0.6,
        ["fraud-presses"] = 0.7,
        ["fraud-secrecy"] = 1.2,
        ["fraud-task"] = 1.2,
        ["fraud-task-words"] = 0.3,
        ["fraud-transfer"] = 2.4,
        ["fraud-transfer-words"] = 1.0,

        // Words. [c] Once: a mention; more: the mail is about it.
        ["greets-by-address"] = 1.2,
        ["language-account-threat"] = 2.0,
        ["language-account-threat-once"] = 0.8,
        ["language-advance-fee"] = 1.5,
        ["language-advance-fee-much"] = 4.0,
        ["language-advance-fee-once"] = 0.3,
        ["language-casino"] = 2.8,
        ["language-casino-much"] = 3.5,
        ["language-casino-once"] = 1.5,
        ["language-credentials"] = 2.2,
        ["language-credentials-once"] = 1.4,
        ["language-crypto-money"] = 1.8,
        ["language-crypto-money-much"] = 3.0,
        ["language-crypto-money-once"] = 1.2,
        ["language-dating"] = 2.0,
        ["language-dating-much"] = 3.5,
        ["language-dating-once"] = 0.9,
        ["language-debt-insurance"] = 1.4,
        ["language-debt-insurance-much"] = 3.0,
        ["language-debt-insurance-once"] = 0.4,
        ["language-document"] = 1.0,
        ["language-document-once"] = 0.5,
        ["language-extortion"] = 2.2,
        ["language-extortion-once"] = 0.6,
        ["language-get-rich"] = 1.5,
        ["language-get-rich-much"] = 3.0,
        ["language-get-rich-once"] = 0.4,
        ["language-impersonal-greeting"] = 0.9,
        ["language-marketing"] = 0.6,
        ["language-marketing-much"] = 1.2,
        ["language-marketing-once"] = 0.2,
        ["language-parcel"] = 1.2,
        ["language-parcel-once"] = 0.6,
        ["language-payment-problem"] = 1.5,
        ["language-payment-problem-once"] = 0.6,
        ["language-pills"] = 2.2,
        ["language-pills-much"] = 3.5,
        ["language-pills-once"] = 1.0,
        ["language-prize"] = 1.9,
        ["language-prize-much"] = 2.8,
        ["language-prize-once"] = 1.0,
        ["language-urgency"] = 0.9,
        ["offer-hosted"] = 0.9,
        ["request-hosted"] = 1.0,
        ["request-with-foreign-link"] = 0.8,
        ["requests-with-foreign-link"] = 1.0,

        // Form of the body. [c] [m]
        ["hidden-text"] = 0.7,
        ["hidden-inside-words"] = 2.5,
        ["html-form"] = 2.5,
        ["html-form-plain"] = 0.1,
        ["html-script"] = 0.1,
        ["invented-tags"] = 2.0,
        ["invisible-in-words"] = 2.5,
        ["mixed-alphabets"] = 2.2,
        ["picture-from-anonymous-host"] = 2.3,
        ["picture-from-shared-hosting"] = 0.8,
        ["picture-instead-of-text"] = 2.0,
        ["disguised-words"] = 2.5,
        ["random-text"] = 1.5,
        ["styled-letters"] = 2.4,

        // Files. [m] The threshold of malware is 5: what only an attack sends reaches it alone.
        ["attachment-dde"] = 2,
        ["attachment-dde-program"] = 6,
        ["attachment-disguised-program"] = 7,
        ["attachment-disk-image"] = 4,
        ["attachment-double-extension"] = 6,
        ["attachment-embeds-program"] = 5.5,
        ["attachment-encrypted"] = 0.8,
        ["attachment-encrypted-with-password"] = 3.5,
        ["attachment-equation-object"] = 3,
        ["attachment-html"] = 1.2,
        ["attachment-html-form"] = 4,
        ["attachment-html-refresh"] = 2.5,
        ["attachment-html-script"] = 2.5,
        ["attachment-html-smuggling"] = 4.5,
        ["attachment-loads-object"] = 3,
        ["attachment-loads-template"] = 4.5,
        ["attachment-macros"] = 1.5,
        ["attachment-macros-act"] = 4.5,
        ["attachment-macros-in-archive"] = 3,
        ["attachment-macros-reach-out"] = 2.5,
        ["attachment-macros-unread"] = 1.5,
        ["attachment-notebook-file"] = 3,
        ["attachment-old-macros"] = 1.5,
        ["attachment-old-macros-act"] = 4.5,
        ["attachment-onenote"] = 3,
        ["attachment-opened-with-password"] = 2,
        ["attachment-opens-elsewhere"] = 5,
        ["attachment-page-builds-file"] = 5.5,
        ["attachment-page-hides-page"] = 1.5,
        // Forms of banks and offices have scripts; none starts a program.
        ["attachment-pdf-acts"] = 0.8,
        ["attachment-pdf-disguised"] = 2.5,
        ["attachment-pdf-script"] = 0.5,
        ["attachment-pdf-sends-form"] = 1.0,
        ["attachment-pdf-starts-program"] = 5.5,
        ["attachment-picture-script"] = 2,
        ["attachment-program"] = 5.5,
        ["attachment-program-in-archive"] = 5.5,
        ["attachment-reversed-name"] = 7,
        ["attachment-shortcut-script"] = 3,
        ["attachment-standard-password"] = 2,
        ["attachment-type-mismatch"] = 2,
        ["attachment-unix-program"] = 2,
        // What the rule's author says.
        ["yara-critical"] = 9,
        ["yara-high"] = 5.5,
        ["yara-info"] = 0,
        ["yara-low"] = 0.8,
        ["yara-medium"] = 2.5,
        ["attachment-updates-itself"] = 3.5,
        // Files of everyday life are read in a hundredth of what a message may take.
        ["inspection-exhausted"] = 2,
        ["text-not-read"] = 0.3,

        // Signs of a good sender.
        ["from-our-own"] = -2,
        ["known-correspondent"] = -1,
        ["links-lead-home"] = -0.8,
        ["links-to-author"] = -0.5,
        ["proven-brand"] = -2,
        ["proven-partner"] = -2,

        // Factors of what a learnt model adds; its own weights stand in its file.
        ["learnt-form"] = 1,
        ["learnt-words"] = 1,

        // Points of the bulk complaint level.
        ["bulk-advertises"] = 2,
        ["bulk-discussion-list"] = 1,
        ["bulk-many-links"] = 1,
        ["bulk-marks"] = 4,
        ["bulk-no-way-out"] = 3,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, double> _weights;

    public Weights(IOptions<DetectionOptions> options)
    {
        var replaced = options.Value.Weights;
        if (replaced.Keys.FirstOrDefault(name => !Defaults.ContainsKey(name)) is { } unknown)
        {
            throw new OptionsValidationException("detection", typeof(DetectionOptions), [$"detection:weights:{unknown}: no signal has this name; did you mean '{Spelling.Nearest(unknown, Defaults.Keys)}'?"]);
        }

        _weights = Defaults.ToFrozenDictionary(pair => pair.Key, pair => replaced.TryGetValue(pair.Key, out var weight) && double.IsFinite(weight) ? weight : pair.Value, StringComparer.Ordinal);
    }

    /// <summary>The weight of a signal as Weir ships it.</summary>
    public static double Default(string name) => Defaults.GetValueOrDefault(name);

    /// <summary>The weight in force.</summary>
    public double Of(string name) => _weights[name];

    public static IReadOnlyCollection<string> Names => Defaults.Keys;

    /// <summary>
    /// Fills the weights in. What is said again of another file or URL keeps its entity and has no weight: a thing counts once. Its places are also
    /// those of the first, which would stay without the first place. What is said again in the same words of the same thing is one row.
    /// </summary>
    public List<Signal> Apply(IEnumerable<Signal> signals)
    {
        var said = new Dictionary<string, (int Times, int First)>(StringComparer.Ordinal);
        var rows = new HashSet<(string Name, string Evidence, string? Entity)>();
        var weighed = new List<Signal>();
        foreach (var signal in signals)
        {
            if (!said.TryGetValue(signal.Name, out var before))
            {
                said[signal.Name] = (1, weighed.Count);
                rows.Add((signal.Name, signal.Evidence, signal.Entity));
                // A rule of the organisation brings its own weight.
                weighed.Add(signal.Name.StartsWith(OfRules, StringComparison.Ordinal) ? signal : signal with { Weight = _weights[signal.Name] });
                continue;
            }

            if (rows.Add((signal.Name, signal.Evidence, signal.Entity)))
            {
                said[signal.Name] = before with { Times = before.Times + 1 };
                weighed.Add(signal with { Name = $"{signal.Name}-{before.Times + 1}", Weight = 0 });
            }

            weighed[before.First] = weighed[before.First] with { Sightings = [.. Seen(weighed[before.First]).Union(Seen(signal))] };
        }

        return weighed;
    }

    private static IEnumerable<Sighting> Seen(Signal signal) => signal.Entity is { } entity ? signal.Sightings.Prepend(In.Entity(entity)) : signal.Sightings;
}
