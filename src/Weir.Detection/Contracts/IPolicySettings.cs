using Weir.Access.Contracts;

namespace Weir.Detection.Contracts;

/// <summary>The door to look at policies (<see cref="Permission.SecuritySettingsRead"/>) and to change them (<see cref="Permission.SecuritySettingsManage"/>).</summary>
public interface IPolicySettings
{
    /// <summary>The policies in force.</summary>
    PolicySet Read(Caller caller);

    /// <summary>Replaces them; in force when this returns, and audited.</summary>
    /// <param name="next">Made from the newest: its version is the one in force.</param>
    /// <returns>Why it was not saved; nothing when it was.</returns>
    ValueTask<IReadOnlyList<string>> SaveAsync(Caller caller, PolicySet next, CancellationToken cancellationToken);

    /// <summary>All of them as JSON, for people and for <see cref="ImportAsync"/>.</summary>
    string Export(Caller caller);

    /// <summary>Reads a JSON text of policies without saving them.</summary>
    /// <returns>The policies, or what is wrong with them.</returns>
    (PolicySet? Policies, IReadOnlyList<string> Problems) Parse(Caller caller, string json);

    /// <summary>Replaces them by what a JSON text says; nothing changes when anything in it is wrong.</summary>
    /// <returns>What is wrong, nothing when it was done.</returns>
    ValueTask<IReadOnlyList<string>> ImportAsync(Caller caller, string json, CancellationToken cancellationToken);

    /// <summary>What does not fit together in these policies, whether saved or not.</summary>
    IReadOnlyList<PolicyRemark> Remarks(Caller caller, PolicySet policies);

    /// <summary>The policy of each type that an address gets, and why.</summary>
    IReadOnlyList<PolicyFor> WhoGetsWhat(Caller caller, PolicySet policies, string address);
}

/// <summary>Something in the policies that is probably not meant.</summary>
/// <param name="IsSerious">Protection is missing where somebody thinks it is.</param>
/// <param name="Policies">The policies it is about.</param>
public sealed record PolicyRemark(bool IsSerious, string Text, IReadOnlyList<Guid> Policies);

/// <summary>What an address gets of one type.</summary>
/// <param name="Why">In a sentence.</param>
/// <param name="PassedOver">Policies of this type that come first and do not apply, each with the reason; then those that would and come later.</param>
public sealed record PolicyFor(PolicyType Type, Policy Policy, string Why, IReadOnlyList<string> PassedOver);
