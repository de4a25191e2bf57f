namespace Weir.Mail.Contracts;

/// <summary>What one message is: a pure function of its bytes. Never fails; what is malformed is in <see cref="Defects"/>.</summary>
public sealed record ParsedMessage
{
    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the raw bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public IReadOnlyList<MailHeader> Headers { get; init; } = [];

    /// <summary>The header block as text, for people to read; at most 256 KiB.</summary>
    public string HeaderText { get; init; } = "";

    public IReadOnlyList<MailAddress> From { get; init; } = [];
    public MailAddress? Sender { get; init; }
    public IReadOnlyList<MailAddress> ReplyTo { get; init; } = [];
    public IReadOnlyList<MailAddress> To { get; init; } = [];
    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    /// <summary>The address of the topmost Return-Path field; empty when there is none or it is null.</summary>
    public string ReturnPath { get; init; } = "";

    /// <summary>Decoded subject without line breaks.</summary>
    public string Subject { get; init; } = "";

    public DateTimeOffset? Date { get; init; }

    /// <summary>Message-ID with angle brackets; empty when there is none.</summary>
    public string MessageId { get; init; } = "";

    public string InReplyTo { get; init; } = "";
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Leaf parts in document order, members of embedded messages included (path <c>2.1.3</c>).</summary>
    public IReadOnlyList<MailPart> Parts { get; init; } = [];

    /// <summary>The parts that a reader sees as files.</summary>
    public IReadOnlyList<MailPart> Attachments => [.. Parts.Where(part => part.IsAttachment)];

    /// <summary>Decoded text of the plain body; empty when there is none.</summary>
    public string TextBody { get; init; } = "";

    /// <summary>Decoded source of the HTML body; empty when there is none.</summary>
    public string HtmlBody { get; init; } = "";

    /// <summary>What a person reads: the visible text of the HTML body, else the plain body. Hidden text is left out.</summary>
    public string VisibleText { get; init; } = "";

    public IReadOnlyList<MailUrl> Urls { get; init; } = [];

    /// <summary>Received fields, newest (topmost) first.</summary>
    public IReadOnlyList<ReceivedHop> Received { get; init; } = [];

    /// <summary>Fingerprint of the body: 64 bits, stable, near-duplicates differ in few bits; 0 for an empty body.</summary>
    public long ClusterId { get; init; }

    /// <summary>ISO 639-1 code of the body's language; empty when undecided.</summary>
    public string Language { get; init; } = "";

    public IReadOnlyList<MailDefect> Defects { get; init; } = [];

    /// <summary>The visible sender: the first From address, else Sender.</summary>
    public MailAddress? Author => From.Count > 0 ? From[0] : Sender;

    /// <summary>The decoded value of the first field of this name, or nothing.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}

/// <summary>A header field.</summary>
/// <param name="Name">As written.</param>
/// <param name="Value">Unfolded and decoded (RFC 2047).</param>
/// <param name="Raw">The value as written, folded, bytes as Latin-1.</param>
/// <param name="Offset">Byte offset of the field in the message.</param>
public sealed record MailHeader(string Name, string Value, string Raw, long Offset);

/// <summary>An address of a header field.</summary>
/// <param name="DisplayName">Decoded; empty when absent.</param>
/// <param name="Address"><c>local@domain</c>; domain in lower case, IDN as U-labels kept as written.</param>
public sealed record MailAddress(string DisplayName, string Address)
{
    /// <summary>The part after the last @, lower case; empty when there is none.</summary>
    public string Domain => Address.LastIndexOf('@') is >= 0 and var at ? Address[(at + 1)..].ToLowerInvariant() : "";

    public string LocalPart => Address.LastIndexOf('@') is >= 0 and var at ? Address[..at] : Address;
}

/// <summary>A leaf of the MIME tree.</summary>
public sealed record MailPart
{
    /// <summary>Position in the tree, such as <c>1.2</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Declared media type in lower case.</summary>
    public required string ContentType { get; init; }

    /// <summary>File type by content: a short lower-case name such as <c>pdf</c>, <c>docm</c>, <c>exe</c>, <c>zip</c>, <c>html</c>, <c>lnk</c>; <c>unknown</c> when undecided.</summary>
    public required string FileType { get; init; }

    /// <summary>Decoded file name without path; empty when there is none.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Extension of the file name in lower case without the dot.</summary>
    public string Extension => FileName.LastIndexOf('.') is >= 0 and var dot && dot < FileName.Length - 1 ? FileName[(dot + 1)..].Trim().ToLowerInvariant() : "";

