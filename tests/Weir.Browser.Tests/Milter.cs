using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weir.Browser.Tests;

/// <summary>Speaks to Weir's milter as a mail server does when somebody sends a message.</summary>
internal static class Milter
{
    /// <param name="account">Who signed in to send it; nobody for a stranger.</param>
    public static async Task SubmitAsync(int port, string from, string to, string subject, string body, string? account = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await SayAsync(stream, 'O', [0, 0, 0, 6, 0, 0, 1, 0xFF, 0, 0x1F, 0xFF, 0xFF]);
        await AnswerAsync(stream);
        await SayAsync(stream, 'D', $"M{(account is null ? "" : $"{{auth_authen}}\0{account}\0")}i\0{Guid.NewGuid():N}\0");
        await SayAsync(stream, 'M', $"<{from}>\0");
        if (await AnswerAsync(stream) == 'y')
        {
            return;
        }

        await SayAsync(stream, 'R', $"<{to}>\0");
        foreach (var (name, value) in new[] { ("From", $"A Seller <{from}>"), ("To", to), ("Subject", subject), ("Message-ID", $"<{Guid.NewGuid():N}@shop.example>"), ("Content-Type", "text/plain; charset=utf-8") })
        {
            await SayAsync(stream, 'L', $"{name}\0 {value}\0");
        }

        await SayAsync(stream, 'N', "");
        await SayAsync(stream, 'B', body + "\r\n");
        await SayAsync(stream, 'E', "");
        while (await AnswerAsync(stream) is not ('c' or 'y' or 'd' or 'a'))
        {
        }
    }

    private static Task SayAsync(NetworkStream stream, char command, string text) => SayAsync(stream, command, Encoding.UTF8.GetBytes(text));

    private static async Task SayAsync(NetworkStream stream, char command, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length + 1);
        await stream.WriteAsync((byte[])[.. length, (byte)command, .. data], TestContext.Current.CancellationToken);
    }

    private static async Task<char> AnswerAsync(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, TestContext.Current.CancellationToken);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(frame, TestContext.Current.CancellationToken);
        return (char)frame[0];
    }
}
