using System.Net;
using System.Net.Sockets;
using System.Text;
using Weir.EndToEnd.Tests.Support;

namespace Weir.EndToEnd.Tests.Milter;

/// <summary>One message must not become two behind Weir's back: with the settings of docs/install.md Postfix refuses what smuggling needs.</summary>
public sealed class SmugglingTests(Lab lab)
{
    private const string Head = "From: x@good.example\r\nSubject: outer\r\n\r\nHello.";
    private const string Inner = "MAIL FROM:<boss@corp.example>\r\nRCPT TO:<ben@corp.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nPay this.\r\n.\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\n.\n")]
    [InlineData("\n.\r\n")]
    [InlineData("\r\n.\n")]
    public async Task An_end_of_data_with_a_bare_line_feed_ends_nothing(string end)
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);
        var replies = await TalkAsync(
            "EHLO good.example\r\n", "MAIL FROM:<x@good.example>\r\n", "RCPT TO:<anna@corp.example>\r\n", "DATA\r\n", Head + end + Inner, "QUIT\r\n");

        Assert.Contains(replies, reply => reply.StartsWith("550", StringComparison.Ordinal) && reply.Contains("bare <LF>", StringComparison.Ordinal));
        Assert.DoesNotContain(replies, reply => reply.Contains("queued as", StringComparison.Ordinal));
        Assert.Equal("0", $"{(await weir.AskAsync("EmailEvents | where Subject in ('outer', 'smuggled') | count")).Rows[0][0]}");
    }

    [Fact]
    public async Task Commands_that_do_not_wait_for_their_turn_are_refused()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);
        var replies = await TalkAsync("EHLO good.example\r\nMAIL FROM:<x@good.example>\r\nRCPT TO:<anna@corp.example>\r\nDATA\r\n" + Head + "\r\n.\r\n" + Inner);

        Assert.Contains(replies, reply => reply.StartsWith("554", StringComparison.Ordinal) || reply.StartsWith("503", StringComparison.Ordinal));
        Assert.Equal("0", $"{(await weir.AskAsync("EmailEvents | where Subject in ('outer', 'smuggled') | count")).Rows[0][0]}");
    }

    /// <summary>Says each part, waits for the answer to it, and returns the answers; ends when the server does.</summary>
    private async Task<List<string>> TalkAsync(params string[] parts)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, lab.Smtp, Token);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var replies = new List<string>();
        await ReplyAsync(reader, replies);
        foreach (var part in parts)
        {
            try
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes(part), Token);
                if (!await ReplyAsync(reader, replies))
                {
                    break;
                }
            }
            catch (IOException)
            {
                break; // The server hung up, as it said.
            }
        }

        return replies;
    }

    private static async Task<bool> ReplyAsync(StreamReader reader, List<string> replies)
    {
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.Length < 4 || line[3] != '-')
            {
                replies.Add(line);
                return true;
            }
        }

        return false;
    }
}
