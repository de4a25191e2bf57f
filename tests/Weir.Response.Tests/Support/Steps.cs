using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Weir.Response.Tests.Support;

/// <summary>The process is killed here.</summary>
public sealed class KilledException : Exception;

/// <summary>Counts the steps that leave a trace outside, and kills the process at one of them.</summary>
internal sealed class Steps
{
    private int _count;

    /// <summary>Kill at this step, from 1; 0 never.</summary>
    public int KillAt { get; set; }

    public int Count => _count;

    public void Next()
    {
        if (Interlocked.Increment(ref _count) == KillAt)
        {
            throw new KilledException();
        }
    }
}

/// <summary>Writes to the database are steps, before and after.</summary>
internal sealed class WritesAreSteps(Steps steps) : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Step(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Step(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Step(command);
        return ValueTask.FromResult(result);
    }

    private void Step(DbCommand command)
    {
        if (!command.CommandText.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) && !command.CommandText.StartsWith("PRAGMA", StringComparison.OrdinalIgnoreCase))
        {
            steps.Next();
        }
    }
}
