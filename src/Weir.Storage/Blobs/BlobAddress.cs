using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Weir.Storage.Contracts;

namespace Weir.Storage.Blobs;

/// <summary>What a <see cref="BlobId"/> says: in which pack, where, how long, and under which key. Its text is <c>pack-offset-length-key</c>.</summary>
internal readonly record struct BlobAddress(int Pack, long Offset, int Length, Guid Key)
{
    public BlobId ToId() => new(string.Create(CultureInfo.InvariantCulture, $"{Pack}-{Offset}-{Length}-{Key:N}"));

    public static bool TryParse(BlobId id, [NotNullWhen(true)] out BlobAddress? address)
    {
        address = null;
        if (id.Value?.Split('-') is [var pack, var offset, var length, var key]
            && int.TryParse(pack, NumberStyles.None, CultureInfo.InvariantCulture, out var packNumber)
            && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var offsetNumber)
            && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var lengthNumber)
            && lengthNumber <= BlobSeal.LargestSealed
            && Guid.TryParseExact(key, "N", out var keyId))
        {
            address = new BlobAddress(packNumber, offsetNumber, lengthNumber, keyId);
        }

        return address is not null;
    }
}
