using System.Buffers;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Actions;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>Reads message files: the header for a hint, the whole for proof.</summary>
internal static class MessageFile
{
    private const int Chunk = 8 << 10;

    /// <summary>Header bytes that are read at most: a longer header block is somebody's attempt to keep Weir busy.</summary>
    private const int MaxHeader = 256 << 10;

    /// <summary>Larger files are not looked into; no mail server takes them.</summary>
    private const long MaxMessage = 256L << 20;

    /// <summary>The hint in the header; nothing when the file is gone.</summary>
    public static IdentityHint? Peek(string path)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var filled = 0;
            while (true)
            {
                var read = RandomAccess.Read(file, buffer.AsSpan(filled), filled);
                filled += read;
                if (read == 0 || HasHeaderEnd(buffer.AsSpan(0, filled)) || filled >= MaxHeader)
                {
                    return HintOf(buffer.AsMemory(0, filled));
                }

                if (filled == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 4);
                    buffer.AsSpan(0, filled).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Is this file the message? Nothing when the file is gone.</summary>
    public static bool? Is(string path, MessageIdentity message)
    {
        try
        {
            return new FileInfo(path).Length <= MaxMessage && Proof.Agrees(File.ReadAllBytes(path), message);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool HasHeaderEnd(ReadOnlySpan<byte> bytes) => bytes.IndexOf("\n\n"u8) >= 0 || bytes.IndexOf("\n\r\n"u8) >= 0;

    private static IdentityHint HintOf(ReadOnlyMemory<byte> header)
    {
        _ = Guid.TryParseExact(MailContent.HeaderValue(header, ProvenAction.IdHeader), "D", out var id);
        return new IdentityHint(id, MailContent.HeaderValue(header, "Message-ID") is { Length: > 0 } messageId ? HashOf(messageId) : 0);
    }

    /// <summary>The hash that <see cref="IdentityHint.MessageIdHash"/> holds.</summary>
    public static int HashOf(string messageId) => StringComparer.Ordinal.GetHashCode(messageId);
}
