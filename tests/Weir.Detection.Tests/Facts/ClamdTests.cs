using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Antimalware;

namespace Weir.Detection.Tests.Facts;

public sealed class ClamdTests : IDisposable
{
    private readonly string _path = Path.Combine(TestRun.NewFolder("clamd"), "clamd.sock");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ClamdTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen();
    }

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(_path);
    }

    private Clamd Client(TimeProvider time, int mostBytes = 25 << 20) =>
        new(Options.Create(new DetectionOptions { Clamd = $"unix:{_path}", ClamdMostBytes = mostBytes }), time);

    /// <summary>Reads one INSTREAM as clamd does and answers.</summary>
    private async Task<byte[]> AnswerAsync(string reply, CancellationToken cancellationToken)
    {
        using var connection = await _listener.AcceptAsync(cancellationToken);
        await using var stream = new NetworkStream(connection);
        var command = new byte[10];
        await stream.ReadExactlyAsync(command, cancellationToken);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, cancellationToken);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0)
            {
                break;
            }

            var chunk = new byte[size];
            await stream.ReadExactlyAsync(chunk, cancellationToken);
            content.Write(chunk);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\0"), cancellationToken);
        return content.ToArray();
    }

    [Theory]
    [InlineData("stream: OK", AntimalwareStatus.Clean, "")]
    [InlineData("stream: Win.Test.EICAR_HDB-1 FOUND", AntimalwareStatus.Infected, "Win.Test.EICAR_HDB-1")]
    [InlineData("INSTREAM size limit exceeded. ERROR", AntimalwareStatus.Unavailable, "clamd answered \"INSTREAM size limit exceeded. ERROR\"")]
    public async Task The_answer_of_clamd_becomes_a_result(string reply, object status, string name)
    {
        var message = Encoding.ASCII.GetBytes(new string('x', 200_000));
        var server = AnswerAsync(reply, TestContext.Current.CancellationToken);

        var result = await Client(TimeProvider.System).ScanAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(message, await server);
        Assert.Equal(new AntimalwareResult((AntimalwareStatus)status, name), result);
    }

    [Fact]
    public async Task A_long_message_is_cut_and_is_not_called_clean()
    {
        var server = AnswerAsync("stream: OK", TestContext.Current.CancellationToken);

        var result = await Client(TimeProvider.System, mostBytes: 1 << 16).ScanAsync(new byte[100_000], TestContext.Current.CancellationToken);

        Assert.Equal(1 << 16, (await server).Length);
        Assert.Equal(AntimalwareStatus.Unavailable, result.Status);
    }

    [Fact]
    public async Task A_silent_clamd_is_given_up_after_its_time()
    {
        var clock = new FakeTimeProvider();
        var scan = Client(clock).ScanAsync("x"u8.ToArray(), TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(AntimalwareStatus.Unavailable, (await scan).Status);
    }

    [Fact]
    public async Task An_absent_clamd_is_unavailable()
    {
        var absent = new Clamd(Options.Create(new DetectionOptions { Clamd = "unix:/nowhere/clamd.ctl" }), TimeProvider.System);

        Assert.Equal(AntimalwareStatus.Unavailable, (await absent.ScanAsync("x"u8.ToArray(), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Without_a_configured_clamd_nothing_is_asked()
    {
        var none = new Clamd(Options.Create(new DetectionOptions()), TimeProvider.System);

        Assert.Equal(AntimalwareStatus.NotConfigured, (await none.ScanAsync("x"u8.ToArray(), TestContext.Current.CancellationToken)).Status);
    }
}
