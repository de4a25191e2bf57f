using System.Net.Sockets;
using Weir.Server.Demo;

namespace Weir.Server.Tests.Demo;

public sealed class DemoClamdTests : IDisposable
{
    private readonly string _folder = TestRun.NewFolder("clam");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demos_clamd_finds_the_samples_signatures_and_ends_with_the_demo()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/clamd"), "needs the Debian package clamav-daemon");
        await File.WriteAllTextAsync(Path.Combine(_folder, "weir-sample.ndb"), "Weir.Sample.Test:0:*:" + Convert.ToHexStringLower("a harmless marker"u8) + "\n", Token);

        using (var clamd = await DemoClamd.StartAsync(_folder, Token))
        {
            Assert.Equal("", clamd.Remark);
            Assert.Equal("stream: Weir.Sample.Test.UNOFFICIAL FOUND", await ScanAsync(clamd.Address));

            // A second demo on the same folder takes the one that runs, and leaves it running.
            using (var same = await DemoClamd.StartAsync(_folder, Token))
            {
                Assert.Equal(clamd.Address, same.Address);
            }

            Assert.Equal("stream: Weir.Sample.Test.UNOFFICIAL FOUND", await ScanAsync(clamd.Address));
        }

        await Assert.ThrowsAnyAsync<SocketException>(() => ScanAsync("unix:" + Path.Combine(_folder, "clamd.sock")));
    }

    [Fact]
    public async Task A_folder_too_deep_for_a_socket_is_said_and_the_demo_goes_on()
    {
        using var clamd = await DemoClamd.StartAsync(Path.Combine(_folder, new string('d', 120)), Token);

        Assert.Equal("", clamd.Address);
        Assert.Contains("too long", clamd.Remark, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private static async Task<string> ScanAsync(string address)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(address["unix:".Length..]), Token);
        byte[] text = [.. "here is a harmless marker"u8];
        await socket.SendAsync((byte[])[.. "zINSTREAM\0"u8, 0, 0, 0, (byte)text.Length, .. text, 0, 0, 0, 0], Token);
        var answer = new byte[200];
        var read = await socket.ReceiveAsync(answer, Token);
        return System.Text.Encoding.ASCII.GetString(answer, 0, read).TrimEnd('\0');
    }
}
