using Weir.Mail.Inspection;

namespace Weir.Mail.Contracts;

/// <summary>The files of one message that need a reader of their own.</summary>
/// <param name="Files">In the order of the message.</param>
public sealed record InspectionRequest(IReadOnlyList<FileToInspect> Files)
{
    /// <summary>What of a message must be inspected; nothing (the common case) when no part of it needs a reader.</summary>
    public static InspectionRequest? Of(ParsedMessage message)
    {
        var files = new List<FileToInspect>();
        foreach (var part in message.Parts)
        {
            if (!part.Content.IsEmpty && FileReaders.ReadsInMessage(part.FileType))
            {
                files.Add(new FileToInspect { PartPath = part.Path, FileType = part.FileType, FileName = part.FileName, Sha256 = part.Sha256, Content = part.Content });
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
}
