using AngleSharp.Dom;
using Weir.Mail.Contracts;

namespace Weir.Response.Content.Preview;

/// <summary>Pictures that the message carries itself (<c>cid:</c>), as data: URIs. Only what is by its content one of four plain formats, and only so much.</summary>
internal static class OwnPictures
{
    private const int LargestPicture = 1 << 20;
    private const int LargestTogether = 6 << 20;

    private static readonly Dictionary<string, string> Formats = new(StringComparer.Ordinal)
    {
        ["png"] = "image/png",
        ["jpg"] = "image/jpeg",
        ["jpeg"] = "image/jpeg",
        ["gif"] = "image/gif",
        ["webp"] = "image/webp",
    };

    public static void PutIn(IDocument document, IReadOnlyList<MailPart> parts, RemovedParts removed)
    {
        var left = LargestTogether;
        foreach (var picture in document.QuerySelectorAll("img"))
        {
            var part = Find(parts, picture.GetAttribute("src") ?? "");
            if (part is null || !Formats.TryGetValue(part.FileType, out var type) || part.Content.Length > Math.Min(LargestPicture, left))
            {
                removed.Add("picture of the message that is missing, too large or no plain picture");
                picture.Remove();
                continue;
            }

            left -= part.Content.Length;
            picture.SetAttribute("src", $"data:{type};base64,{Convert.ToBase64String(part.Content.Span)}");
        }
    }

    private static MailPart? Find(IReadOnlyList<MailPart> parts, string source)
    {
        if (!source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var id = Uri.UnescapeDataString(source[4..]).Trim('<', '>', ' ');
        return id.Length == 0 ? null : parts.FirstOrDefault(part => part.ContentId.Trim('<', '>', ' ').Equals(id, StringComparison.Ordinal));
    }
}
