using Weir.Access.Contracts;

namespace Weir.Events.Contracts;

/// <summary>The one door to the event store. Requires <see cref="Permission.EmailMetadataRead"/>.</summary>
public interface IQuestions
{
    /// <summary>The whole answer, up to its row limit.</summary>
    /// <exception cref="QuestionException">It does not compile, ran out of time or was refused.</exception>
    ValueTask<Answer> AskAsync(Caller caller, Question question, CancellationToken cancellationToken);

    /// <summary>The same in batches, without holding all rows in memory; <see cref="Question.MaxRows"/> is not applied.</summary>
    IAsyncEnumerable<Answer> StreamAsync(Caller caller, Question question, CancellationToken cancellationToken);
}

/// <summary>A question in KQL.</summary>
public sealed record Question(string Kql)
{
    /// <summary>At most this many rows come back; the answer says when there were more.</summary>
    public int MaxRows { get; init; } = 100_000;

    /// <summary>Time limit.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Parameters as further <c>let</c> names: string, long, bool, double, DateTime (UTC), TimeSpan or a list of strings.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);
}

/// <summary>A column of an answer. Type is the KQL scalar name.</summary>
public sealed record AnswerColumn(string Name, string Type);

/// <summary>
/// Rows of an answer. Cells by type: string → string (never null); int → int; long → long; real → double; bool → bool; datetime → DateTime (UTC);
/// timespan → TimeSpan; dynamic → JSON text; guid → Guid; decimal → decimal. Other than string, null means null.
/// </summary>
public sealed record Answer(IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>When it was counted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>There were more rows than asked for.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>How to draw it (<c>render</c>), when the query says so.</summary>
    public string? Render { get; init; }

    /// <summary>Remarks for the person, such as a deprecated name.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>The question could not be answered; the message says why and where.</summary>
public sealed class QuestionException(string message, int line, int column) : Exception(message)
{
    /// <summary>From 1; 0 when it has no place.</summary>
    public int Line { get; } = line;

    public int Column { get; } = column;
}
