using System.Globalization;
using Weir.Detection.Facts;
using Weir.Detection.Facts.History;
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
/// <c>corresponds DAYS</c>, <c>name-elsewhere TIMES</c>, <c>recent RECIPIENTS</c>.
/// </remarks>
internal sealed record CaseFile(string Title, IReadOnlyList<string> Expect, IReadOnlyList<string> ExpectNot, string Verdict, string Raw)
{
    public Envelope Envelope { get; private init; } = new();
    public AuthenticationResults Authentication { get; private init; } = new();
    public AntimalwareResult Scan { get; private init; } = new(AntimalwareStatus.Clean);
    public IReadOnlyList<AllowBlockEntry> Entries { get; private init; } = [];
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
            "allow-url-domain" => file.With(EntryKind.UrlDomain, value, true),
            "stranger" => file with { History = Learned },
            "new-colleague" => file with { History = Learned with { FromDomain = 12 } },
            "corresponds" => file with { History = Learned with { FromDomain = 12, Bonds = [new Bond(6, 5, 4, Some.Time.AddDays(-double.Parse(value, CultureInfo.InvariantCulture)))] } },
            "name-elsewhere" => file with { History = file.History with { SameNameElsewhere = int.Parse(value, CultureInfo.InvariantCulture) } },
            "recent" => file with { History = Learned with { RecipientsInTenMinutes = int.Parse(value, CultureInfo.InvariantCulture), RecipientsADay = 6 } },
            _ => throw new FormatException($"\"{name}\" is no fact."),
        };
    }

    private static SenderHistory Learned { get; } = new() { IsComplete = true, IsLearned = true, Bonds = [default] };

    private CaseFile With(EntryKind kind, string value, bool isAllow) => this with { Entries = [.. Entries, new AllowBlockEntry(kind, value, isAllow, null, "")] };
}
