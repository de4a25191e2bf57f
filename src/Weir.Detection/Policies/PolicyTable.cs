using System.Net;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Detection.Policies;

/// <summary>
/// The policies over one state of the organisation. Decides per recipient: of each type the first policy that applies; of everything that these have to
/// say about the message the severest action, the type asked first when two are as severe.
/// </summary>
internal sealed class PolicyTable
{
    private readonly PolicyMode _mode;
    private readonly (Policy Policy, CompiledScope Scope)[][] _byType;
    private readonly HashSet<string> _secOps;
    private readonly IReadOnlyList<CompiledSimulation> _simulations;

    public PolicyTable(PolicySet policies, IOrganisation organisation)
    {
        Policies = policies;
        Organisation = organisation;
        _mode = policies.Mode;
        _byType = [.. PolicyNames.Types.Select(type => PolicyNames.InOrder(policies, type).Select(policy => (policy, new CompiledScope(policy.Scope, organisation))).ToArray())];
        _secOps = new HashSet<string>(policies.AdvancedDelivery.SecOpsMailboxes.Select(address => organisation.Find(address)?.Address ?? address), StringComparer.OrdinalIgnoreCase);
        _simulations = [.. policies.AdvancedDelivery.Simulations.Select(simulation => new CompiledSimulation(simulation))];
    }

    public PolicySet Policies { get; }

    public IOrganisation Organisation { get; }

    /// <summary>Policies of a type that are on, the one that comes first in front; the default is the last.</summary>
    public IReadOnlyList<(Policy Policy, CompiledScope Scope)> Of(PolicyType type) => _byType[(int)type];

    public Policy For(PolicyType type, Addressee who)
    {
        var all = _byType[(int)type];
        for (var i = 0; i < all.Length - 1; i++)
        {
            if (all[i].Scope.Applies(who))
            {
                return all[i].Policy;
            }
        }

        return all[^1].Policy;
    }

    public bool IsSecOps(Addressee who) => _secOps.Contains(who.Address) || _secOps.Contains(who.Mailbox);

    public PolicyOutcome Decide(string recipient, PolicySubject subject)
    {
        var who = Addressee.Of(recipient, Organisation);
        var isSimulation = _simulations.Count > 0 && _simulations.Any(simulation => simulation.Matches(subject));
        if (IsSecOps(who))
        {
            return new PolicyOutcome { Decision = DeliveryDecision.Deliver, Overrides = [new PolicyOverride(IsAllow: true, PolicyNames.SecOpsMailbox, IsDeciding: true), .. Simulation(isSimulation, isDeciding: false)] };
        }

        var antiMalware = For(PolicyType.AntiMalware, who);
        var antiSpam = For(PolicyType.AntiSpam, who);
        (Policy Policy, PolicyCause Cause)? severest = null;
        var blockedFile = false;
        var foreign = false;
        void Ask(Policy policy, PolicyCause cause)
        {
            if (severest is not { } best || policy.ActionFor(cause) > best.Policy.ActionFor(best.Cause))
            {
                severest = (policy, cause);
            }
        }

        if (subject.Verdict == Verdict.Malware)
        {
            Ask(antiMalware, PolicyCause.Malware);
        }

        if (antiMalware.FileTypes.Count > 0 && subject.FileExtensions.Any(extension => antiMalware.FileTypes.Contains(extension, StringComparer.OrdinalIgnoreCase)))
        {
            blockedFile = antiMalware.ActionFor(PolicyCause.BlockedFileType) != PolicyAction.NoAction;
            Ask(antiMalware, PolicyCause.BlockedFileType);
        }

        // Malware stops a simulation; everything else is what a simulation is for.
        if (!isSimulation)
        {
            AskOfFiles(Ask, For(PolicyType.SafeAttachments, who), subject);
            if (PhishCause(subject) is { } phish)
            {
                Ask(PolicyNames.TypeOf(phish) == PolicyType.AntiPhishing ? For(PolicyType.AntiPhishing, who) : antiSpam, phish);
            }

            foreign = AskOfSpam(Ask, antiSpam, subject);
        }

        return Outcome(severest, antiMalware, antiSpam,
        [
            .. blockedFile ? [new PolicyOverride(IsAllow: false, PolicyNames.FileTypeBlock, severest?.Cause == PolicyCause.BlockedFileType)] : Array.Empty<PolicyOverride>(),
            .. Simulation(isSimulation, severest is null && subject.Verdict > Verdict.Bulk),
            .. foreign ? [new PolicyOverride(IsAllow: false, PolicyNames.LanguageFilter, severest?.Cause == PolicyCause.Language)] : Array.Empty<PolicyOverride>(),
        ]);
    }

    /// <summary>All, whether on or off.</summary>
    public static IEnumerable<Policy> InOrder(PolicySet policies, PolicyType type)
    {
        yield return BuiltInPolicies.Preset(type, PolicyOrigin.Strict, policies.Strict);
        yield return BuiltInPolicies.Preset(type, PolicyOrigin.Standard, policies.Standard);
        foreach (var policy in policies.Policies.Where(policy => policy.Type == type).OrderBy(policy => policy.Priority).ThenBy(policy => policy.Id))
        {
            yield return policy;
        }

        yield return policies.Defaults.FirstOrDefault(policy => policy.Type == type) ?? BuiltInPolicies.Default(type);
    }

