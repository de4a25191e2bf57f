using System.Globalization;
using Weir.Detection.Contracts;
using static Weir.Detection.Contracts.PolicyAction;
using static Weir.Detection.Contracts.PolicyCause;

namespace Weir.Detection.Policies;

/// <summary>What every installation has: a default of each type, and the fixed actions of the presets.</summary>
internal static class BuiltInPolicies
{
    /// <summary>Extensions that mail has no business to carry; people may change the list.</summary>
    public static IReadOnlyList<string> CommonFileTypes { get; } =
        ["ace", "apk", "appx", "cmd", "com", "cpl", "dll", "exe", "hta", "iso", "jar", "jnlp", "js", "jse", "lnk", "msi", "pif", "ps1", "reg", "scr", "vbe", "vbs", "wsf", "wsh", "xll"];

    /// <summary>What is decided where people decided nothing.</summary>
    public static PolicySet Of(PolicyMode mode) => new() { Mode = mode, Defaults = [.. PolicyNames.Types.Select(Default)] };

    public static Policy Default(PolicyType type) => new()
    {
        Id = IdOf(type, PolicyOrigin.Default),
        Type = type,
        Name = $"Default {NameOf(type)} policy",
        Origin = PolicyOrigin.Default,
        Scope = PolicyScope.Everybody,
        Priority = int.MaxValue,
        FileTypes = [],
        Actions = type switch
        {
            PolicyType.AntiMalware => Actions((Malware, Quarantine), (BlockedFileType, Quarantine)),
            PolicyType.AntiPhishing => Actions((Spoof, MoveToJunk), (UserImpersonation, MoveToJunk), (DomainImpersonation, MoveToJunk), (MailboxIntelligence, MoveToJunk)),
            PolicyType.AntiSpam => Actions((HighConfidencePhish, Quarantine), (Phish, MoveToJunk), (HighConfidenceSpam, MoveToJunk), (Spam, MoveToJunk), (Bulk, NoAction), (Language, NoAction)),
            _ => Actions((NotInspected, NoAction), (Encrypted, NoAction)),
        },
    };

    /// <summary>A preset's policy of a type.</summary>
    public static Policy Preset(PolicyType type, PolicyOrigin origin, Preset preset)
    {
        var isStrict = origin == PolicyOrigin.Strict;
        return new Policy
        {
            Id = IdOf(type, origin),
            Type = type,
            Name = isStrict ? "Strict Preset Security Policy" : "Standard Preset Security Policy",
            Origin = origin,
            IsOn = preset.IsOn,
            Scope = preset.Scope,
            Priority = isStrict ? -2 : -1,
            BulkLevel = isStrict ? 5 : 7,
            FileTypes = type == PolicyType.AntiMalware ? CommonFileTypes : [],
            QuarantinePolicies = PolicyNames.CausesOf(type).Where(cause => type is PolicyType.AntiSpam or PolicyType.AntiPhishing && cause != HighConfidencePhish)
                .ToDictionary(cause => cause, _ => "DefaultFullAccessWithNotificationPolicy"),
            ProtectedUsers = type == PolicyType.AntiPhishing ? preset.ProtectedUsers : [],
            ProtectedDomains = type == PolicyType.AntiPhishing ? preset.ProtectedDomains : [],
            TrustedSenders = type == PolicyType.AntiPhishing ? preset.TrustedSenders : [],
            Actions = type switch
            {
                PolicyType.AntiMalware => Actions((Malware, Quarantine), (BlockedFileType, Quarantine)),
                PolicyType.AntiPhishing => Actions(
                    (Spoof, isStrict ? Quarantine : MoveToJunk), (UserImpersonation, Quarantine), (DomainImpersonation, Quarantine), (MailboxIntelligence, isStrict ? Quarantine : MoveToJunk)),
                PolicyType.AntiSpam => Actions(
                    (HighConfidencePhish, Quarantine), (Phish, Quarantine), (HighConfidenceSpam, Quarantine),
                    (Spam, isStrict ? Quarantine : MoveToJunk), (Bulk, isStrict ? Quarantine : MoveToJunk), (Language, NoAction)),
                _ => Actions((NotInspected, isStrict ? Quarantine : NoAction), (Encrypted, NoAction)),
            },
        };
    }

    /// <summary>The same in every installation, so that a record can be read elsewhere.</summary>
    private static Guid IdOf(PolicyType type, PolicyOrigin origin) =>
        Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"3e1f0000-0000-4000-8000-0000000000{(int)origin}{(int)type}"));

    private static string NameOf(PolicyType type) => type switch
    {
        PolicyType.AntiMalware => "anti-malware",
        PolicyType.AntiPhishing => "anti-phishing",
        PolicyType.AntiSpam => "anti-spam",
        _ => "Safe Attachments",
    };

    private static Dictionary<PolicyCause, PolicyAction> Actions(params (PolicyCause Cause, PolicyAction Action)[] actions) => actions.ToDictionary(pair => pair.Cause, pair => pair.Action);
}
