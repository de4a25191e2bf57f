using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Weir.Kernel;

namespace Weir.Storage.Blobs;

/// <summary>
/// Files that are only appended to. A record is <c>"WBLB" | length (4, little endian) | key id (16) | sealed body</c>.
/// A torn record at the end, left by a crash, has no id that anybody knows and is written past.
/// </summary>
internal sealed class BlobPacks : IDisposable
{
    private const int HeaderSize = 24;

    private readonly string _directory;
    private readonly long _packBytes;
    private SafeFileHandle? _current;
    private int _pack;
    private long _end;

    /// <summary>Goes on where the last pack ends.</summary>
    /// <param name="packBytes">A pack that has reached this size is followed by a new one.</param>
    public BlobPacks(string directory, long packBytes)
    {
        _directory = directory;
        _packBytes = packBytes;
        Directory.CreateDirectory(directory);
        _pack = Directory.EnumerateFiles(directory, "pack-*.blobs")
            .Select(path => int.TryParse(Path.GetFileNameWithoutExtension(path)["pack-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .DefaultIfEmpty(0)
            .Max();
    }

    /// <summary>Appends records with one fsync. Used by one thread at a time.</summary>
    public IReadOnlyList<BlobAddress> Append(IReadOnlyList<(Guid Key, byte[] Sealed)> records)
    {
        try
        {
            var addresses = new BlobAddress[records.Count];
            for (var i = 0; i < addresses.Length; i++)
            {
                addresses[i] = Append(records[i].Key, records[i].Sealed);
            }

            RandomAccess.FlushToDisk(Current());
            return addresses;
        }
        catch (IOException)
        {
            // After a failed write or fsync nothing is known about the file's end: leave it and go on in a new pack.
            Close();
            _pack++;
            throw;
        }
    }

    /// <summary>The sealed body; nothing when no such record lies there.</summary>
    public async ValueTask<byte[]?> ReadAsync(BlobAddress address, CancellationToken cancellationToken)
    {
        var path = PathOf(address.Pack);
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.Asynchronous);
        if (address.Offset + HeaderSize + address.Length > RandomAccess.GetLength(file))
        {
            return null;
        }

        var record = new byte[HeaderSize + address.Length];
        for (var read = 0; read < record.Length;)
        {
            var got = await RandomAccess.ReadAsync(file, record.AsMemory(read), address.Offset + read, cancellationToken);
            if (got == 0)
            {
                return null;
            }

            read += got;
        }

        return Header(address.Key, address.Length).AsSpan().SequenceEqual(record.AsSpan(0, HeaderSize)) ? record[HeaderSize..] : null;
    }

    public void Dispose() => Close();

    private BlobAddress Append(Guid key, byte[] sealedBody)
    {
        if (_current is not null && _end >= _packBytes)
        {
            RandomAccess.FlushToDisk(_current);
            Close();
            _pack++;
        }

        var file = Current();
        RandomAccess.Write(file, [Header(key, sealedBody.Length), sealedBody], _end);
        var address = new BlobAddress(_pack, _end, sealedBody.Length, key);
        _end += HeaderSize + sealedBody.Length;
        return address;
    }

    private SafeFileHandle Current()
    {
        if (_current is null)
        {
            _pack = Math.Max(_pack, 1);
            _current = File.OpenHandle(PathOf(_pack), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            _end = RandomAccess.GetLength(_current);
            DirectoryFlush.Flush(_directory);
        }

        return _current;
    }

    private void Close()
    {
        _current?.Dispose();
        _current = null;
    }

    private string PathOf(int pack) => Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"pack-{pack:D6}.blobs"));

    private static byte[] Header(Guid key, int length)
    {
        var header = new byte[HeaderSize];
        "WBLB"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), length);
        key.TryWriteBytes(header.AsSpan(8), bigEndian: true, out _);
        return header;
    }
}
