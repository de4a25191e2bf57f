using Weir.Response.Contracts;

namespace Weir.Server.Local;

/// <summary>What is asked of quarantine.</summary>
/// <param name="Keys">Network message id, or id and recipient with a blank between.</param>
/// <param name="Note">Of a release or denial.</param>
internal sealed record QuarantineRequest(
    QuarantineDeed Deed,
    QuarantineQuery? Query = null,
    IReadOnlyList<string>? Keys = null,
    IReadOnlyList<string>? AlsoTo = null,
    string Note = "",
    QuarantinePolicy? Policy = null,
    DigestSettings? Digests = null);

/// <summary>What <c>weir quarantine</c> can do.</summary>
internal enum QuarantineDeed { List, Release, Deny, Delete, Policies, SetPolicy, RemovePolicy, Digests, SetDigests, Outbox }

/// <summary>What is wrong with it, empty when it was done, and what to say.</summary>
internal sealed record QuarantineAnswer(string Problem, IReadOnlyList<string> Lines);
