using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Detection.Learning;

/// <summary>A number of a text that is the same in every process.</summary>
internal static class StableHash
{
    public static ulong Of(string text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
