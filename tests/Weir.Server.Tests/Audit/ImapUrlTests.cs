using Weir.Server.Audit;

namespace Weir.Server.Tests.Audit;

public sealed class ImapUrlTests
{
    [Theory]
    [InlineData("imaps://ann@mail.example", "ann", "mail.example", 993, true)]
    [InlineData("imap://ann@harbour.example@mail.example:1143/", "ann@harbour.example", "mail.example", 1143, false)]
    [InlineData("imap://ann%40harbour.example@[::1]:143", "ann@harbour.example", "::1", 143, false)]
    [InlineData("IMAPS://weir@[2001:db8::1]", "weir", "2001:db8::1", 993, true)]
    public void User_host_and_port_are_told_apart(string url, string user, string host, int port, bool isTls) => Assert.Equal(new ImapUrl(user, host, port, isTls), ImapUrl.Parse(url));

    [Theory]
    [InlineData("imap://mail.example")]
    [InlineData("imap://@mail.example")]
    [InlineData("imap://ann@")]
    [InlineData("imap://ann@mail.example:x")]
    [InlineData("imap://ann@mail.example/INBOX")]
    [InlineData("http://ann@mail.example")]
    public void What_names_no_login_or_host_is_none(string url) => Assert.Null(ImapUrl.Parse(url));
}
