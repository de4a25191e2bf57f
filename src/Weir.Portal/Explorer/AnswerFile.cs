using Microsoft.AspNetCore.Http;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>The whole answer of a question as a CSV file, streamed: memory does not grow with the number of rows.</summary>
internal static class AnswerFile
{
    /// <param name="name">What is in it.</param>
    /// <exception cref="QuestionException">It does not compile; nothing is sent then.</exception>
    public static async Task WriteAsync(HttpContext context, string name, IQuestions questions, Caller caller, string kql, TimeProvider time)
    {
        var cancellation = context.RequestAborted;
        await using var batches = questions.StreamAsync(caller, new Question(kql) { Timeout = TimeSpan.FromMinutes(10) }, cancellation).GetAsyncEnumerator(cancellation);
        var hasFirst = await batches.MoveNextAsync();
        CsvFile.Prepare(context.Response, name, Viewer.ZoneOf(context), time);
        await using var writer = new StreamWriter(context.Response.Body);
        if (hasFirst)
        {
            await writer.WriteAsync(CsvText.Line(batches.Current.Columns.Select(column => column.Name)).AsMemory(), cancellation);
        }

        for (var isThere = hasFirst; isThere; isThere = await batches.MoveNextAsync())
        {
            foreach (var row in batches.Current.Rows)
            {
                await writer.WriteAsync(CsvText.Line(row.Select(CsvText.Of)).AsMemory(), cancellation);
            }
        }
    }
}
