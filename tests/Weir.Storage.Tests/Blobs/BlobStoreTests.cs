using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Weir.Storage.Blobs;
using Weir.Storage.Contracts;

namespace Weir.Storage.Tests.Blobs;

public sealed class BlobStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Bodies_come_back_after_reopening()
    {
        IReadOnlyList<BlobId> ids;
        await using (var blobs = Open())
        {
            ids = await blobs.AppendAsync([Body("one"), Body(""), Body("three")], Token);
        }

        await using var again = Open();
        var more = await again.AppendAsync([Body("four")], Token);

        Assert.Equal(["one", "", "three", "four"], await ReadAll(again, [.. ids, .. more]));
    }

    [Fact]
    public async Task Neither_text_nor_key_can_be_found_in_the_packs()
    {
        var text = string.Concat(Enumerable.Repeat("the secret offer ", 100));
        await using (var blobs = Open())
        {
            await blobs.AppendAsync([Body(text)], Token);
        }

        var pack = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_directory.Data.Blobs)), Token);

        Assert.True(pack.Length < text.Length / 4, "it is compressed");
        Assert.Equal(-1, pack.AsSpan().IndexOf("secret"u8));
    }

    [Fact]
    public async Task An_erased_body_is_gone_and_its_key_is_in_no_file()
    {
        await using var blobs = Open();
        var ids = await blobs.AppendAsync([Body("erase me"), Body("keep me")], Token);
        Assert.True(BlobAddress.TryParse(ids[0], out var address));
        byte[] key;
        using (var keys = new BlobKeys(_directory.Data.Keys))
        {
            key = keys.Find(address!.Value.Key)!;
        }

        Assert.True(await blobs.EraseAsync(ids[0], Token));

        Assert.Null(await blobs.ReadAsync(ids[0], Token));
        Assert.False(await blobs.EraseAsync(ids[0], Token));
        Assert.Equal("keep me", Text(await blobs.ReadAsync(ids[1], Token)));
        Assert.All(Directory.GetFiles(_directory.Data.Keys), file => Assert.Equal(-1, Content(file).AsSpan().IndexOf(key)));
    }

    [Fact]
    public async Task A_torn_record_at_the_end_is_written_past()
    {
        IReadOnlyList<BlobId> ids;
        await using (var blobs = Open())
        {
            ids = await blobs.AppendAsync([Body("before")], Token);
        }

        await File.AppendAllBytesAsync(Directory.GetFiles(_directory.Data.Blobs).Single(), "WBLB torn"u8.ToArray(), Token);
        await using var again = Open();
        var more = await again.AppendAsync([Body("after")], Token);

        Assert.Equal(["before", "after"], await ReadAll(again, [.. ids, .. more]));
    }

    [Fact]
    public async Task A_full_pack_is_followed_by_another()
    {
        await using var blobs = new BlobStore(_directory.Data, new FakeTimeProvider(), packBytes: 1000);
        var bodies = Enumerable.Range(0, 20).Select(i => (ReadOnlyMemory<byte>)RandomNumberGenerator.GetBytes(300 + i)).ToList();

        var ids = await blobs.AppendAsync(bodies, Token);

        Assert.InRange(Directory.GetFiles(_directory.Data.Blobs).Length, 4, 8);
        for (var i = 0; i < ids.Count; i++)
        {
            Assert.Equal(bodies[i].ToArray(), await blobs.ReadAsync(ids[i], Token));
        }
    }

    [Fact]
    public async Task Concurrent_appends_each_get_their_own_bodies()
    {
        await using var blobs = Open();

        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () => await blobs.AppendAsync([Body($"a{i}"), Body($"b{i}")], Token), Token)));

        for (var i = 0; i < ids.Length; i++)
        {
            Assert.Equal([$"a{i}", $"b{i}"], await ReadAll(blobs, ids[i]));
        }
    }

    [Fact]
    public async Task A_damaged_body_is_an_error_and_not_other_bytes()
    {
        await using var blobs = Open();
        var id = (await blobs.AppendAsync([Body("important")], Token))[0];
        var pack = Directory.GetFiles(_directory.Data.Blobs).Single();
        var bytes = await File.ReadAllBytesAsync(pack, Token);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(pack, bytes, Token);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await blobs.ReadAsync(id, Token));
    }

    [Fact]
    public void Any_text_is_a_name_that_may_not_exist()
    {
        using var packs = new BlobPacks(_directory.Data.Blobs, 1000);
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789abcdef-"], 0, 60]).Sample(text =>
            !BlobAddress.TryParse(new BlobId(text), out var address) || (address.Value.Length >= 0 && address.Value.Offset >= 0));
    }

    [Fact]
    public async Task A_name_that_points_elsewhere_reads_nothing()
    {
        await using var blobs = Open();
        var ids = await blobs.AppendAsync([Body("one"), Body("two")], Token);
        Assert.True(BlobAddress.TryParse(ids[0], out var one));
        Assert.True(BlobAddress.TryParse(ids[1], out var two));

        Assert.Null(await blobs.ReadAsync((one.Value with { Offset = two.Value.Offset }).ToId(), Token));
        Assert.Null(await blobs.ReadAsync((one.Value with { Pack = 9 }).ToId(), Token));
        Assert.Null(await blobs.ReadAsync(default, Token));
    }

    private BlobStore Open() => new(_directory.Data, new FakeTimeProvider());

    private static ReadOnlyMemory<byte> Body(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Text(byte[]? body) => body is null ? null : Encoding.UTF8.GetString(body);

    private static async Task<List<string?>> ReadAll(BlobStore blobs, IReadOnlyList<BlobId> ids)
    {
        var texts = new List<string?>();
        foreach (var id in ids)
        {
            texts.Add(Text(await blobs.ReadAsync(id, Token)));
        }

        return texts;
    }

    private static byte[] Content(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
