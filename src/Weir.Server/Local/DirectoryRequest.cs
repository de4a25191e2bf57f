namespace Weir.Server.Local;

/// <summary>The folder of CSV files that <c>weir directory import</c> wants read.</summary>
internal sealed record DirectoryRequest(string Folder);

/// <summary>What <c>weir directory sync</c> wants.</summary>
internal sealed record DirectorySyncRequest(bool IsForced, bool IsTrial);

/// <summary>What is wrong with the files (then nothing changed), and how much the organisation holds now.</summary>
internal sealed record DirectoryAnswer(IReadOnlyList<string> Problems, int People, int Lists, int OwnDomains);
