using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Weir.Sample.Writing;

/// <summary>A mail to be written: turned into bytes the same way every time.</summary>
internal sealed record Draft
{
    public required (string Name, string Address) From { get; init; }
    public IReadOnlyList<(string Name, string Address)> To { get; init; } = [];
    public IReadOnlyList<(string Name, string Address)> Cc { get; init; } = [];
    public (string Name, string Address)? ReplyTo { get; init; }
    public required string Subject { get; init; }
    public required DateTimeOffset Date { get; init; }

    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; init; }

    public string InReplyTo { get; init; } = "";
    public IReadOnlyList<string> References { get; init; } = [];
    public string Text { get; init; } = "";

    /// <summary>Empty = plain text only.</summary>
    public string Html { get; init; } = "";

    public IReadOnlyList<Enclosure> Enclosures { get; init; } = [];

    /// <summary>Other fields, in this order.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    /// <summary>Received fields, newest first, without the name.</summary>
    public IReadOnlyList<string> Received { get; init; } = [];

    public byte[] Write()
    {
        using var message = new MimeMessage();
        message.Headers.Clear();
        message.MimeVersion = new Version(1, 0);
        message.From.Add(new MailboxAddress(Encoding.UTF8, From.Name, From.Address));
        message.To.AddRange(To.Select(to => new MailboxAddress(Encoding.UTF8, to.Name, to.Address)));
        message.Cc.AddRange(Cc.Select(cc => new MailboxAddress(Encoding.UTF8, cc.Name, cc.Address)));
        if (ReplyTo is { } reply)
        {
            message.ReplyTo.Add(new MailboxAddress(Encoding.UTF8, reply.Name, reply.Address));
        }

        message.Subject = Subject;
        message.Date = Date;
        message.MessageId = MessageId;
        if (InReplyTo.Length > 0)
        {
            message.InReplyTo = InReplyTo;
            foreach (var reference in References)
            {
                message.References.Add(reference);
            }
        }

        foreach (var (name, value) in Fields)
        {
            message.Headers.Add(name, value);
        }

        message.Body = Body();
        for (var hop = Received.Count - 1; hop >= 0; hop--)
        {
            message.Headers.Insert(0, new Header("Received", Received[hop]));
        }

        using var stream = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.Prepare(EncodingConstraint.SevenBit);
        message.WriteTo(format, stream);
        return stream.ToArray();
    }

    private MimeEntity Body()
    {
        MimeEntity body = new TextPart(TextFormat.Plain) { Text = Text };
        if (Html.Length > 0)
        {
            MimeEntity html = new TextPart(TextFormat.Html) { Text = Html };
            var shown = Enclosures.Where(enclosure => enclosure.ContentId.Length > 0).ToList();
            if (shown.Count > 0)
            {
                html = Together("related", [html, .. shown.Select(enclosure => enclosure.ToPart())]);
            }

            body = Text.Length == 0 ? html : Together("alternative", [body, html]);
        }

        var files = Enclosures.Where(enclosure => enclosure.ContentId.Length == 0 || Html.Length == 0).ToList();
        return files.Count == 0 ? body : Together("mixed", [body, .. files.Select(enclosure => enclosure.ToPart())]);
    }

    private Multipart Together(string kind, IEnumerable<MimeEntity> parts)
    {
        var multipart = new Multipart(kind);
        multipart.Boundary = $"=_{kind[0]}{MessageId.Split('@')[0].Replace('.', '_')}";
        foreach (var part in parts)
        {
            multipart.Add(part);
        }

        return multipart;
    }

    /// <summary>One Received field as a server writes it.</summary>
    public static string Hop(string fromName, string fromIp, string by, string with, string id, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $"from {fromName} ({fromName} [{(fromIp.Contains(':', StringComparison.Ordinal) ? "IPv6:" : "")}{fromIp}]) by {by} with {with} id {id}; {at.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal)}");
}

/// <summary>A file in a mail.</summary>
/// <param name="ContentId">Shown inside the text when not empty.</param>
internal sealed record Enclosure(string FileName, string ContentType, byte[] Content, string ContentId = "")
{
    public MimePart ToPart()
    {
        var type = MimeKit.ContentType.Parse(ContentType);
        type.Name = FileName;
        var part = new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(Content)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentId.Length > 0 ? ContentDisposition.Inline : ContentDisposition.Attachment) { FileName = FileName },
        };
        if (ContentId.Length > 0)
        {
            part.ContentId = ContentId;
        }

        return part;
    }
}
