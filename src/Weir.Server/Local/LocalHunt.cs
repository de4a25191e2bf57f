using System.Runtime.CompilerServices;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/hunt</c>: a question, answered as JSON lines, one for each part of the answer (<see cref="AnswerLine"/>). Audited with or without a server.</summary>
internal sealed class LocalHunt : ILocalRoute
{
    private const int LongestDetail = 2000;
    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(10);

    public string Path => "/hunt";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.HuntRequest) is not { Query: not null } request)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var question = new Question(request.Query) { Timeout = TimeSpan.FromSeconds(Math.Clamp(request.TimeoutSeconds, 1, LongestTime.TotalSeconds)) };
        context.Response.ContentType = "application/x-ndjson";
        try
        {
            await foreach (var part in AnswerAsync(context.RequestServices, user, question, context.RequestAborted))
            {
                await context.Response.BodyWriter.WriteAsync(AnswerLine.Write(part), context.RequestAborted);
            }
        }
        catch (QuestionException refusal)
        {
            await context.Response.BodyWriter.WriteAsync(AnswerLine.Write(refusal), context.RequestAborted);
        }
    }

    /// <summary>Answers from the stores of this process.</summary>
    public static async IAsyncEnumerable<Answer> AnswerAsync(IServiceProvider services, string user, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var caller = LocalUser.Caller(user, Permission.EmailMetadataRead);
        await services.GetRequiredService<IAuditTrail>().RecordAsync(
            caller,
            new AuditEntry("AdvancedHunting", Target: null, "Success", question.Kql.Length <= LongestDetail ? question.Kql : question.Kql[..LongestDetail]),
            cancellationToken);
        await foreach (var part in services.GetRequiredService<IQuestions>().StreamAsync(caller, question, cancellationToken))
        {
            yield return part;
        }
    }

    /// <summary>Asks the server that holds the directory.</summary>
    /// <exception cref="QuestionException">The server could not answer it.</exception>
    /// <exception cref="DataDirectoryInUseException">No server answers at the directory's socket.</exception>
    public static async IAsyncEnumerable<Answer> AskAsync(DataDirectory directory, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new HuntRequest(question.Kql, question.Timeout.TotalSeconds);
        await foreach (var line in LocalClient.PostAsync(directory, new LocalHunt().Path, request, LocalJson.Default.HuntRequest, cancellationToken))
        {
            yield return AnswerLine.Read(line);
        }
    }
}