    private PolicyOutcome Outcome((Policy Policy, PolicyCause Cause)? severest, Policy antiMalware, Policy antiSpam, IReadOnlyList<PolicyOverride> overrides)
    {
        var action = severest is { } decided ? decided.Policy.ActionFor(decided.Cause) : PolicyAction.NoAction;
        var would = PolicyNames.DecisionFor(action);
        var isHeld = _mode == PolicyMode.Watch && action != PolicyAction.NoAction;
        return new PolicyOutcome
        {
            Action = action,
            WouldDecide = would,
            Decision = isHeld ? DeliveryDecision.Deliver : would,
            Held = isHeld ? PolicyNames.WatchOnly : "",
            Cause = severest?.Cause,
            Policy = severest?.Policy,
            IsZapOn = severest?.Cause switch
            {
                null => false,
                PolicyCause.Malware or PolicyCause.BlockedFileType => antiMalware.IsZapOn,
                PolicyCause.NotInspected or PolicyCause.Encrypted => false,
                PolicyCause.HighConfidenceSpam or PolicyCause.Spam or PolicyCause.Bulk or PolicyCause.Language => antiSpam.IsSpamZapOn,
                _ => antiSpam.IsZapOn,
            },
            Header = action == PolicyAction.AddXHeader && !isHeld ? severest!.Value.Policy.Header : "",
            Overrides = overrides,
        };
    }

    private static IEnumerable<PolicyOverride> Simulation(bool isOne, bool isDeciding) =>
        isOne ? [new PolicyOverride(IsAllow: true, PolicyNames.PhishingSimulation, isDeciding)] : [];

    private static void AskOfFiles(Action<Policy, PolicyCause> ask, Policy safeAttachments, PolicySubject subject)
    {
        if (subject.HasUnreadFile)
        {
            ask(safeAttachments, PolicyCause.NotInspected);
        }

        if (subject.HasEncryptedFile)
        {
            ask(safeAttachments, PolicyCause.Encrypted);
        }
    }

    /// <summary>True when the language made the message unwanted.</summary>
    private static bool AskOfSpam(Action<Policy, PolicyCause> ask, Policy antiSpam, PolicySubject subject)
    {
        if (subject.Verdict == Verdict.Spam)
        {
            ask(antiSpam, subject.IsSure ? PolicyCause.HighConfidenceSpam : PolicyCause.Spam);
        }

        // Who is let through by the organisation is let through with newsletters too.
        if (subject.IsAllowed || subject.Verdict > Verdict.Bulk)
        {
            return false;
        }

        if (subject.BulkComplaintLevel >= antiSpam.BulkLevel)
        {
            ask(antiSpam, PolicyCause.Bulk);
        }

        var isForeign = antiSpam.Languages.Count > 0 && antiSpam.ActionFor(PolicyCause.Language) != PolicyAction.NoAction && antiSpam.Languages.Contains(subject.Language, StringComparer.OrdinalIgnoreCase);
        if (isForeign)
        {
            ask(antiSpam, PolicyCause.Language);
        }

        return isForeign;
    }

    private static PolicyCause? PhishCause(PolicySubject subject) => subject.Verdict switch
    {
        Verdict.HighConfidencePhish => PolicyCause.HighConfidencePhish,
        Verdict.Phish => subject.Technology switch
        {
            DetectionTechnology.SpoofDmarc or DetectionTechnology.SpoofExternalDomain or DetectionTechnology.SpoofIntraOrg => PolicyCause.Spoof,
            DetectionTechnology.ImpersonationUser => PolicyCause.UserImpersonation,
            DetectionTechnology.ImpersonationDomain or DetectionTechnology.ImpersonationBrand => PolicyCause.DomainImpersonation,
            DetectionTechnology.MailboxIntelligenceImpersonation => PolicyCause.MailboxIntelligence,
            _ => PolicyCause.Phish,
        },
        _ => null,
    };

    /// <summary>A simulation with its addresses and links read.</summary>
    private sealed class CompiledSimulation(PhishingSimulation simulation)
    {
        private readonly HashSet<string> _domains = new(simulation.Domains, StringComparer.OrdinalIgnoreCase);
        private readonly IReadOnlyList<IPNetwork> _networks = [.. simulation.Addresses.Select(NetworkText.Read).OfType<IPNetwork>()];

        public bool Matches(PolicySubject subject) =>
            subject.SendingDomains.Any(_domains.Contains)
            && IPAddress.TryParse(subject.ClientIp, out var client) && _networks.Any(network => network.Contains(client))
            && (simulation.Urls.Count == 0 || subject.Urls.Any(url => simulation.Urls.Any(pattern => IsUrl(url, pattern))));

        private static bool IsUrl(string url, string pattern)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var read))
            {
                return false;
            }

            var slash = pattern.IndexOf('/', StringComparison.Ordinal);
            var host = slash < 0 ? pattern : pattern[..slash];
            var path = slash < 0 ? "" : pattern[slash..].TrimEnd('*').TrimEnd('/');
            var isHost = host.StartsWith("*.", StringComparison.Ordinal)
                ? read.Host.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
                : read.Host.Equals(host, StringComparison.OrdinalIgnoreCase);
            return isHost && (path.Length == 0 || (read.AbsolutePath.StartsWith(path, StringComparison.OrdinalIgnoreCase) && (read.AbsolutePath.Length == path.Length || read.AbsolutePath[path.Length] == '/')));
        }
    }
}
