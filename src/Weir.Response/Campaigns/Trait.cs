using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Response.Campaigns;

/// <summary>One trait of a message as it is compared; a body's key is its fingerprint.</summary>
internal readonly record struct Trait(ulong Key, TraitKind Kind)
{
    /// <summary>A hash that nobody can aim at.</summary>
    public static Trait Of(TraitKind kind, string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{value}"), hash);
        return new Trait(BinaryPrimitives.ReadUInt64LittleEndian(hash), kind);
    }
}

/// <summary>A trait with what a person reads.</summary>
internal readonly record struct SpokenTrait(Trait Trait, string Value)
{
    public static SpokenTrait Of(TraitKind kind, string value) => new(Trait.Of(kind, value), value);
}
