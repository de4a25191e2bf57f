using System.Globalization;
using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Files;
using Weir.Mail.Headers;

namespace Weir.Mail.Mime;

/// <summary>
/// Walks the MIME tree of one message and lists its leaves in document order; embedded messages are leaves and are walked too.
/// Works on ranges of the message: nothing is copied but decoded content, so that no flood of parts costs more than its bytes.
/// </summary>
internal sealed class MimeTree(ParseLimits limits, DefectList defects)
{
    private int _nodes;

    public List<MimeNode> Leaves { get; } = [];

    public void Walk(ReadOnlyMemory<byte> message, HeaderBlock block) =>
        WalkEntity(Node(message, block, message.Length, "", "", embedded: 0, inMessage: true), depth: 0);

    private void WalkEntity(MimeNode node, int depth)
    {
        if (depth >= limits.Depth)
        {
            defects.Add("too-deep", $"Parts are nested deeper than {limits.Depth}.", node.OffsetOf(node.Block.FieldsStart));
            node.NotRead = "too deep";
            AddLeaf(node);
            return;
        }

        if (node.IsMultipart && WalkMultipart(node, depth))
        {
            return;
        }

        node.Content = Decode(node);
        AddLeaf(node);
        if (IsMessage(node) && node.Content.Length > 0)
        {
            var start = node.TransferEncoding is "base64" or "quoted-printable" || node.Content.Length != node.Body.Length ? -1 : node.Block.BodyStart;
            var source = start < 0 ? node.Content : node.Source[..node.BodyEnd];
            var block = HeaderBlock.Scan(source.Span, Math.Max(start, 0), source.Length, limits.HeaderBytes);
            WalkEntity(Node(source, block, source.Length, node.Path, "", node.EmbeddedIn + 1, node.IsInMessage && start >= 0), depth + 1);
        }
        else if (IsOpaque(node) && ContentOf(node) is { IsEmpty: false } signed)
        {
            // What is wrapped in the signature is the message itself, as a reader sees it.
            var block = HeaderBlock.Scan(signed.Span, 0, signed.Length, limits.HeaderBytes);
            WalkEntity(Node(signed, block, signed.Length, node.Path, "", node.EmbeddedIn, inMessage: false), depth + 1);
        }
    }

    private bool WalkMultipart(MimeNode node, int depth)
    {
        var source = node.Source;
        var (start, end, inMessage) = (node.Block.BodyStart, node.BodyEnd, node.IsInMessage);
        if (node.TransferEncoding is not ("" or "7bit" or "8bit" or "binary"))
        {
            defects.Add("encoded-multipart", $"A multipart declares the transfer encoding {node.TransferEncoding}.", node.OffsetOf(node.Block.FieldsStart));
        }

        var split = FindParts(node, source.Span, start, end);
        if (split.Parts.Count == 0 && node.TransferEncoding is "base64" or "quoted-printable")
        {
            source = TransferDecoding.Decode(node.Body, node.TransferEncoding, out _);
            (start, end, inMessage) = (0, source.Length, false);
            split = FindParts(node, source.Span, start, end);
        }

        if (split.Parts.Count == 0)
        {
            return false;
        }

        Report(node, split, source.Span, start);
        var number = 0;
        foreach (var (from, to) in split.Parts)
        {
            number++;
            if (_nodes >= limits.Parts)
            {
                defects.Add("too-many-parts", $"The message has more than {limits.Parts} parts.", inMessage ? from : -1);
                break;
            }

            var path = node.Path.Length == 0 ? number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{node.Path}.{number}");
            var block = HeaderBlock.Scan(source.Span[..to], from, to, limits.HeaderBytes);
            WalkEntity(Node(source, block, to, path, node.MediaType, node.EmbeddedIn, inMessage), depth + 1);
        }

        return true;
    }

