using System.Globalization;
using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/rejudge</c>: judges stored mail again; answered with a line after each step.</summary>
internal sealed class LocalRejudge : ILocalRoute
{
    private const int LongestReason = 500;

    public string Path => "/rejudge";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.RejudgingRequest) is not { Where: not null } request || ProblemOf(request.Reason) is not null || request.Within <= TimeSpan.Zero || request.Within > TimeSpan.FromDays(3650))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            await ProgressAnswer.WriteAsync<RejudgingProgress, RejudgeLine>(
                context,
                show => JudgeAsync(context.RequestServices, user, request, show, context.RequestAborted),
                (state, isDone) => new RejudgeLine(state, isDone, ""),
                LocalJson.Default.RejudgeLine);
        }
        catch (QuestionException refusal)
        {
            await LocalJson.WriteAsync(context, new RejudgeLine(new RejudgingProgress(0, 0, 0, 0), IsDone: true, refusal.Message), LocalJson.Default.RejudgeLine);
        }
    }

    /// <summary>Why this is no reason: it is shown on the timeline of every message. Nothing when it is one.</summary>
    public static string? ProblemOf(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "Say why, with --reason."
        : reason.Length > LongestReason || reason.Any(char.IsControl) ? $"A reason is one line of at most {LongestReason} characters."
        : null;

    /// <summary>Judges with the stores of this process; they must be up to date.</summary>
    public static async Task<RejudgingProgress> JudgeAsync(IServiceProvider services, string user, RejudgingRequest request, Action<RejudgingProgress> show, CancellationToken cancellationToken) =>
        await services.GetRequiredService<IRejudging>().RunAsync(LocalUser.Caller(user, Permission.DetectionTuningManage), request, new ProgressAnswer.InPlace<RejudgingProgress>(show), cancellationToken);

    /// <summary>The same where nobody else holds the directory.</summary>
    public static Task<RejudgingProgress> JudgeHereAsync(IServiceProvider services, string user, RejudgingRequest request, Action<RejudgingProgress> show, CancellationToken cancellationToken)
    {
        EventsModule.BringUpToDate(services, cancellationToken);
        return JudgeAsync(services, user, request, show, cancellationToken);
    }

    /// <summary>Asks the server that holds the directory.</summary>
    /// <exception cref="QuestionException">The condition does not compile.</exception>
    public static async Task<RejudgingProgress> AskAsync(DataDirectory directory, RejudgingRequest request, Action<RejudgingProgress> show, CancellationToken cancellationToken)
    {
        await foreach (var text in LocalClient.PostAsync(directory, new LocalRejudge().Path, request, LocalJson.Default.RejudgingRequest, cancellationToken))
        {
            var line = JsonSerializer.Deserialize(text, LocalJson.Default.RejudgeLine)!; // written by the same program
            if (line.Problem.Length > 0)
            {
                throw new QuestionException(line.Problem, 0, 0);
            }

            if (line.IsDone)
            {
                return line.Now;
            }

            show(line.Now);
        }

        throw new IOException("The server ended before it was done. Run the same command again to go on.");
    }

    public static string Text(RejudgingProgress now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{now.Judged + now.Erased} of {now.Found} messages, {now.Changed} with another verdict{(now.Misplaced > 0 ? $", {now.Misplaced} not where policy wants them" : "")}{(now.Erased > 0 ? $", {now.Erased} no longer kept" : "")}.");
}

/// <summary>How far it is.</summary>
/// <param name="IsDone">The last line.</param>
/// <param name="Problem">Why it was not done; empty when it was.</param>
internal sealed record RejudgeLine(RejudgingProgress Now, bool IsDone, string Problem);
