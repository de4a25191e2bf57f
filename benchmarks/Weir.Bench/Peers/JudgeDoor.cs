using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Weir.Detection;
using Weir.Detection.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Bench.Peers;

/// <summary>
/// Weir's whole judgement behind a bare HTTP door in a process of its own, so that it is measured as rspamd is: a message and its envelope in, the verdict
/// with every signal out as JSON, nothing kept.
/// </summary>
internal static class JudgeDoor
{
    /// <summary>The first word of the command line that makes this program the door; the second is its port.</summary>
    public const string Word = "judge-door";

    public static async Task RunAsync(string port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(int.Parse(port, CultureInfo.InvariantCulture)));
        builder.Services.AddDetectionAlone();
        await using var application = builder.Build();
        var judge = application.Services.GetRequiredService<IMessageJudge>();
        application.Run(context => AnswerAsync(judge, context));
        await application.RunAsync();
    }

    private static async Task AnswerAsync(IMessageJudge judge, HttpContext context)
    {
        var raw = new byte[context.Request.ContentLength ?? 0];
        await context.Request.Body.ReadExactlyAsync(raw, context.RequestAborted);
        var header = context.Request.Headers;
        var now = TimeProvider.System.GetUtcNow();
        var judged = await judge.JudgeAsync(
            new MessageToJudge
            {
                Id = NetworkMessageId.New(now),
                Raw = raw,
                ReceivedAt = now,
                Envelope = new Envelope { MailFrom = $"{header.From}", Recipients = [$"{header["Rcpt"]}"], ClientIp = $"{header["IP"]}", Helo = $"{header["Helo"]}" },
            },
            context.RequestAborted);
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("verdict", judged.Judgement.Verdict.ToString());
        writer.WriteNumber("score", judged.Judgement.Score);
        writer.WriteStartArray("signals");
        foreach (var signal in judged.Judgement.Signals)
        {
            writer.WriteStartObject();
            writer.WriteString("name", signal.Name);
            writer.WriteString("evidence", signal.Evidence);
            writer.WriteNumber("weight", signal.Weight);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
