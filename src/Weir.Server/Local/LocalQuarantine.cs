using System.Globalization;
using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/quarantine</c>: held mail, quarantine policies, digests.</summary>
internal sealed class LocalQuarantine : ILocalRoute
{
    private const int ShownOfOutbox = 50;

    public string Path => "/quarantine";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.QuarantineRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.QuarantineAnswer);
        }
    }

    /// <summary>Does it in the stores of this process.</summary>
    public static async Task<QuarantineAnswer> DoAsync(IServiceProvider services, string user, QuarantineRequest request, CancellationToken cancellationToken)
    {
        var caller = LocalUser.Caller(user, Permission.EmailMetadataRead, Permission.QuarantineManage, Permission.SecurityDataRead, Permission.SecuritySettingsRead, Permission.SecuritySettingsManage);
        var policies = services.GetRequiredService<IQuarantinePolicies>();
        try
        {
            switch (request.Deed)
            {
                case QuarantineDeed.SetPolicy:
                    var problems = await policies.SaveAsync(caller, request.Policy!, cancellationToken); // the command always sends one
                    return problems.Count > 0 ? new QuarantineAnswer(string.Join(' ', problems), []) : await PoliciesAsync(policies, caller, cancellationToken);
                case QuarantineDeed.RemovePolicy:
                    return await policies.RemoveAsync(caller, request.Policy!.Name, cancellationToken) ? await PoliciesAsync(policies, caller, cancellationToken)
                        : new QuarantineAnswer($"There is no policy “{request.Policy.Name}” that people made.", []);
                case QuarantineDeed.Policies:
                    return await PoliciesAsync(policies, caller, cancellationToken);
                case QuarantineDeed.SetDigests:
                    await policies.SetDigestsAsync(caller, request.Digests!, cancellationToken); // likewise
                    return new QuarantineAnswer("", [Line(await policies.DigestsAsync(caller, cancellationToken))]);
                case QuarantineDeed.Digests:
                    return new QuarantineAnswer("", [Line(await policies.DigestsAsync(caller, cancellationToken))]);
                case QuarantineDeed.Outbox:
                    return new QuarantineAnswer("", [.. (await services.GetRequiredService<IOutbox>().ListAsync(caller, state: null, ShownOfOutbox, cancellationToken)).Select(Line)]);
                default:
                    return await HeldAsync(services.GetRequiredService<IQuarantine>(), caller, request, cancellationToken);
            }
        }
        catch (Exception refused) when (refused is ArgumentException or RemediationRefusedException or QuestionException)
        {
            return new QuarantineAnswer(refused.Message, []);
        }
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<QuarantineAnswer> AskAsync(DataDirectory directory, QuarantineRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalQuarantine().Path, request, LocalJson.Default.QuarantineRequest, cancellationToken), LocalJson.Default.QuarantineAnswer)!;

    private static async Task<QuarantineAnswer> HeldAsync(IQuarantine door, Caller caller, QuarantineRequest request, CancellationToken cancellationToken)
    {
        if (request.Deed == QuarantineDeed.List)
        {
            var page = await door.ListAsync(caller, request.Query ?? new QuarantineQuery(), cancellationToken);
            return new QuarantineAnswer("", [.. page.Rows.Select(Line), Count(page.Total, page.Rows.Count)]);
        }

        var keys = new List<HeldKey>();
        foreach (var key in request.Keys ?? [])
        {
            var parts = key.Split(' ', 2, StringSplitOptions.TrimEntries);
            if (!NetworkMessageId.TryParse(parts[0], out var id))
            {
                return new QuarantineAnswer($"“{key}” is no network message id; 'weir quarantine list' shows them.", []);
            }

            keys.AddRange(parts.Length == 2 ? [new HeldKey(id, parts[1])] : (await door.FindAsync(caller, id, cancellationToken)).Select(row => row.Key));
        }

        if (keys.Count == 0)
        {
            return new QuarantineAnswer("No such message was ever held.", []);
        }

        switch (request.Deed)
        {
            case QuarantineDeed.Release:
                var started = await door.ReleaseAsync(caller, new ReleaseRequest { Keys = keys, AlsoTo = request.AlsoTo ?? [], Note = request.Note }, cancellationToken);
                return started.Released == 0 ? new QuarantineAnswer("Nothing was released: it is not held any more, or nobody can be reached.", [])
                    : new QuarantineAnswer("", [string.Create(CultureInfo.InvariantCulture, $"{started.Released} on the way, {started.NotHeld} not held any more. Action {started.ApprovalId}; a server that is running does it.")]);
            case QuarantineDeed.Deny:
                var denied = await door.DenyAsync(caller, keys, request.Note, cancellationToken);
                return new QuarantineAnswer("", [string.Create(CultureInfo.InvariantCulture, $"{denied} denied.")]);
            default:
                var deleted = await door.DeleteAsync(caller, keys, cancellationToken);
                return new QuarantineAnswer("", [string.Create(CultureInfo.InvariantCulture, $"{deleted} deleted.")]);
        }
    }

    private static async Task<QuarantineAnswer> PoliciesAsync(IQuarantinePolicies policies, Caller caller, CancellationToken cancellationToken) =>
        new("", [.. (await policies.ListAsync(caller, cancellationToken)).Select(policy => string.Create(CultureInfo.InvariantCulture, $"{policy.Name}: rights {(int)policy.Rights} ({policy.Rights}), {policy.Days} days, {(policy.Notifies ? "digests" : "no digests")}{(policy.IsPreset ? " (preset)" : "")}"))]);

    private static string Line(HeldMessage row) =>
        Plain(string.Create(CultureInfo.InvariantCulture, $"{row.Key.Id} {row.Key.Recipient}  {row.ReceivedAt:u}  {row.Reason}  {(row.State is HeldState.Held or HeldState.Released ? QuarantineWords.Of(row.Status) : row.State)}  expires {row.ExpiresAt:yyyy-MM-dd}  {row.Sender}  {row.Subject}{(row.Problem.Length > 0 ? $"  ! {row.Problem}" : "")}"));

    private static string Line(SentMail mail) => Plain(string.Create(CultureInfo.InvariantCulture, $"{mail.CreatedAt:u}  {mail.State}  {mail.Kind}  {mail.Recipient}  {mail.Attempts} attempts  {mail.Reply}"));

    private static string Line(DigestSettings digests) => string.Create(
        CultureInfo.InvariantCulture,
        $"Digests {(digests.Frequency switch { DigestFrequency.FourHours => "every 4 hours", DigestFrequency.Weekly => $"on Mondays at {digests.Hour}:00", _ => $"daily at {digests.Hour}:00" })} ({digests.Zone}){(digests.CopyTo.Length > 0 ? $", and of everything to {digests.CopyTo}" : "")}");

    private static string Count(int total, int shown) => total == shown ? string.Create(CultureInfo.InvariantCulture, $"{total} held.") : string.Create(CultureInfo.InvariantCulture, $"{shown} of {total} held; --skip and --take show others.");

    /// <summary>A subject must not steer the terminal.</summary>
    private static string Plain(string text) => string.Concat(text.Select(character => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format ? '�' : character));
}
