using System.Security.Cryptography;
using Weir.Mail.Addresses;
using Weir.Mail.Archives;
using Weir.Mail.Contracts;
using Weir.Mail.Fingerprint;
using Weir.Mail.Headers;
using Weir.Mail.Text;
using Weir.Mail.Urls;

namespace Weir.Mail.Mime;

/// <summary>Reads one message from its bytes to the record.</summary>
internal sealed class MessageReading(ReadOnlyMemory<byte> raw, ParseLimits limits)
{
    private readonly DefectList _defects = new();

    public ParsedMessage Read()
    {
        var span = raw.Span;
        var block = HeaderBlock.Scan(span, 0, span.Length, limits.HeaderBytes);
        var fields = new MessageFields(span, block, _defects);
        CheckBytes(span, block);

        var tree = new MimeTree(limits, _defects);
        tree.Walk(raw, block);
        var reading = new PartReading(Math.Max(64L << 20, span.Length * 3L));
        var archives = new ArchiveReading(limits, _defects);
        var parts = tree.Leaves.ConvertAll(node => archives.Read(reading.Read(node)));
        var files = parts.SelectMany(part => part switch
        {
            { FileType: "tnef" } => reading.WithFilesOfTnef(part, archives),
            { ContentType: "text/plain", IsAttachment: false } => [part, .. reading.FilesOfText(part, archives)],
            _ => (IEnumerable<MailPart>)[part],
        }).ToList();

        var body = BodyText.Of(tree.Leaves, _defects);
        var page = body.Html.Length > 0 ? HtmlReading.Read(body.Html, limits.Urls) : null;
        if (page is { IsCut: true })
        {
            _defects.Add("html-too-complex", "The HTML body is larger or deeper than the limits; the rest was not read.");
        }

        var visible = page?.VisibleText is { Length: > 0 } shown ? shown : PlainText.Visible(body.Plain);
        return new ParsedMessage
        {
            Size = span.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(span)),
            Headers = fields.Headers,
            HeaderText = fields.Text,
            From = fields.Addresses("From"),
            Sender = fields.Addresses("Sender") is [var sender, ..] ? sender : null,
            ReplyTo = fields.Addresses("Reply-To"),
            To = fields.Addresses("To"),
            Cc = fields.Addresses("Cc"),
            ReturnPath = ReturnPath(fields),
            Subject = HeaderText.Decode(fields.Value("Subject")).ReplaceLineEndings(" "),
            Date = fields.Date(),
            MessageId = MessageFields.Ids(fields.Value("Message-ID")) is [var id, ..] ? id : Bracketed(fields.Value("Message-ID")),
            InReplyTo = MessageFields.Ids(fields.Value("In-Reply-To")) is [var reply, ..] ? reply : "",
            References = MessageFields.Ids(fields.Value("References")),
            Received = fields.Received,
            Parts = files,
            TextBody = body.Plain,
            HtmlBody = body.Html,
            VisibleText = visible,
            Urls = MessageUrls.Of(fields, body, page, tree.Leaves, parts, limits, _defects),
            ClusterId = BodyFingerprint.Of(visible, body.Html),
            Language = LanguageGuess.Of(visible),
            Defects = _defects.All,
        };
    }

    private static string ReturnPath(MessageFields fields)
    {
        var value = fields.Value("Return-Path");
        return value.Length == 0 ? "" : AddressField.Parse(value, out _) is [var address, ..] ? address.Address : "";
    }

    private static string Bracketed(string value) => value.Length == 0 ? "" : $"<{value}>";

    private void CheckBytes(ReadOnlySpan<byte> span, HeaderBlock block)
    {
        if (span.IsEmpty)
        {
            _defects.Add("empty", "The message has no bytes.");
        }

        if (span.IndexOf((byte)0) is >= 0 and var zero)
        {
            _defects.Add("nul-byte", "The message holds NUL bytes.", zero);
        }

        // RFC 5322 §2.3: CR and LF occur only together. A message stored with LF alone is not malformed.
        var feeds = span.Count((byte)'\n');
        var returns = span.Count((byte)'\r');
        var pairs = returns == 0 ? 0 : span.Count("\r\n"u8);
        if (returns > pairs)
        {
            _defects.Add("bare-cr", "A carriage return stands alone.", Alone(span));
        }

        if (pairs > 0 && feeds > pairs)
        {
            _defects.Add("bare-lf", "Some lines end with a line feed alone.");
        }

        if (block.BodyStart >= span.Length && !span.IsEmpty)
        {
            _defects.Add("empty-body", "The message has no body.");
        }
    }

    private static int Alone(ReadOnlySpan<byte> span)
    {
        for (var at = span.IndexOf((byte)'\r'); at >= 0;)
        {
            if (at + 1 >= span.Length || span[at + 1] != '\n')
            {
                return at;
            }

            var next = span[(at + 2)..].IndexOf((byte)'\r');
            at = next < 0 ? -1 : at + 2 + next;
        }

        return -1;
    }
}
