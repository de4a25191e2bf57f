using Weir.Gateway.Contracts;

namespace Weir.Server.Local;

/// <summary>How far an import is.</summary>
/// <param name="IsDone">The last line.</param>
internal sealed record ImportLine(ImportProgress Now, bool IsDone);
