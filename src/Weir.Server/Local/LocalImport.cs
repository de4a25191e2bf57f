using System.Globalization;
using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Gateway.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/import</c>: answered with a line after each batch; ends when the command goes away, and goes on when it is asked again.</summary>
internal sealed class LocalImport : ILocalRoute
{
    public string Path => "/import";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.ImportRequest) is not { Paths.Count: > 0 } request || !request.Paths.All(System.IO.Path.IsPathFullyQualified))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await ProgressAnswer.WriteAsync<ImportProgress, ImportLine>(
            context,
            show => ImportAsync(context.RequestServices, user, request, show, context.RequestAborted),
            (state, isDone) => new ImportLine(state, isDone),
            LocalJson.Default.ImportLine);
    }

    /// <summary>Imports into the stores of this process.</summary>
    public static async Task<ImportProgress> ImportAsync(IServiceProvider services, string user, ImportRequest request, Action<ImportProgress> show, CancellationToken cancellationToken)
    {
        var caller = LocalUser.Caller(user, Permission.MailImport);
        var done = await services.GetRequiredService<IMailImport>().ImportAsync(caller, request, new ProgressAnswer.InPlace<ImportProgress>(show), cancellationToken);
        await services.GetRequiredService<IAuditTrail>().RecordAsync(caller, new AuditEntry("MailImported", string.Join(' ', request.Paths), "Success", Text(done)), cancellationToken);
        return done;
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<ImportProgress> AskAsync(DataDirectory directory, ImportRequest request, Action<ImportProgress> show, CancellationToken cancellationToken)
    {
        await foreach (var line in LocalClient.PostAsync(directory, new LocalImport().Path, request, LocalJson.Default.ImportRequest, cancellationToken))
        {
            var state = JsonSerializer.Deserialize(line, LocalJson.Default.ImportLine)!;
            if (state.IsDone)
            {
                return state.Now;
            }

            show(state.Now);
        }

        throw new IOException("The server ended before the import did. Run the same command again to go on.");
    }

    public static string Text(ImportProgress now) =>
        string.Create(CultureInfo.InvariantCulture, $"Found {now.Found}, imported {now.Imported}, already known {now.AlreadyKnown}, skipped {now.Skipped}.");
}
