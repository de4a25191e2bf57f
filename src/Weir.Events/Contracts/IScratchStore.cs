namespace Weir.Events.Contracts;

/// <summary>The hunting tables without rows, in memory: to try queries that bring their own data, and to check others. One query at a time.</summary>
public interface IScratchStore
{
    /// <summary>Compiles and runs.</summary>
    /// <exception cref="QuestionException">It does not compile or could not be run.</exception>
    Task<Answer> AskAsync(string kql, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The columns that the query would have; nothing runs.</summary>
    /// <exception cref="QuestionException">It does not compile.</exception>
    IReadOnlyList<AnswerColumn> Columns(string kql, DateTimeOffset now);
}
