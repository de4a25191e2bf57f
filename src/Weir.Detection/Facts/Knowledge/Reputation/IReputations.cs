namespace Weir.Detection.Facts.Knowledge.Reputation;

/// <summary>What own mail tells of addresses, domains, links, files and bodies, learned from the judgements in the record.</summary>
internal interface IReputations
{
    Standings Of(ReputationQuestion question);
}

/// <summary>The things of a message that own mail is asked about.</summary>
/// <param name="Message">Network Message ID: what was judged again is not compared with itself.</param>
/// <param name="Author">Address of the From field.</param>
/// <param name="Urls">With their hosts.</param>
/// <param name="Files">SHA-256 of attachments and what lies in them.</param>
/// <param name="ClusterId">0: the body says too little to be compared.</param>
internal sealed record ReputationQuestion(
    Guid Message,
    string Author,
    string Client,
    IReadOnlyList<(string Url, string Host)> Urls,
    IReadOnlyList<string> Files,
    long ClusterId,
    IReadOnlyList<string> Recipients,
    DateTimeOffset At)
{
    /// <summary>It was judged before, so that it is counted itself.</summary>
    public bool IsAgain { get; init; }
}
