using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary>What a command asks the server.</summary>
internal sealed record HuntRequest(string Query, double TimeoutSeconds);

[JsonSerializable(typeof(HuntRequest))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class LocalJson : JsonSerializerContext;

/// <summary><c>POST /hunt</c> on the local socket: a question, answered as JSON lines, one for each part of the answer (<see cref="AnswerLine"/>).</summary>
internal static class LocalHunt
{
    private const string Route = "/hunt";
    private const int LongestDetail = 2000;
    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(10);

    /// <summary>The server's side.</summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Path != Route)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var cancellationToken = context.RequestAborted;
        if (await RequestAsync(context) is not { } request)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var caller = CallerFor(context.Features.GetRequiredFeature<LocalPeer>().UserName);
        var questions = context.RequestServices.GetRequiredService<IQuestions>();
        var audit = context.RequestServices.GetRequiredService<IAuditTrail>();
        var question = new Question(request.Query) { Timeout = TimeSpan.FromSeconds(Math.Clamp(request.TimeoutSeconds, 1, LongestTime.TotalSeconds)) };
        context.Response.ContentType = "application/x-ndjson";
        await audit.RecordAsync(caller, new AuditEntry("AdvancedHunting", Target: null, "Success", request.Query.Length <= LongestDetail ? request.Query : request.Query[..LongestDetail]), cancellationToken);
        try
        {
            await foreach (var part in questions.StreamAsync(caller, question, cancellationToken))
            {
                await context.Response.BodyWriter.WriteAsync(AnswerLine.Write(part), cancellationToken);
            }
        }
        catch (QuestionException refusal)
        {
            await context.Response.BodyWriter.WriteAsync(AnswerLine.Write(refusal), cancellationToken);
        }
    }

    /// <summary>The command's side.</summary>
    /// <exception cref="QuestionException">The server could not answer it.</exception>
    /// <exception cref="HttpRequestException">There is no server at the socket.</exception>
    public static async IAsyncEnumerable<Answer> AskAsync(DataDirectory directory, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var client = LocalSocket.Connect(directory);
        using var request = new HttpRequestMessage(HttpMethod.Post, Route);
        request.Content = JsonContent.Create(new HuntRequest(question.Kql, question.Timeout.TotalSeconds), LocalJson.Default.HuntRequest);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return AnswerLine.Read(line);
        }
    }

    /// <summary>Somebody at the command line who may read the data directory anyway.</summary>
    public static Caller CallerFor(string userName) =>
        new($"local:{userName}", userName, new HashSet<Permission> { Permission.EmailMetadataRead });

    private static async Task<HuntRequest?> RequestAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync(LocalJson.Default.HuntRequest, context.RequestAborted) is { Query: not null } request ? request : null;
        }
        catch (Exception mistake) when (mistake is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
