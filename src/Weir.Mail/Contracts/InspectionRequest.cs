using Weir.Mail.Inspection;
using Weir.Mail.Inspection.Passwords;

namespace Weir.Mail.Contracts;

/// <summary>The files of one message that need a reader of their own.</summary>
/// <param name="Files">In the order of the message.</param>
public sealed record InspectionRequest(IReadOnlyList<FileToInspect> Files)
{
    /// <summary>What of a message must be inspected; nothing (the common case) when no part of it needs a reader.</summary>
    public static InspectionRequest? Of(ParsedMessage message)
    {
        var files = new List<FileToInspect>();
        IReadOnlyList<string>? passwords = null;
        foreach (var part in message.Parts)
        {
            // The text of the message itself is read with it.
            var isBody = !part.IsAttachment && part.FileType is "html" or "txt";
            if (!part.Content.IsEmpty && !isBody && FileReaders.ReadsInMessage(part.FileType))
            {
                passwords ??= PasswordCandidates.Of(message.Subject, message.VisibleText);
                files.Add(new FileToInspect { PartPath = part.Path, FileType = part.FileType, FileName = part.FileName, Sha256 = part.Sha256, Content = part.Content, Passwords = passwords });
            }
        }

        return files.Count == 0 ? null : new InspectionRequest(files);
    }
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
