using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Weir.Mail.Contracts;
using Dns = Weir.Mail.Contracts.Dns;

namespace Weir.Mail.Tests.Resolving;

public sealed class SystemDnsTests
{
    [Fact]
    public async Task Addresses_texts_and_missing_names_come_from_the_configured_server()
    {
        await using var server = new NameServer(name => name switch
        {
            "a.example" => (0, 1, [192, 0, 2, 7]),
            "t.example" => (0, 16, [4, .. "v=sp"u8, 7, .. "f1 -all"u8]),
            _ => (3, 0, []),
        });
        var dns = Dns.System(new DnsOptions { Server = server.Address });

        Assert.Equal(["192.0.2.7"], (await dns.QueryAsync("A.example.", DnsType.A, TestContext.Current.CancellationToken)).Records);
        Assert.Equal(["v=spf1 -all"], (await dns.QueryAsync("t.example", DnsType.Txt, TestContext.Current.CancellationToken)).Records);
        Assert.Equal(DnsStatus.NxDomain, (await dns.QueryAsync("gone.example", DnsType.Mx, TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task A_broken_and_a_silent_server_are_told_apart()
    {
        await using var server = new NameServer(name => name == "broken.example" ? (2, 0, []) : null);
        var dns = Dns.System(new DnsOptions { Server = server.Address, Timeout = 200 });

        Assert.Equal(DnsStatus.ServFail, (await dns.QueryAsync("broken.example", DnsType.A, TestContext.Current.CancellationToken)).Status);
        Assert.Equal(DnsStatus.Timeout, (await dns.QueryAsync("silent.example", DnsType.A, TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task A_name_that_cannot_be_is_not_asked()
    {
        await using var server = new NameServer(_ => (0, 1, [192, 0, 2, 7]));
        var dns = Dns.System(new DnsOptions { Server = server.Address });

        Assert.Equal(DnsStatus.NxDomain, (await dns.QueryAsync($"{new string('x', 64)}.example", DnsType.A, TestContext.Current.CancellationToken)).Status);
        Assert.Equal(0, server.Questions);
    }

    /// <summary>A name server on loopback: answers each name with one record, an error code, or nothing at all.</summary>
    private sealed class NameServer : IAsyncDisposable
    {
        private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;

        public NameServer(Func<string, (byte Code, ushort Type, byte[] Data)?> answer) => _loop = ServeAsync(answer);

        public string Address => _socket.Client.LocalEndPoint?.ToString() ?? "";

        public int Questions { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            _socket.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync(Func<string, (byte Code, ushort Type, byte[] Data)?> answer)
        {
            try
            {
                while (true)
                {
                    var question = await _socket.ReceiveAsync(_stop.Token);
                    Questions++;
                    var (name, end) = ReadName(question.Buffer);
                    if (answer(name) is { } found)
                    {
                        await _socket.SendAsync(Reply(question.Buffer, end, found), question.RemoteEndPoint, _stop.Token);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // Disposed.
            }
        }

        private static (string Name, int End) ReadName(byte[] message)
        {
            var labels = new List<string>();
            var at = 12;
            for (; message[at] != 0; at += 1 + message[at])
            {
                labels.Add(Encoding.ASCII.GetString(message, at + 1, message[at]));
            }

            return (string.Join('.', labels).ToLowerInvariant(), at + 5);
        }

        private static byte[] Reply(byte[] question, int end, (byte Code, ushort Type, byte[] Data) answer)
        {
            byte[] head = [.. question[..end]];
            head[2] = 0x81;
            head[3] = (byte)(0x80 | answer.Code);
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(6), (ushort)(answer.Type == 0 ? 0 : 1));
            BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
            return answer.Type == 0 ? head : [.. head, 0xC0, 0x0C, 0, (byte)answer.Type, 0, 1, 0, 0, 0, 60, 0, (byte)answer.Data.Length, .. answer.Data];
        }
    }
}
