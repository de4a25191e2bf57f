using System.Text;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.History;
using Weir.Detection.Tests.Support;
using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Record;

/// <summary>A message with everything outside of it that its judgement knows.</summary>
internal sealed record Situation(string Title, byte[] Raw, Envelope Envelope)
{
    public AuthenticationResults Authentication { get; init; } = new();
    public AntimalwareResult Scan { get; init; } = new(AntimalwareStatus.Clean);
    public IReadOnlyList<AllowBlockEntry> Entries { get; init; } = [];
    public SenderHistory History { get; init; } = SenderHistory.Unknown;

    public static Situation Of(string title, CaseFile sample) => new(title, Encoding.UTF8.GetBytes(sample.Raw.ReplaceLineEndings("\r\n")), sample.Envelope)
    {
        Authentication = sample.Authentication,
        Scan = sample.Scan,
        Entries = sample.Entries,
        History = sample.History,
    };

    public async Task<Judgement> JudgeAsync() =>
        (await Some.Judge(Authentication, Scan, Entries, history: History).JudgeAsync(Some.Message("", Envelope) with { Raw = Raw }, TestContext.Current.CancellationToken)).Judgement;

    /// <summary>The same, had the answer been the other one; nothing when this knowledge is not one that a test can change.</summary>
    /// <param name="isAgainst">It spoke against the message.</param>
    public Situation? Without(string knowledge, bool isAgainst) => knowledge switch
    {
        "allow/block list" => this with { Entries = [] },
        "history of mail" => this with { History = SenderHistory.Unknown },
        "antimalware engine" => this with { Scan = new AntimalwareResult(AntimalwareStatus.Clean) },
        _ when knowledge.StartsWith("DNS", StringComparison.Ordinal) => this with { Authentication = isAgainst ? new AuthenticationResults { Dmarc = DmarcResult.Pass } : new AuthenticationResults() },
        _ => null,
    };
}
