using System.Text;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Support;

/// <summary>Messages written as text: LF becomes CRLF, characters beyond ASCII become Latin-1 bytes.</summary>
internal static class Eml
{
    public static ParsedMessage Parse(string text, ParseLimits? limits = null) => MailParser.Parse(Bytes(text), limits);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static ParsedMessage Html(string html) => MailParser.Parse(Encoding.UTF8.GetBytes($"From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}"));

    public static ParsedMessage Plain(string text) => MailParser.Parse(Encoding.UTF8.GetBytes($"From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}"));

    /// <summary>A message with one attachment.</summary>
    public static ParsedMessage WithFile(string name, byte[] content, ParseLimits? limits = null) => Parse(
        $"""
        From: a@example.org
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        see file
        --b
        Content-Type: application/octet-stream
        Content-Disposition: attachment; filename="{name}"
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}
        --b--
        """,
        limits);

    /// <summary>A message with several attachments.</summary>
    public static ParsedMessage WithFiles(params (string Name, byte[] Content)[] files) => Parse(
        $"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nsee files\n{string.Concat(files.Select(file => $"--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{file.Name}\"\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(file.Content, Base64FormattingOptions.InsertLineBreaks)}\n"))}--b--\n");

    public static IEnumerable<string> Kinds(this ParsedMessage message) => message.Defects.Select(defect => defect.Kind);
}
