using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;
using static Weir.Mail.Tests.Archives.ArchiveTests;

namespace Weir.Mail.Tests.Inspection;

public sealed class FileInspectionTests
{
    private static readonly ParseLimits Leaving = ParseLimits.Default with { LeavesArchives = true };

    [Fact]
    public void A_message_whose_parts_need_no_reader_is_not_inspected() =>
        Assert.Null(InspectionRequest.Of(Eml.WithFile("notes.txt", "See https://example.org/a"u8.ToArray())));

    [Fact]
    public void Members_of_an_archive_come_from_the_inspection_as_from_the_parser()
    {
        var zip = Zip(("inner.zip", Zip(("run.exe", [0x4D, 0x5A, 0x90, 0x00, 0x01]))), ("a.txt", "hello"u8.ToArray()));
        var left = Eml.WithFile("a.zip", zip, Leaving);

        var inspected = Inspected(left);

        Assert.Empty(left.Attachments.Single().Members);
        Assert.Equal(Eml.WithFile("a.zip", zip).Attachments.Single().Members, inspected.Attachments.Single().Members);
    }

    [Fact]
    public void URLs_of_a_page_inside_an_archive_are_in_the_record()
    {
        var message = Inspected(Eml.WithFile("a.zip", Zip(("dir/pay.html", "<a href='https://pay.example/x'>Pay</a>"u8.ToArray())), Leaving));

        var url = Assert.Single(message.Urls);
        Assert.Equal(("https://pay.example/x", UrlSource.Attachments, "2", "Pay"), (url.Url, url.Source, url.PartPath, url.ShownText));
    }

    [Fact]
    public void A_message_inside_an_archive_is_read_with_its_own_files()
    {
        var inner = Eml.Bytes($"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhttps://one.example/\n--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(Zip(("p.html", "<a href='https://two.example/'>x</a>"u8.ToArray())))}\n--b--\n");
        var message = Inspected(Eml.WithFile("a.zip", Zip(("mail.eml", inner)), Leaving));

        Assert.Equal(["https://one.example/", "https://two.example/"], message.Urls.Select(url => url.Url).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_an_archive_does_not_give_is_told()
    {
        var message = Inspected(Eml.WithFile("a.zip", Zip(("a.txt", new byte[4 << 20])), Leaving), new InspectionLimits { Parse = new ParseLimits { UnpackedBytes = 1 << 20 } });

        Assert.Contains("bytes unpacked", message.Attachments.Single().NotRead, StringComparison.Ordinal);
        Assert.Contains("archive-bomb", message.Kinds());
    }

    [Theory, InlineData(10, 500), InlineData(2_000, 4)]
    public void A_message_that_uses_up_a_limit_of_all_its_files_says_so_once(int files, int features)
    {
        var page = "<html><script>a.download='x.zip';b=new Blob([atob('QUJD')])</script></html>";
        var zip = Zip([.. Enumerable.Range(0, 30).Select(i => ($"{i}.html", Encoding.UTF8.GetBytes(page.Replace("x.zip", $"{i}.zip", StringComparison.Ordinal))))]);

        var message = Inspected(Eml.WithFile("a.zip", zip, Leaving), new InspectionLimits { Files = files, Features = features });

        Assert.Contains(InspectionResult.Exhausted, message.Kinds());
        Assert.NotEqual("", message.Attachments.Single().NotRead);
        Assert.DoesNotContain(InspectionResult.Exhausted, Inspected(Eml.WithFile("a.zip", zip, Leaving)).Kinds());
    }

    [Fact]
    public void The_number_of_files_is_bounded()
    {
        var zip = Zip([.. Enumerable.Range(0, 30).Select(i => ($"{i}.html", Encoding.UTF8.GetBytes($"<a href='https://{i}.example/'>x</a>")))]);

        var message = Inspected(Eml.WithFile("a.zip", zip, Leaving), new InspectionLimits { Files = 10 });

        Assert.Equal(9, message.Urls.Count);
        Assert.Contains("more than 10 files", message.Attachments.Single().NotRead, StringComparison.Ordinal);
    }

    private static ParsedMessage Inspected(ParsedMessage message, InspectionLimits? limits = null) =>
        FileInspection.Inspect(Assert.IsType<InspectionRequest>(InspectionRequest.Of(message)), limits).ApplyTo(message, 2_000);
}
