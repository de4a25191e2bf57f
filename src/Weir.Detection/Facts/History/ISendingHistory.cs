namespace Weir.Detection.Facts.History;

/// <summary>Who wrote to whom, learned from accepted mail of the record.</summary>
internal interface ISendingHistory
{
    /// <summary>What was before this message. Asking for a message of ours counts its recipients for the next ten minutes.</summary>
    SenderHistory Before(SendingQuestion question);
}

/// <summary>The parts of a message that history is asked about.</summary>
/// <param name="Author">Address of the From field.</param>
/// <param name="IsOurs">The author is one of ours, and proven.</param>
/// <param name="IsAgain">It is in the history already: what it brought itself is left out, and it is not counted again.</param>
internal sealed record SendingQuestion(string Author, string AuthorName, IReadOnlyList<string> Recipients, bool IsOurs, DateTimeOffset At, bool IsAgain = false);
