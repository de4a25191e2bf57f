using System.Buffers.Binary;
using System.Text.Json;
using Weir.Mail.Contracts;

namespace Weir.Mail.Inspection.Children;

/// <summary>
/// What goes between Weir and a child. Every frame is a length of four bytes and JSON; behind the frame of a question follow the contents of its files.
/// The child says <see cref="InspectionHello"/> once, then for each question one <see cref="InspectionAnswer"/> a file, in order.
/// </summary>
internal static class InspectionFrames
{
    /// <summary>Bytes of one frame; a child that is taken over says no more.</summary>
    public const int Longest = 16 << 20;

    public static byte[] Of(InspectionHello hello) => WithLength(JsonSerializer.SerializeToUtf8Bytes(hello, InspectionJson.Default.InspectionHello));

    public static byte[] Of(InspectionQuestion question) => WithLength(JsonSerializer.SerializeToUtf8Bytes(question, InspectionJson.Default.InspectionQuestion));

    /// <summary>An answer that is too long to be said says that instead.</summary>
    public static byte[] Of(InspectionAnswer answer, FileToInspect file)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, InspectionJson.Default.InspectionAnswer);
        return WithLength(json.Length <= Longest
            ? json
            : JsonSerializer.SerializeToUtf8Bytes(new InspectionAnswer(InspectionResult.NotRead([file], "more was found than can be told")), InspectionJson.Default.InspectionAnswer));
    }

    /// <summary>Reads one frame.</summary>
    /// <returns>Nothing when the other side has closed.</returns>
    /// <exception cref="InvalidDataException">It is too long, or ends before its length.</exception>
    public static async ValueTask<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[4];
        var read = await stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        var bytes = read == length.Length ? BinaryPrimitives.ReadInt32LittleEndian(length) : -1;
        if (bytes is < 0 or > Longest)
        {
            throw new InvalidDataException("A frame of the inspection is broken.");
        }

        var frame = new byte[bytes];
        return await stream.ReadAtLeastAsync(frame, bytes, throwOnEndOfStream: false, cancellationToken) == bytes ? frame : throw new InvalidDataException("A frame of the inspection is cut.");
    }

    private static byte[] WithLength(byte[] json)
    {
        var frame = new byte[json.Length + 4];
        BinaryPrimitives.WriteInt32LittleEndian(frame, json.Length);
        json.CopyTo(frame, 4);
        return frame;
    }
}
