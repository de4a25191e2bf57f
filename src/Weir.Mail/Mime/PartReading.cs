using System.Globalization;
using Weir.Mail.Archives;
using Weir.Mail.Contracts;
using Weir.Mail.Files;

namespace Weir.Mail.Mime;

/// <summary>Turns leaves into parts: real type, names, hashes. Nested messages hold the same bytes again, so hashing has a budget.</summary>
internal sealed class PartReading(long hashBudget)
{
    private long _left = hashBudget;

    public MailPart Read(MimeNode node)
    {
        var name = FileNames.Clean(node.DeclaredName);
        var found = FileTypes.Of(node.Content, name);

        // Readers show text of these two kinds by what is declared.
        var type = node.MediaType is "message/rfc822" or "message/global" ? "eml" : node.MediaType == "text/html" && found == "txt" ? "html" : found;
        return Of(node.Path, node.MediaType, name, node.Content, type) with
        {
            ContentId = node.ContentId,
            IsAttachment = AttachmentRule.IsAttachment(node),
            IsBody = node.EmbeddedIn == 0 && AttachmentRule.IsBody(node),
            TransferEncoding = node.TransferEncoding,
            Charset = node.Type.Get("charset") ?? "",
            BodyStart = node.IsInMessage ? node.Block.BodyStart : -1,
            BodyEnd = node.IsInMessage ? node.BodyEnd : -1,
            HeaderStart = node.IsInMessage && (node.EmbeddedIn > 0 || node.ParentType.Length > 0) ? node.Block.FieldsStart : -1,
            NotRead = node.NotRead,
        };
    }

    public MailPart Of(string path, string mediaType, string name, ReadOnlyMemory<byte> content, string fileType)
    {
        var hashes = HashesOf(content.Span);
        return new MailPart
        {
            Path = path,
            ContentType = mediaType,
            FileType = fileType,
            FileName = name,
            Content = content,
            Size = content.Length,
            Md5 = hashes.Md5,
            Sha1 = hashes.Sha1,
            Sha256 = hashes.Sha256,
            IsEncrypted = fileType is "pgp" || OleKinds.IsEncrypted(content.Span),
        };
    }

    /// <summary>The part, and the files that Outlook shows in place of <c>winmail.dat</c>.</summary>
    public IEnumerable<MailPart> WithFilesOfTnef(MailPart tnef, ArchiveReading archives)
    {
        var files = archives.Files(tnef.Content, out var notRead);
        return Files(tnef, files, archives).Prepend(tnef with { NotRead = tnef.NotRead.Length > 0 ? tnef.NotRead : notRead });
    }

    /// <summary>The files that stand uuencoded in a body of text.</summary>
    public IEnumerable<MailPart> FilesOfText(MailPart text, ArchiveReading archives) => Files(text, UuencodedText.Files(text.Content), archives);

    private IEnumerable<MailPart> Files(MailPart container, IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> files, ArchiveReading archives)
    {
        var number = 0;
        foreach (var (name, content) in files)
        {
            number++;
            var file = FileNames.Clean(name);
            var part = Of(string.Create(CultureInfo.InvariantCulture, $"{container.Path}.{number}"), "application/octet-stream", file, content, FileTypes.Of(content, file));
            yield return archives.Read(part with { IsAttachment = true });
        }
    }

    private Hashes HashesOf(ReadOnlySpan<byte> content)
    {
        _left -= content.Length;
        return _left < 0 ? Hashes.None : Hashes.Of(content);
    }
}