    private Boundaries FindParts(MimeNode node, ReadOnlySpan<byte> raw, int start, int end)
    {
        var most = Math.Max(1, limits.Parts - _nodes + 1);
        var offset = node.OffsetOf(node.Block.FieldsStart);
        Boundaries? split = null;
        var written = node.Type.All("boundary").Take(3).ToList();
        foreach (var boundary in written.SelectMany(each => each.EndsWith(' ') ? [each, each.TrimEnd()] : (IEnumerable<string>)[each]))
        {
            split = Boundaries.Split(raw, start, end, Encoding.Latin1.GetBytes(boundary), most);
            if (split.Parts.Count > 0)
            {
                return split;
            }
        }

        if (written.Count == 0 && node.Type.Get("boundary") is { Length: > 0 } extended)
        {
            split = Boundaries.Split(raw, start, end, Encoding.UTF8.GetBytes(extended), most);
        }
        else if (written.Count > 0 && written[0].Length > 0)
        {
            split = Boundaries.Split(raw, start, end, Encoding.Latin1.GetBytes(written[0].TrimEnd()), most, lenient: true);
        }

        if (split is { Parts.Count: > 0 })
        {
            defects.Add("ambiguous-boundary", "The delimiters of a multipart differ from its boundary parameter.", offset);
            return split;
        }

        defects.Add(written.Count == 0 ? "missing-boundary" : "boundary-not-found", "The delimiters of a multipart are not those it declares.", offset);
        var guess = Boundaries.Guess(raw, start, end);
        return Boundaries.Split(raw, start, guess.IsEmpty ? start : end, guess, most);
    }

    private void Report(MimeNode node, Boundaries split, ReadOnlySpan<byte> raw, int start)
    {
        var offset = node.OffsetOf(node.Block.FieldsStart);
        if (split.IsOpen && !split.IsCut)
        {
            defects.Add("unclosed-multipart", "The last delimiter of a multipart is missing.", offset);
        }

        if (split.IsAmbiguous)
        {
            defects.Add("ambiguous-boundary", "Delimiters are followed by text, or stand after the closing one.", offset);
        }

        if (split.First > start && HoldsFields(raw[start..split.First]))
        {
            defects.Add("content-before-first-part", "Text before the first part looks like a part.", node.OffsetOf(start));
        }
    }

    private static bool HoldsFields(ReadOnlySpan<byte> preamble)
    {
        preamble = preamble[..Math.Min(preamble.Length, 10_000)];
        return preamble.IndexOf("\nContent-"u8) >= 0 || preamble.StartsWith("Content-"u8) || preamble.IndexOf("\ncontent-"u8) >= 0;
    }

    private void AddLeaf(MimeNode node) => Leaves.Add(node);

    private ReadOnlyMemory<byte> Decode(MimeNode node)
    {
        var content = TransferDecoding.Decode(node.Body, node.TransferEncoding, out var defect);
        if (defect.Length > 0)
        {
            defects.Add(defect, $"Part {node.Path} declares the transfer encoding {node.TransferEncoding}.", node.OffsetOf(node.Block.BodyStart));
        }

        return content;
    }

    /// <summary>An embedded message by its media type, or a file that mail clients open as one.</summary>
    private static bool IsMessage(MimeNode node) =>
        node.MediaType is "message/rfc822" or "message/global" or "message/news"
        || (node.MediaType is "application/octet-stream" or "text/plain" && node.DeclaredName.EndsWith(".eml", StringComparison.OrdinalIgnoreCase));

    /// <summary>S/MIME that is not beside its content but around it (RFC 8551 §3.5.2).</summary>
    /// <summary>What an opaque signature holds; of one that cannot be read or was cut off, that is told.</summary>
    private ReadOnlyMemory<byte> ContentOf(MimeNode node)
    {
        var signed = SignedContent.Of(node.Content, out var isBroken);
        if (isBroken && node.Content.Length > 0)
        {
            node.NotRead = "a signed message that is broken";
            defects.Add("broken-signed-message", "What is declared as a signed message (S/MIME) cannot be read to its end.", node.OffsetOf(node.Block.FieldsStart));
        }

        return signed;
    }

