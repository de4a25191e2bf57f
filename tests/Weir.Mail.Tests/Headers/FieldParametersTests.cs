using Weir.Mail.Headers;

namespace Weir.Mail.Tests.Headers;

public sealed class FieldParametersTests
{
    [Theory]
    [InlineData("attachment; filename=\"a b.pdf\"", "a b.pdf")]
    [InlineData("attachment; filename=a b.pdf", "a b.pdf")]
    [InlineData("attachment; filename = plain.pdf ; size=3", "plain.pdf")]
    [InlineData("attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf; filename=x.pdf", "Grüße.pdf")]
    [InlineData("attachment; filename*0=\"one\"; filename*1=\"two.pdf\"", "onetwo.pdf")]
    [InlineData("attachment; filename*0*=utf-8''%C3%A4; filename*1=b; filename*2*=%2Epdf", "äb.pdf")]
    [InlineData("attachment; filename*=iso-8859-1'en'%E9.txt", "é.txt")]
    [InlineData("attachment; filename=\"=?utf-8?B?w6QucGRm?=\"", "ä.pdf")]
    [InlineData("attachment; filename=\"a\\\"b.pdf\"", "a\"b.pdf")]
    [InlineData("attachment; filename=\"C:\\dir\\a.pdf\"", "C:\\dir\\a.pdf")]
    [InlineData("attachment; (comment) filename=a.pdf", "a.pdf")]
    [InlineData("attachment; filename=scan (1).pdf", "scan (1).pdf")]
    [InlineData("attachment; filename=\"never closed", "never closed")]
    [InlineData("attachment; FILENAME=A.PDF", "A.PDF")]
    [InlineData("attachment;;; filename=a.pdf;", "a.pdf")]
    public void A_file_name_is_what_mail_clients_show(string written, string expected) =>
        Assert.Equal(expected, FieldParameters.Parse(written).Get("filename"));

    [Theory]
    [InlineData("Text/HTML; charset=utf-8", "text/html", "utf-8")]
    [InlineData("text/plain charset=utf-8", "text/plain", "utf-8")]
    [InlineData("text / plain ; charset = \"utf-8\"", "text/plain", "utf-8")]
    [InlineData("text/plain (a comment); charset=utf-8", "text/plain", "utf-8")]
    public void The_value_comes_first(string written, string value, string charset)
    {
        var parsed = FieldParameters.Parse(written);

        Assert.Equal((value, charset), (parsed.Value, parsed.Get("charset")));
    }

    [Fact]
    public void A_parameter_that_is_there_twice_is_named_and_the_first_counts()
    {
        var parsed = FieldParameters.Parse("multipart/mixed; boundary=a; Boundary=b");

        Assert.Equal("boundary", parsed.Duplicate);
        Assert.Equal("a", parsed.Get("boundary"));
        Assert.Equal(["a", "b"], parsed.All("boundary"));
    }
}
