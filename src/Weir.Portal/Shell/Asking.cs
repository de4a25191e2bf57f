using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Access;
using Weir.Response.Contracts;

namespace Weir.Portal.Shell;

/// <summary>Questions of this circuit, asked as its caller.</summary>
internal sealed class Asking(IQuestions questions, CurrentCaller current)
{
    public async ValueTask<Answer> AskAsync(string kql, int maxRows, CancellationToken cancellationToken) =>
        await questions.AskAsync(await current.GetAsync(cancellationToken), new Question(kql) { MaxRows = maxRows }, cancellationToken);
}

/// <summary>What a page says when it could not do something, and what to quote to an administrator.</summary>
internal sealed record Problem(string Text, string Reference)
{
    /// <summary>The failures that a page explains itself; nothing for bugs, which end the circuit and are logged.</summary>
    public static Problem? Of(Exception exception, TimeProvider time) => exception switch
    {
        QuestionException question => new Problem(question.Message, NewReference(time)),
        AccessDeniedException denied => new Problem(PermissionWords.WhyNot(denied.Permission), NewReference(time)),
        RemediationRefusedException refused => new Problem(refused.Message, NewReference(time)),
        SignedOutException signedOut => new Problem(signedOut.Message, NewReference(time)),
        IOException io => new Problem($"The store could not be read: {io.Message}", NewReference(time)),
        TimeoutException => new Problem("It took too long.", NewReference(time)),
        _ => null,
    };

    private static string NewReference(TimeProvider time) =>
        System.Diagnostics.Activity.Current?.TraceId.ToString() ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
