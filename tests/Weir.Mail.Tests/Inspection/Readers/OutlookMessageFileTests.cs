using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class OutlookMessageFileTests
{
    private static readonly byte[] Msg = ActiveFiles.Msg("Übersicht", "see https://evil.example/x", "a.lnk", ActiveFiles.Lnk("cmd.exe", "/c calc"));

    [Fact]
    public void Links_and_files_of_the_message_are_read()
    {
        Assert.Equal("lnk-runs-script lnk-target", Inspected.Features("a.msg", Msg));
        Assert.Equal(["https://evil.example/x"], Inspected.Urls("a.msg", Msg));
    }

    [Fact]
    public void It_becomes_mail_with_sender_subject_text_and_files()
    {
        var message = MailParser.Parse(OutlookFiles.ToMail(Msg)!);

        Assert.Equal(("ann@example.org", "Ann Author", "Übersicht"), (message.Author?.Address, message.Author?.DisplayName, message.Subject));
        Assert.Equal("see https://evil.example/x", message.TextBody.Trim());
        Assert.Equal("a.lnk", message.Attachments.Single().FileName);
        Assert.Equal("lnk", message.Attachments.Single().FileType);
    }

    [Fact]
    public void Other_files_are_no_message_of_Outlook()
    {
        Assert.Null(OutlookFiles.ToMail("From: a@b.example\r\n\r\nx"u8.ToArray()));
        Assert.Null(OutlookFiles.ToMail(CompoundFileWriter.Write(("WordDocument", new byte[100]))));
    }
}
