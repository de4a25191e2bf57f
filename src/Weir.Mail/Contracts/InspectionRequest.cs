using System.Text;
using Weir.Mail.Inspection;
using Weir.Mail.Inspection.Passwords;

namespace Weir.Mail.Contracts;

/// <summary>The files of one message that need a reader of their own.</summary>
/// <param name="Files">In the order of the message.</param>
public sealed record InspectionRequest(IReadOnlyList<FileToInspect> Files)
{
    /// <summary>File types of a body in which a code may be drawn without a picture.</summary>
    internal const string DrawnText = "drawn text";
    internal const string DrawnHtml = "drawn html";

    /// <summary>File type of a PDF whose text is wanted.</summary>
    internal const string PdfText = "pdf text";

    private const int LongestBody = 1 << 20;
    private const int LongestPdfForText = 8 << 20;

    /// <summary>What of a message must be inspected; nothing (the common case) when no part of it needs a reader.</summary>
    public static InspectionRequest? Of(ParsedMessage message) => Of(message, hasRules: false);

    /// <param name="hasRules">There are rules for files of every type.</param>
    internal static InspectionRequest? Of(ParsedMessage message, bool hasRules)
    {
        var files = new List<FileToInspect>();
        IReadOnlyList<string>? passwords = null;
        foreach (var part in message.Parts)
        {
            // The text of the message itself is read with it.
            var isBody = !part.IsAttachment && part.FileType is "html" or "txt";
            if (!part.Content.IsEmpty && !isBody && (hasRules || FileReaders.ReadsInMessage(part.FileType)))
            {
                passwords ??= PasswordCandidates.Of(message.Subject, message.VisibleText);
                files.Add(new FileToInspect { PartPath = part.Path, FileType = part.FileType, FileName = part.FileName, Sha256 = part.Sha256, Content = part.Content, Passwords = passwords });
            }
        }

        // The text of a PDF is read apart and last, so that a page that takes too long hides nothing else.
        files.AddRange(files.Where(file => file.FileType == "pdf" && file.Content.Length <= LongestPdfForText).Select(file => file with { FileType = PdfText }).ToList());
        AddDrawn(files, message);
        return files.Count == 0 ? null : new InspectionRequest(files);
    }

    private static void AddDrawn(List<FileToInspect> files, ParsedMessage message)
    {
        if (message.TextBody.Length is > 0 and <= LongestBody && Inspection.Pictures.DrawnText.MayHold(message.TextBody))
        {
            files.Add(Body(DrawnText, message.TextBody, message, "text/plain"));
        }

        if (message.HtmlBody.Length is > 0 and <= LongestBody && Inspection.Pictures.DrawnHtml.MayHold(message.HtmlBody))
        {
            files.Add(Body(DrawnHtml, message.HtmlBody, message, "text/html"));
        }
    }

    private static FileToInspect Body(string type, string text, ParsedMessage message, string contentType) => new()
    {
        PartPath = message.Parts.FirstOrDefault(part => !part.IsAttachment && part.ContentType == contentType)?.Path ?? "",
        FileType = type,
        Content = Encoding.UTF8.GetBytes(text),
    };
}

/// <summary>One file to inspect.</summary>
public sealed record FileToInspect
{
    public required string PartPath { get; init; }
    public required string FileType { get; init; }
    public string FileName { get; init; } = "";
    public string Sha256 { get; init; } = "";
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>What the message says that may open it, in the order of trying.</summary>
    public IReadOnlyList<string> Passwords { get; init; } = [];
}
