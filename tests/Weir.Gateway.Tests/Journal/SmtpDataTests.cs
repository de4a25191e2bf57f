using System.Text;
using CsCheck;
using Weir.Gateway.Journal;

namespace Weir.Gateway.Tests.Journal;

public sealed class SmtpDataTests
{
    private static readonly Gen<string> Lines = Gen.String[Gen.Char["ab. \r\0\u00ff"], 0, 6].Select(line => line.TrimEnd('\r')).Array[0, 8].Select(lines => string.Concat(lines.Select(line => line + "\r\n")));

    [Fact]
    public void Whatever_a_client_stuffs_comes_out_as_it_was_however_it_is_cut() =>
        Gen.Select(Lines, Gen.Int[1, 7]).Sample((text, cut) =>
        {
            var wire = string.Concat(text.Split("\r\n")[..^1].Select(line => (line.StartsWith('.') ? "." : "") + line + "\r\n")) + ".\r\nQUIT";

            var (state, message, used) = Read(wire, cut);

            Assert.Equal((DataState.End, text, wire.Length - 4), (state, message, used));
        });

    [Theory]
    [InlineData("Hello\n.\r\n")]
    [InlineData("Hello\r\n.\n")]
    [InlineData("Hello\n.\n")]
    [InlineData("Hello\r\n.\r.\n")]
    [InlineData("\n")]
    public void A_line_feed_alone_ends_it(string wire) => Assert.Equal(DataState.BareLineFeed, Read(wire, cut: 100).State);

    [Theory]
    [InlineData("Hello\r.\r\n", "Hello\r.\r\n")]
    [InlineData("Hello\r\r\n.\rx\r\n", "Hello\r\r\n\rx\r\n")]
    [InlineData("..\r\n", ".\r\n")]
    public void A_carriage_return_alone_is_a_part_of_the_line_and_ends_nothing(string wire, string message)
    {
        var read = Read(wire, cut: 1);

        Assert.Equal((DataState.More, message), (read.State, read.Message));
    }

    private static (DataState State, string Message, int Used) Read(string wire, int cut)
    {
        var bytes = Encoding.Latin1.GetBytes(wire);
        var message = new List<byte>();
        var data = new SmtpData();
        var total = 0;
        while (total < bytes.Length)
        {
            var state = data.Read(bytes.AsSpan(total, Math.Min(cut, bytes.Length - total)), piece => message.AddRange(piece), out var used);
            total += used;
            if (state != DataState.More)
            {
                return (state, Encoding.Latin1.GetString([.. message]), total);
            }
        }

        return (DataState.More, Encoding.Latin1.GetString([.. message]), total);
    }
}
