using System.Text;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class CalendarFileTests
{
    [Fact]
    public void Links_and_files_of_an_invitation_are_read()
    {
        var file = Convert.ToBase64String(ActiveFiles.Lnk("cmd.exe", "/c calc"), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n ");
        var ics = Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:join at https://x.exam\r\n ple/room\r\nATTACH;FILENAME=agenda.lnk;ENCODING=BASE64;VALUE=BINARY:{file}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");

        Assert.Equal("calendar-file lnk-runs-script lnk-target", Inspected.Features("a.ics", ics));
        Assert.Equal(["https://x.example/room"], Inspected.Urls("a.ics", ics));
    }

    [Fact]
    public void An_invitation_without_files_says_nothing() => Assert.Equal("", Inspected.Features("a.ics", "BEGIN:VCALENDAR\r\nATTACH:https://x.example/agenda.pdf\r\nEND:VCALENDAR\r\n"u8.ToArray()));
}
