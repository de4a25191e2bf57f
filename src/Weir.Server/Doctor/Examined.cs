using Weir.Kernel;

namespace Weir.Server.Doctor;

/// <summary>What one check saw.</summary>
internal sealed record Examined(string Check, IReadOnlyList<CheckResult> Results);
