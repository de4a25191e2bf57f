using Weir.Access.Contracts;

namespace Weir.Response.Contracts;

/// <summary>Quarantine policies: what recipients may do with mail held from them, for how long it is held, and whether they are told of it.</summary>
public interface IQuarantinePolicies
{
    /// <summary>Presets first, then by name. Requires <see cref="Permission.SecuritySettingsRead"/>.</summary>
    ValueTask<IReadOnlyList<QuarantinePolicy>> ListAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Makes or changes one; what is held already under its name follows. Requires <see cref="Permission.SecuritySettingsManage"/>. Audited.</summary>
    /// <returns>What is wrong with it; empty when it was saved.</returns>
    ValueTask<IReadOnlyList<string>> SaveAsync(Caller caller, QuarantinePolicy policy, CancellationToken cancellationToken);

    /// <summary>Requires <see cref="Permission.SecuritySettingsManage"/>. Audited. What it held goes by the preset of its reason.</summary>
    /// <returns>False when there is none of that name that people made.</returns>
    ValueTask<bool> RemoveAsync(Caller caller, string name, CancellationToken cancellationToken);

    /// <summary>How often digests go out. Requires <see cref="Permission.SecuritySettingsRead"/>.</summary>
    ValueTask<DigestSettings> DigestsAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Requires <see cref="Permission.SecuritySettingsManage"/>. Audited.</summary>
    /// <exception cref="ArgumentException">The address or the time zone is none.</exception>
    ValueTask SetDigestsAsync(Caller caller, DigestSettings settings, CancellationToken cancellationToken);
}

/// <summary>A quarantine policy.</summary>
/// <param name="Days">Afterwards held mail is deleted for good; 1 to 365.</param>
/// <param name="Notifies">Recipients get digests of what is held under it.</param>
public sealed record QuarantinePolicy(string Name, QuarantineRights Rights, int Days, bool Notifies)
{
    public const string AdminOnly = "AdminOnlyAccessPolicy";
    public const string FullAccess = "DefaultFullAccessPolicy";
    public const string FullAccessWithNotification = "DefaultFullAccessWithNotificationPolicy";

    public const int UsualDays = 30;
    public const int MostDays = 365;
    public const int LongestName = 64;

    /// <summary>What every installation has; only their days can be changed.</summary>
    public static IReadOnlyList<QuarantinePolicy> Presets { get; } =
    [
        new(AdminOnly, QuarantineRights.None, UsualDays, Notifies: false),
        new(FullAccess, QuarantineRights.Full, UsualDays, Notifies: false),
        new(FullAccessWithNotification, QuarantineRights.Full, UsualDays, Notifies: true),
    ];

    public bool IsPreset => Presets.Any(preset => preset.Name.Equals(Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The preset for a reason where no policy names another: dangerous mail is for administrators only.</summary>
    public static string UsualFor(string reason) => QuarantineWords.IsDangerous(reason) || reason is QuarantineWords.NotInspected or QuarantineWords.FileTypeBlock or QuarantineWords.ByHand ? AdminOnly : FullAccess;
}

/// <summary>What a recipient may do with mail held from them.</summary>
[Flags]
public enum QuarantineRights
{
    None = 0,
    Delete = 1,
    Preview = 2,
    Release = 4,
    RequestRelease = 8,
    BlockSender = 16,
    AllowSender = 32,
    Download = 64,
    ViewHeader = 128,

    /// <summary>Ask, but not release.</summary>
    Limited = Delete | Preview | RequestRelease | AllowSender,

    Full = Delete | Preview | Release | AllowSender,
}

/// <summary>How often digests go out.</summary>
public enum DigestFrequency { FourHours, Daily, Weekly }

/// <summary>Digests.</summary>
/// <param name="Hour">Hour of the day (0 to 23) in the zone at which daily and weekly digests go out; weekly ones on Mondays.</param>
/// <param name="Zone">IANA name of the organisation's time zone.</param>
/// <param name="CopyTo">One who gets a digest of everything that is held, as an administrator; empty for nobody.</param>
public sealed record DigestSettings(DigestFrequency Frequency, int Hour = 8, string Zone = "Etc/UTC", string CopyTo = "");
