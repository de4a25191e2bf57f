using System.Text;
using Weir.Mail.Contracts;
using Weir.Server.Demo.Lab;

namespace Weir.Server.Tests.Demo.Lab;

public sealed class LabMailerTests
{
    [Theory]
    [InlineData("a\r\nb\r\n", "a\r\nb\r\n.\r\n")]
    [InlineData("a\nb\n", "a\r\nb\r\n.\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData(".a\r\n..b\r\n.\r\n", "..a\r\n...b\r\n..\r\n.\r\n")]
    [InlineData("", ".\r\n")]
    public void A_message_is_sent_with_SMTPs_line_ends_and_no_dot_of_its_own_ends_it(string raw, string sent) =>
        Assert.Equal(sent, Encoding.Latin1.GetString(LabMailer.Dotted(Encoding.Latin1.GetBytes(raw))));

    [Theory]
    [InlineData("192.0.2.7", "", "", "XCLIENT ADDR=192.0.2.7 NAME=[UNAVAILABLE]")]
    [InlineData("2001:db8::7", "mail.good.example", "", "XCLIENT ADDR=IPV6:2001:db8::7 NAME=mail.good.example")]
    [InlineData("", "", "a+b@corp.example", "XCLIENT ADDR=[UNAVAILABLE] NAME=[UNAVAILABLE] LOGIN=a+2Bb@corp.example")]
    [InlineData("192.0.2.7", "x\r\nRSET", "", "XCLIENT ADDR=192.0.2.7 NAME=x+0D+0ARSET")]
    public void Postfix_is_told_in_whose_name_the_message_comes(string address, string name, string user, string line) =>
        Assert.Equal(line, LabMailer.ClientOf(new Envelope { ClientIp = address, ClientName = name, AuthenticatedUser = user }));
}