    public string ContentId { get; init; } = "";
    public bool IsAttachment { get; init; }

    /// <summary>Text that a reader sees in the message itself: a piece of <see cref="ParsedMessage.TextBody"/> or <see cref="ParsedMessage.HtmlBody"/>.</summary>
    public bool IsBody { get; init; }

    /// <summary>Transfer encoding as declared, in lower case; empty when there is none.</summary>
    public string TransferEncoding { get; init; } = "";

    /// <summary>Character set as declared; empty when there is none.</summary>
    public string Charset { get; init; } = "";

    /// <summary>Where the body, as it is encoded, begins in the message; -1 when it stands inside something that is encoded itself.</summary>
    public int BodyStart { get; init; } = -1;

    /// <summary>After the last byte of the body; -1 as <see cref="BodyStart"/>.</summary>
    public int BodyEnd { get; init; } = -1;

    /// <summary>Where the part's own header begins; -1 as <see cref="BodyStart"/>, and when its header is that of the message.</summary>
    public int HeaderStart { get; init; } = -1;

    /// <summary>Decoded size in bytes.</summary>
    public long Size { get; init; }

    public string Md5 { get; init; } = "";
    public string Sha1 { get; init; } = "";
    public string Sha256 { get; init; } = "";

    /// <summary>Decoded content.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Members of an archive, bounded in number, depth and size.</summary>
    public IReadOnlyList<ArchiveMember> Members { get; init; } = [];

    /// <summary>The archive needs a password.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Why the content was not read to its end; empty when it was.</summary>
    public string NotRead { get; init; } = "";
}

/// <summary>A file inside an archive.</summary>
public sealed record ArchiveMember
{
    public required string Path { get; init; }
    public required string FileType { get; init; }
    public long Size { get; init; }
    public string Md5 { get; init; } = "";
    public string Sha1 { get; init; } = "";
    public string Sha256 { get; init; } = "";
    public bool IsEncrypted { get; init; }
    public string Extension => Path.LastIndexOf('.') is >= 0 and var dot && dot < Path.Length - 1 ? Path[(dot + 1)..].Trim().ToLowerInvariant() : "";
}

/// <summary>Where a URL stood (inventory §1.1, URL source).</summary>
public enum UrlSource
{
    Unknown,
    EmailBody,
    EmailHeader,
    Subject,
    Attachments,
    QrCode,
    CloudAttachment,
}

/// <summary>A URL found in a message.</summary>
public sealed record MailUrl
{
    /// <summary>The URL as a browser would request it (WHATWG serialisation); of a rewritten link what it stands for.</summary>
    public required string Url { get; init; }

    /// <summary>As written in the message.</summary>
    public required string Written { get; init; }

    /// <summary>Host in ASCII (punycode), lower case.</summary>
    public required string Domain { get; init; }

    public UrlSource Source { get; init; }

    /// <summary>The visible text of the link; empty for URLs in plain text.</summary>
    public string ShownText { get; init; } = "";

    /// <summary>The MIME part it stood in.</summary>
    public string PartPath { get; init; } = "";

    /// <summary>Products that had rewritten the link, the outermost first; empty when none had.</summary>
    public string WrappedBy { get; init; } = "";

    /// <summary>Public sites that the link only passes through; empty when there are none.</summary>
    public string ForwardedBy { get; init; } = "";

    /// <summary>Rewritten, and only the product knows where it leads: <see cref="Url"/> is the rewritten link.</summary>
    public bool IsUnresolved { get; init; }
}

/// <summary>One Received field.</summary>
public sealed record ReceivedHop
{
    public string FromName { get; init; } = "";
    public string FromIp { get; init; } = "";
    public string Helo { get; init; } = "";
    public string By { get; init; } = "";
    public string With { get; init; } = "";
    public string Id { get; init; } = "";
    public DateTimeOffset? At { get; init; }
    public string Raw { get; init; } = "";
}

/// <summary>Malformed mail: what is wrong, and where.</summary>
/// <param name="Kind">Stable name in kebab case, such as <c>missing-date</c> or <c>duplicate-from</c>.</param>
/// <param name="Detail">For people.</param>
/// <param name="Offset">Byte offset, -1 when it has none.</param>
public sealed record MailDefect(string Kind, string Detail, long Offset = -1);