    private static bool IsOpaque(MimeNode node) =>
        node.MediaType is "application/pkcs7-mime" or "application/x-pkcs7-mime"
        || (node.MediaType == "application/octet-stream" && node.DeclaredName.EndsWith(".p7m", StringComparison.OrdinalIgnoreCase));

    private MimeNode Node(ReadOnlyMemory<byte> source, HeaderBlock block, int end, string path, string parentType, int embedded, bool inMessage)
    {
        _nodes++;
        var span = source.Span;
        var fields = new EntityFields(span, block, defects, inMessage);
        var type = fields.Type is { } written ? FieldParameters.Parse(written) : FieldParameters.Empty;
        var media = MediaType(type.Value, fields.Type is not null, parentType);
        if (path.Length == 0 || parentType.Length == 0)
        {
            path = media.StartsWith("multipart/", StringComparison.Ordinal) ? path : path.Length == 0 ? "1" : path + ".1";
        }

        var disposition = fields.Disposition is { } text ? FieldParameters.Parse(text) : FieldParameters.Empty;
        if (!media.StartsWith("multipart/", StringComparison.Ordinal) && type.All("boundary").Any())
        {
            defects.Add("ambiguous-content-type", $"{type.Value} has a boundary but is no multipart.", inMessage ? block.FieldsStart : -1);
        }

        if (parentType.Length > 0 && IsCut(span[..end], block))
        {
            defects.Add("broken-part-header", "A line that is no field cuts the header of a part, or its fields stand behind a blank line.", inMessage ? block.FieldsStart : -1);
        }

        if (type.IsOdd || disposition.IsOdd)
        {
            defects.Add("malformed-parameter", "Readers differ in what a Content-Type or Content-Disposition field says.", inMessage ? block.FieldsStart : -1);
        }

        if (FileNames.Extension(type.Get("name") ?? "") is { Length: > 0 } one && FileNames.Extension(disposition.Get("filename") ?? "") is { Length: > 0 } other && one != other)
        {
            defects.Add("conflicting-file-names", $"A part is called {type.Get("name")} and {disposition.Get("filename")}.", inMessage ? block.FieldsStart : -1);
        }

        foreach (var (field, duplicate) in (ReadOnlySpan<(string, string)>)[("Content-Type", type.Duplicate), ("Content-Disposition", disposition.Duplicate)])
        {
            if (duplicate.Length > 0)
            {
                defects.Add("duplicate-parameter", $"{field} has the parameter {duplicate} more than once.", inMessage ? block.FieldsStart : -1);
            }
        }

        return new MimeNode
        {
            Path = path,
            Source = source,
            IsInMessage = inMessage,
            Block = block,
            BodyEnd = Math.Max(block.BodyStart, end),
            MediaType = media,
            Type = type,
            Disposition = disposition,
            TransferEncoding = fields.TransferEncoding,
            ContentId = fields.ContentId,
            ParentType = parentType,
            EmbeddedIn = embedded,
        };
    }

    /// <summary>Readers differ where the header of the part ends.</summary>
    private static bool IsCut(ReadOnlySpan<byte> raw, HeaderBlock block)
    {
        if (block.StrayLine >= 0)
        {
            return true;
        }

        var body = block.Fields.Count == 0 && block.BodyStart < raw.Length ? raw[block.BodyStart..] : [];
        return body.Length > 8 && System.Text.Ascii.EqualsIgnoreCase(body[..8], "content-"u8);
    }

    private static string MediaType(string value, bool isDeclared, string parentType)
    {
        // RFC 2046 §5.1.5: in a digest the default is a message; RFC 2045 §5.2: elsewhere it is plain text.
        if (!isDeclared || value.Length == 0)
        {
            return parentType == "multipart/digest" ? "message/rfc822" : "text/plain";
        }

        var slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < value.Length - 1 ? value : value is "text" or "html" or "plain" ? "text/plain" : value is "multipart" ? "multipart/mixed" : "application/octet-stream";
    }
}
