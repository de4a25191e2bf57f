using CsCheck;
using Weir.Gateway.Delivery;
using Weir.Gateway.Delivery.Dovecot;

namespace Weir.Gateway.Tests.Delivery.Dovecot;

public sealed class DovecotSavedTests
{
    [Fact]
    public void A_delivery_of_the_spool_is_read() =>
        Assert.Equal(
            new DovecotSaved("anna@corp.example", "CFoE:R2", "Lists/\"A\"", "<1@x>"),
            DovecotSaved.FromSpool("""{"at":1795528388,"event":"MessageNew","user":"anna@corp.example","service":"lmtp","session":"CFoE:R2","mailbox":"Lists/\"A\"","uidValidity":1,"uid":1,"messageId":"<1@x>"}"""));

    [Theory]
    [InlineData("""{"event":"MessageAppend","user":"anna","service":"imap","session":"s","mailbox":"Junk"}""")]
    [InlineData("""{"event":"MessageNew","user":"anna","service":"imap","session":"s","mailbox":"Junk"}""")]
    [InlineData("""{"event":"MessageNew","service":"lmtp"}""")]
    [InlineData("""{"event":"MessageNew","user":"an""")]
    [InlineData("")]
    [InlineData("[]")]
    public void What_people_move_and_what_is_no_line_is_nothing(string line) => Assert.Null(DovecotSaved.FromSpool(line));

    [Theory]
    [InlineData("2026-11-24 13:53:08 lmtp(anna@corp.example)<24268><CFoE>: Info: save: box=Junk, uid=1, msgid=<1@x>, size=676", "CFoE", "Junk", "<1@x>")]
    [InlineData("Nov 24 13:53:08 lmtp(anna@corp.example)<24268><CFoE:R2>: Info: sieve: msgid=<1@x>: fileinto action: stored mail into mailbox 'Pro jects'", "CFoE:R2", "Pro jects", "<1@x>")]
    [InlineData("Nov 24 13:53:08 mx dovecot: lmtp(anna@corp.example)<1><S>: sieve: msgid=<1@x>: stored mail into mailbox 'INBOX'", "S", "INBOX", "<1@x>")]
    [InlineData("Nov 24 13:53:08 mx dovecot: lda(anna@corp.example)<1><S>: msgid=<1@x>: saved mail to INBOX", "S", "INBOX", "<1@x>")]
    public void Each_form_of_the_log_is_read(string line, string session, string folder, string id) =>
        Assert.Equal(new DovecotSaved("anna@corp.example", session, folder, id), DovecotSaved.FromLog(line));

    [Theory]
    [InlineData("imap(anna@corp.example)<1><S>: Info: copy from INBOX: box=Junk, uid=1, msgid=<1@x>, size=1")]
    [InlineData("lmtp(24268): Info: Connect from 127.0.0.1")]
    [InlineData("lmtp(frida)<1><S>: Info: sieve: msgid=<1@x>: failed to store into mailbox 'INBOX': Quota exceeded")]
    public void Other_lines_are_nothing(string line) => Assert.Null(DovecotSaved.FromLog(line));

    [Fact]
    public void Any_line_is_read_or_left() =>
        Gen.String.Sample(line =>
        {
            DovecotSaved.FromSpool(line);
            DovecotSaved.FromLog(line);
        });

    [Theory]
    [InlineData("INBOX", "Inbox/folder")]
    [InlineData("Junk", "Junk folder")]
    [InlineData("INBOX.Spam", "Junk folder")]
    [InlineData("Trash", "Deleted items")]
    [InlineData("Projects/2026", "Inbox/folder")]
    [InlineData("Indésirables", "Junk folder")]
    public void A_folder_says_where_the_message_is(string folder, string location) =>
        Assert.Equal(location, MailboxFolders.LocationOf(folder, ["Indésirables"]));
}
