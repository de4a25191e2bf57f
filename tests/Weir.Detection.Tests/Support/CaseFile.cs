using System.Globalization;
using Weir.Detection.Facts;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Knowledge;
using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Knowledge.Rules;
using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Support;

/// <summary>One case of a <c>.case</c> file: facts, what is expected, the raw mail.</summary>
/// <remarks>
/// <code>
/// # what it is about
/// facts dmarc fail; policy reject; client 203.0.113.9
/// expect spoof-dmarc-enforced
/// expect-not spoof-intra-org
/// verdict Phish
/// ---
/// From: …
/// ====
/// </code>
/// Facts: <c>spf dkim dmarc compauth trusted-sealer policy client mail-from rcpt user scan block-domain block-url block-file block-ip block-sender allow-domain allow-sender allow-url</c>,
/// and what was before: <c>stranger</c> (nobody had mail from the domain), <c>new-colleague</c> (the domain is known, the address is not),
/// <c>corresponds DAYS</c>, <c>name-elsewhere TIMES</c>, <c>recent RECIPIENTS</c>,
/// and what is known: <c>ip-list ZONE CODES</c>, <c>url-list ZONE DOMAIN CODES</c>, <c>silent-list ZONE</c>, <c>indicator KIND VALUE</c>, <c>client-was TIMES BAD</c>,
/// <c>domain-was TIMES BAD DAYS</c>, <c>url-was URL TIMES BAD</c>, <c>host-was HOST TIMES BAD</c>, <c>file-was SHA256 TIMES BAD</c>, <c>alike BITS MESSAGES phish|spam</c>,
/// <c>wave MESSAGES DOMAINS ADDRESSES RECIPIENTS</c>, <c>flood STRANGERS A-DAY</c>, <c>rule NAME / CONDITION / then …</c>, <c>watched</c> (Weir has learned what is usual).
/// </remarks>
internal sealed record CaseFile(string Title, IReadOnlyList<string> Expect, IReadOnlyList<string> ExpectNot, string Verdict, string Raw)
{
    public Envelope Envelope { get; private init; } = new();
    public AuthenticationResults Authentication { get; private init; } = new();
    public AntimalwareResult Scan { get; private init; } = new(AntimalwareStatus.Clean);
    public IReadOnlyList<AllowBlockEntry> Entries { get; private init; } = [];
    public KnownFacts Known { get; private init; } = KnownFacts.Nothing;
    public SenderHistory History { get; private init; } = SenderHistory.Unknown;

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "samples", "detections");

    public static IReadOnlyList<CaseFile> Read(string path) =>
        [.. File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n====\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static CaseFile Parse(string text)
    {
        var divider = text.IndexOf("\n---\n", StringComparison.Ordinal);
        var (head, raw) = (text[..divider].Split('\n'), text[(divider + 5)..] + "\n");
        var title = "";
        var verdict = "";
        List<string> expect = [], expectNot = [];
        var built = new CaseFile("", [], [], "", raw) { Envelope = Some.Message("").Envelope };
        foreach (var line in head.Where(line => line.Length > 0))
        {
            var (word, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
            switch (word)
            {
                case "#":
                    title = rest;
                    break;
                case "expect":
                    expect.AddRange(rest.Split(' '));
                    break;
                case "expect-not":
                    expectNot.AddRange(rest.Split(' '));
                    break;
                case "verdict":
                    verdict = rest;
                    break;
                case "facts":
                    built = rest.Split(';', StringSplitOptions.TrimEntries).Aggregate(built, Fact);
                    break;
                default:
                    throw new FormatException($"\"{line}\" is no line of a case.");
            }
        }

        return built with { Title = title, Expect = expect, ExpectNot = expectNot, Verdict = verdict };
    }

    private static CaseFile Fact(CaseFile file, string fact)
    {
        var (name, value) = fact.Split(' ', 2) is [var first, var second] ? (first, second) : (fact, "");
        var (results, envelope) = (file.Authentication, file.Envelope);
        return name switch
        {
            "spf" => file with { Authentication = results with { Spf = Enum.Parse<SpfResult>(value, true) } },
            "dkim" => file with { Authentication = results with { Dkim = Enum.Parse<DkimResult>(value, true) } },
            "dmarc" => file with { Authentication = results with { Dmarc = Enum.Parse<DmarcResult>(value, true) } },
            "compauth" => file with { Authentication = results with { Composite = Enum.Parse<CompositeResult>(value, true) } },
            "trusted-sealer" => file with { Authentication = results with { TrustedSealer = value } },
            "policy" => file with { Authentication = results with { Policy = Enum.Parse<DmarcPolicy>(value, true) } },
            "client" => file with { Envelope = envelope with { ClientIp = value } },
            "mail-from" => file with { Envelope = envelope with { MailFrom = value } },
            "rcpt" => file with { Envelope = envelope with { Recipients = value.Split(' ') } },
            "user" => file with { Envelope = envelope with { AuthenticatedUser = value } },
            "scan" => file with { Scan = value.Split(' ', 2) is [var status, var detail] ? new AntimalwareResult(Enum.Parse<AntimalwareStatus>(status, true), detail) : new AntimalwareResult(Enum.Parse<AntimalwareStatus>(value, true)) },
            "block-domain" => file.With(EntryKind.SenderDomain, value, false),
            "block-sender" => file.With(EntryKind.Sender, value, false),
            "block-url" => file.With(EntryKind.Url, value, false),
            "block-url-domain" => file.With(EntryKind.UrlDomain, value, false),
            "block-file" => file.With(EntryKind.FileHash, value, false),
            "block-ip" => file.With(EntryKind.IpAddress, value, false),
            "allow-domain" => file.With(EntryKind.SenderDomain, value, true),
            "allow-sender" => file.With(EntryKind.Sender, value, true),
            "allow-url" => file.With(EntryKind.Url, value, true),
            "allow-spoof" => file.With(EntryKind.Spoof, value, true),
            "block-spoof" => file.With(EntryKind.Spoof, value, false),
            "client-name" => file with { Envelope = envelope with { ClientName = value } },
            "allow-url-domain" => file.With(EntryKind.UrlDomain, value, true),
            "stranger" => file with { History = Learned },
            "new-colleague" => file with { History = Learned with { FromDomain = 12 } },
            "corresponds" => file with { History = Learned with { FromDomain = 12, Bonds = [new Bond(6, 5, 4, Some.Time.AddDays(-double.Parse(value, CultureInfo.InvariantCulture)))] } },
            "name-elsewhere" => file with { History = file.History with { SameNameElsewhere = int.Parse(value, CultureInfo.InvariantCulture) } },
            "recent" => file with { History = Learned with { RecipientsInTenMinutes = int.Parse(value, CultureInfo.InvariantCulture), RecipientsADay = 6 } },
            _ => KnownFact(file, name, value),
        };
    }

    private static CaseFile KnownFact(CaseFile file, string name, string value)
    {
        var words = value.Split(' ');
        int Number(int at) => int.Parse(words[at], CultureInfo.InvariantCulture);
        Standing Was(int at, double days = 20) => new(Some.Time.AddDays(-days), Some.Time.AddDays(-1), Number(at), Number(at + 1));
        var (known, here) = (file.Known, file.Known.Here);
        known = name switch
        {
            "ip-list" => known with { Lists = [.. known.Lists, new ListAnswer(words[0], file.Envelope.ClientIp, true, ListStatus.Listed, string.Join(", ", words[1..]))] },
            "url-list" => known with { Lists = [.. known.Lists, new ListAnswer(words[0], words[1], false, ListStatus.Listed, words[2])] },
            "silent-list" => known with { Lists = [.. known.Lists, new ListAnswer(words[0], file.Envelope.ClientIp, true, ListStatus.Unavailable, "no answer in time")] },
            "indicator" => known with { Indicators = [.. known.Indicators, new Indicator(Enum.Parse<IndicatorKind>(words[0], true), words[1], "feed.txt")] },
            "client-was" => known with { Here = here with { Client = Was(0) } },
            "domain-was" => known with { Here = here with { Domain = Was(0, double.Parse(words[2], CultureInfo.InvariantCulture)) } },
            "url-was" => known with { Here = here with { Urls = new Dictionary<string, Standing>(here.Urls, StringComparer.Ordinal) { [words[0]] = Was(1) } } },
            "host-was" => known with { Here = here with { Hosts = new Dictionary<string, Standing>(here.Hosts, StringComparer.Ordinal) { [words[0]] = Number(1) == 0 ? default : Was(1) } } },
            "file-was" => known with { Here = here with { Files = new Dictionary<string, Standing>(here.Files, StringComparer.Ordinal) { [words[0]] = Was(1) } } },
            "alike" => known with { Here = here with { Alike = new AlikeMail(Number(0), Number(1), words[2] == "phish", "0193-a-message", Some.Time.AddHours(-3)) } },
            "wave" => known with { Here = here with { Wave = new Wave(Number(0), Number(1), Number(2), Number(3)) } },
            "flood" => known with { Here = here with { Flood = new Flood("tom.weber@harbour.example", Number(0), 30, Number(1)) } },
            "watched" => known with { Here = here with { IsLearned = true } },
            "rule" => known with { Rules = [.. known.Rules, .. RuleText.Parse("rule " + value.Replace(" / ", "\n", StringComparison.Ordinal)).Rules] },
            _ => throw new FormatException($"\"{name}\" is no fact."),
        };
        return file with { Known = known };
    }

    private static SenderHistory Learned { get; } = new() { IsComplete = true, IsLearned = true, Bonds = [default] };

    private CaseFile With(EntryKind kind, string value, bool isAllow) => this with { Entries = [.. Entries, new AllowBlockEntry(kind, value, isAllow, null, "")] };
}
