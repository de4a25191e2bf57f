using Weir.Mail.Headers;

namespace Weir.Mail.Mime;

/// <summary>One entity of the MIME tree: its fields, what it declares, and where its body stands in <see cref="Source"/>.</summary>
internal sealed class MimeNode
{
    public required string Path { get; init; }

    /// <summary>The message, or the decoded content of an embedded one.</summary>
    public required ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>Offsets in <see cref="Source"/> are offsets of the message.</summary>
    public required bool IsInMessage { get; init; }

    public required HeaderBlock Block { get; init; }
    public required int BodyEnd { get; init; }
    public required string MediaType { get; init; }
    public required FieldParameters Type { get; init; }
    public required FieldParameters Disposition { get; init; }

    /// <summary>Declared transfer encoding in lower case; empty when there is none.</summary>
    public required string TransferEncoding { get; init; }

    public required string ContentId { get; init; }

    /// <summary>Media type of the multipart around it; empty at the top.</summary>
    public required string ParentType { get; init; }

    /// <summary>Number of messages around it, the outermost not counted.</summary>
    public required int EmbeddedIn { get; init; }

    /// <summary>Decoded content; set by the tree.</summary>
    public ReadOnlyMemory<byte> Content { get; set; }

    /// <summary>Why it was not read to its end; empty when it was.</summary>
    public string NotRead { get; set; } = "";

    public ReadOnlyMemory<byte> Body => Source[Block.BodyStart..BodyEnd];

    public long OffsetOf(int position) => IsInMessage ? position : -1;

    public bool IsMultipart => MediaType.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Decoded file name as declared, path included; empty when there is none.</summary>
    public string DeclaredName => Disposition.Get("filename") ?? Type.Get("name") ?? "";
}
