using System.Text;
using Weir.Mailboxes.Sending;

namespace Weir.Mailboxes.Tests.Sending;

/// <summary>A message on its way through DATA.</summary>
public sealed class DotStuffingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a\r\n")]
    [InlineData("a\r\n", "a\r\n")]
    [InlineData("a\nb\rc\r\n", "a\r\nb\r\nc\r\n")]
    [InlineData(".\r\n..x\r\na.b\r\n", "..\r\n...x\r\na.b\r\n")]
    [InlineData("\r\n.\r\n", "\r\n..\r\n")]
    [InlineData("\n\n", "\r\n\r\n")]
    public void Lines_end_in_crlf_and_dots_at_their_start_are_doubled(string raw, string sent) =>
        Assert.Equal(sent, Encoding.ASCII.GetString(DotStuffing.Of(Encoding.ASCII.GetBytes(raw))));
}
