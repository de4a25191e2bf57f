using Weir.Mail.Inspection.Outlook;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Messages saved by Outlook: their links and files, read as those of an attached message are.</summary>
internal sealed class OutlookMessageFile : IFileReader
{
    public bool Reads(string fileType) => fileType == "msg";

    public void Read(FileToRead file, FileFindings found)
    {
        if (OutlookMessage.ToMail(file.Content) is { } mail)
        {
            new EmbeddedMessage().Read(file with { Content = mail }, found);
        }
        else
        {
            found.NotRead("the message of Outlook could not be read");
        }
    }
}
