namespace Weir.Mail.Contracts;

/// <summary>What reading one file gave: an attachment, or a file inside one.</summary>
public sealed record FileReport
{
    /// <summary>The part that the file is, or lies in.</summary>
    public required string PartPath { get; init; }

    /// <summary>Where it lies inside the part, such as <c>inner.zip/invoice.pdf</c>; empty for the part itself.</summary>
    public string Inside { get; init; } = "";

    /// <summary>File type by content, as <see cref="MailPart.FileType"/>.</summary>
    public required string FileType { get; init; }

    public string FileName { get; init; } = "";
    public long Size { get; init; }

    /// <summary>Lower-case hex; of the part when the file is the part.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The file needs a password.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>What the file can do or holds that matters to a judge; bounded in number.</summary>
    public IReadOnlyList<FileFeature> Features { get; init; } = [];

    /// <summary>URLs found in the file, with source Attachments or QR Code.</summary>
    public IReadOnlyList<MailUrl> Urls { get; init; } = [];

    /// <summary>Members when the file is an archive, those of archives inside it too.</summary>
    public IReadOnlyList<ArchiveMember> Members { get; init; } = [];

    /// <summary>Why it was not read to its end; empty when it was.</summary>
    public string NotRead { get; init; } = "";
}

/// <summary>One thing about a file.</summary>
/// <param name="Name">Stable name in kebab case, such as <c>pdf-javascript</c>.</param>
/// <param name="Detail">For people: what was seen, short.</param>
/// <param name="Offset">Byte offset in the file, -1 when it has none.</param>
/// <param name="Place">Where in the file when bytes do not say it, such as <c>page 2</c> or <c>word/vbaProject.bin, Module1</c>.</param>
public sealed record FileFeature(string Name, string Detail, long Offset = -1, string Place = "");
