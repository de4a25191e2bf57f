using Weir.Mail.Mime;

namespace Weir.Mail.Files;

/// <summary>Which parts a reader sees as files, and which as the body; follows what common mail clients do.</summary>
internal static class AttachmentRule
{
    /// <summary>Text that clients show in the message itself.</summary>
    public static bool IsBody(MimeNode node) =>
        node.MediaType is "text/plain" or "text/html" or "text/enriched" or "text/richtext"
        && node.Disposition.Value != "attachment"
        && (node.DeclaredName.Length == 0 || node.ParentType is "multipart/alternative" || (node.Disposition.Value == "inline" && FileNames.Extension(node.DeclaredName) is "" or "txt"))
        && node.NotRead.Length == 0;

    public static bool IsAttachment(MimeNode node)
    {
        if (IsBody(node))
        {
            return false;
        }

        if (node.Disposition.Value == "attachment")
        {
            return true;
        }

        var named = node.DeclaredName.Length > 0;
        return node.MediaType switch
        {
            // The signature of a signed message is shown as a mark, not as a file.
            "application/pgp-signature" or "application/pkcs7-signature" or "application/x-pkcs7-signature" when node.ParentType == "multipart/signed" => false,
            "application/pgp-encrypted" when node.ParentType == "multipart/encrypted" => false,
            "message/delivery-status" or "message/disposition-notification" or "message/feedback-report" or "text/rfc822-headers" => named,
            "message/rfc822" or "message/global" => true,
            var type when type.StartsWith("image/", StringComparison.Ordinal) => !IsShownInBody(node),
            var type when type.StartsWith("text/", StringComparison.Ordinal) => named,
            _ => true,
        };
    }

    /// <summary>A picture that the HTML body refers to.</summary>
    private static bool IsShownInBody(MimeNode node) =>
        node.ContentId.Length > 0 && (node.Disposition.Value == "inline" || node.ParentType == "multipart/related");
}
