using Weir.Mail.Contracts;

namespace Weir.Mail.Archives;

/// <summary>What one archive holds.</summary>
/// <param name="NotRead">Why it was not read to its end; empty when it was.</param>
internal sealed record ArchiveContent(IReadOnlyList<ArchiveMember> Members, bool IsEncrypted, string NotRead);
