using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Weir.Kernel;

namespace Weir.Gateway.Delivery;

/// <summary>Ids made of what they name: a log line that is read again after a crash is the same fact.</summary>
internal static class StableIds
{
    /// <summary>A GUID in the shape of version 7 (RFC 9562 §5.7): the instant, then bits of the text's hash.</summary>
    public static NetworkMessageId Of(DateTimeOffset at, string text)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), bytes);
        Span<byte> instant = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(instant, at.ToUnixTimeMilliseconds());
        instant[2..].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new NetworkMessageId(new Guid(bytes[..16], bigEndian: true));
    }
}
