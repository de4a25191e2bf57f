using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Server.Audit;

/// <summary>One line of <c>progress.jsonl</c>: exactly one of the properties is set.</summary>
internal sealed record AuditLine
{
    /// <summary>The first line: what is audited.</summary>
    public AuditHead? Audit { get; init; }

    public Finding? Finding { get; init; }

    /// <summary>A folder was read to its end, or as far as its count says; its findings stand before this line.</summary>
    public FolderCount? Folder { get; init; }

    /// <summary>A mailbox, or a folder of it, could not be read.</summary>
    public AuditFailure? Failure { get; init; }

    /// <summary>The name of a mailbox that was read to its end.</summary>
    public string? Mailbox { get; init; }
}

/// <summary>What is audited. An audit goes on only with the same.</summary>
internal sealed record AuditHead(string Source, int Days, DateTimeOffset Since, DateTimeOffset Started, int Mailboxes, string Settings);

/// <summary>Why a mailbox or folder is not in the report.</summary>
internal sealed record AuditFailure(string Mailbox, string Folder, string Reason);

/// <summary>How lines are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    public static byte[] Of(AuditLine line) => JsonSerializer.SerializeToUtf8Bytes(line, Default.AuditLine);

    /// <summary>Nothing when the line is cut: the machine stopped while it was written.</summary>
    public static AuditLine? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Default.AuditLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
