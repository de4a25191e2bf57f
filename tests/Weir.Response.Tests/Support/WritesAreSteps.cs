using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Weir.Response.Tests.Support;

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
