using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/policy</c>: shows policies and changes them; in force in the running server at once.</summary>
internal sealed class LocalPolicy : ILocalRoute
{
    public string Path => "/policy";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        if (await LocalJson.ReadAsync(context, LocalJson.Default.PolicyRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.PolicyAnswer);
        }
    }

    /// <summary>Does it in the stores of this process.</summary>
    public static async Task<PolicyAnswer> DoAsync(IServiceProvider services, string user, PolicyRequest request, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<IPolicySettings>();
        var caller = LocalUser.Caller(user, Permission.SecuritySettingsRead, Permission.SecuritySettingsManage, Permission.EmailMetadataRead) with { Reason = request.Reason.Length > 0 ? request.Reason : null };
        var policies = settings.Read(caller);
        return request.Deed switch
        {
            PolicyDeed.List => new PolicyAnswer([], PolicyText.List(policies, settings.Remarks(caller, policies))),
            PolicyDeed.Show => Show(policies, request.Argument),
            PolicyDeed.Mode => await ModeAsync(settings, caller, policies, request.Argument, cancellationToken),
            PolicyDeed.Check => new PolicyAnswer([], PolicyText.Check(policies, request.Argument, settings.WhoGetsWhat(caller, policies, request.Argument))),
            PolicyDeed.Standard or PolicyDeed.Strict => await PresetAsync(settings, caller, policies, request, cancellationToken),
            PolicyDeed.Try => await TryAsync(services, settings, caller, request, cancellationToken),
            PolicyDeed.Export => new PolicyAnswer([], settings.Export(caller)),
            _ => await ImportAsync(settings, caller, policies, request.Argument, cancellationToken),
        };
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<PolicyAnswer> AskAsync(DataDirectory directory, PolicyRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalPolicy().Path, request, LocalJson.Default.PolicyRequest, cancellationToken), LocalJson.Default.PolicyAnswer)!;

    private static PolicyAnswer Show(PolicySet policies, string name)
    {
        var all = PolicyText.All(policies);
        var found = all.Where(policy => policy.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || policy.Id.ToString() == name).ToList();
        if (found.Count > 0)
        {
            return new PolicyAnswer([], string.Join(Environment.NewLine, found.Select(PolicyText.Show)));
        }

        var nearest = Spelling.Nearest(name, all.Select(policy => policy.Name));
        return new PolicyAnswer([$"There is no policy '{name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}"]);
    }

    private static async Task<PolicyAnswer> ModeAsync(IPolicySettings settings, Caller caller, PolicySet policies, string mode, CancellationToken cancellationToken)
    {
        if (mode.Length == 0)
        {
            return new PolicyAnswer([], PolicyText.Mode(policies));
        }

        PolicyMode? wanted = mode.ToLowerInvariant() switch { "watch" => PolicyMode.Watch, "on" => PolicyMode.On, _ => null };
        if (wanted is not { } meant)
        {
            // A mistyped word must not let Weir act on mail.
            return new PolicyAnswer(["A mode is watch or on; nothing was changed."]);
        }

        var problems = await settings.SaveAsync(caller, policies with { Mode = meant }, cancellationToken);
        return new PolicyAnswer(problems, problems.Count > 0 ? "" : PolicyText.Mode(settings.Read(caller)));
    }

    private static async Task<PolicyAnswer> TryAsync(IServiceProvider services, IPolicySettings settings, Caller caller, PolicyRequest request, CancellationToken cancellationToken)
    {
        var (next, problems) = settings.Parse(caller, request.Argument);
        if (next is null)
        {
            return new PolicyAnswer(problems);
        }

        try
        {
            return new PolicyAnswer([], PolicyText.Tried(await services.GetRequiredService<IPolicyTrial>().TryAsync(caller, next, request.Days, progress: null, cancellationToken)));
        }
        catch (QuestionException question)
        {
            return new PolicyAnswer([question.Message]);
        }
    }

    /// <summary>Whom it is for stays: everybody, unless somebody chose others on the page.</summary>
    private static async Task<PolicyAnswer> PresetAsync(IPolicySettings settings, Caller caller, PolicySet policies, PolicyRequest request, CancellationToken cancellationToken)
    {
        if (request.Argument is not ("on" or "off"))
        {
            return new PolicyAnswer(["A preset is on or off; nothing was changed."]);
        }

        var isOn = request.Argument == "on";
        var next = request.Deed == PolicyDeed.Standard
            ? policies with { Standard = policies.Standard with { IsOn = isOn } }
            : policies with { Strict = policies.Strict with { IsOn = isOn } };
        var problems = await settings.SaveAsync(caller, next, cancellationToken);
        return new PolicyAnswer(problems, problems.Count > 0 ? "" : $"{request.Deed} is {(isOn ? "on" : "off")}.{(isOn && policies.Mode == PolicyMode.Watch ? " Weir still watches only: 'weir policy mode on' lets it act." : "")}");
    }

    private static async Task<PolicyAnswer> ImportAsync(IPolicySettings settings, Caller caller, PolicySet policies, string text, CancellationToken cancellationToken)
    {
        var problems = await settings.ImportAsync(caller, text, cancellationToken);
        var now = settings.Read(caller);
        var remarks = problems.Count > 0 ? [] : settings.Remarks(caller, now);
        return new PolicyAnswer(
            problems,
            problems.Count > 0 ? "" : now.Version == policies.Version ? "Nothing in it differs from the policies in force."
            : string.Join('\n', remarks.Select(remark => (remark.IsSerious ? "! " : "- ") + remark.Text).Prepend(remarks.Count > 0 ? "The policies were replaced; they are in force. What does not fit together:" : "The policies were replaced; they are in force.")));
    }
}
