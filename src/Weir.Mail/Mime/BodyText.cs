using System.Text;
using Weir.Mail.Files;
using Weir.Mail.Text;

namespace Weir.Mail.Mime;

/// <summary>The bodies that a reader sees: all inline text of the outermost message, in order, plain and HTML apart.</summary>
internal sealed record BodyText(string Plain, string Html, string PlainPath, string HtmlPath)
{
    public static BodyText Of(IReadOnlyList<MimeNode> leaves, DefectList defects)
    {
        var plain = new StringBuilder();
        var html = new StringBuilder();
        var (plainPath, htmlPath) = ("", "");
        foreach (var node in leaves)
        {
            if (node.EmbeddedIn > 0 || !AttachmentRule.IsBody(node))
            {
                continue;
            }

            var text = TextDecoding.Decode(node, defects);
            if (node.MediaType == "text/plain")
            {
                Append(plain, text, ref plainPath, node.Path);
            }
            else
            {
                Append(html, text, ref htmlPath, node.Path);
            }
        }

        return new BodyText(plain.ToString(), html.ToString(), plainPath, htmlPath);
    }

    private static void Append(StringBuilder all, string text, ref string path, string nodePath)
    {
        if (all.Length > 0)
        {
            all.Append('\n');
        }

        all.Append(text);
        path = path.Length == 0 ? nodePath : path;
    }
}
