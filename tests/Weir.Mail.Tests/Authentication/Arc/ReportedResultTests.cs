using Weir.Mail.Authentication.Arc;

namespace Weir.Mail.Tests.Authentication.Arc;

public sealed class ReportedResultTests
{
    [Theory]
    [InlineData("mx.example; spf=pass smtp.mailfrom=a.example; dmarc=pass (p=REJECT; dmarc=fail) header.from=a.example", "spf=pass dmarc=pass", "a.example")]
    [InlineData("mx.example 1;\tDMARC = Pass header.from = \"a.example\"", "dmarc=pass", "a.example")]
    [InlineData("mx.example; spf=fail smtp.mailfrom=\"x; dmarc=pass header.from=a.example\"@evil.example", "spf=fail", "")]
    [InlineData("mx.example; spf=fail (x; dmarc=pass \\) still (inner) the comment)", "spf=fail", "")]
    [InlineData("mx.example; dkim/1=pass; none", "dkim=pass", "")]
    [InlineData("dmarc=pass", "", "")]
    [InlineData("mx.example; (open", "", "")]
    [InlineData("mx.example; \"open", "", "")]
    [InlineData("; = ; == ; =pass", "", "")]
    [InlineData("", "", "")]
    public void Statements_are_read_without_comments_and_quotes(string text, string statements, string author)
    {
        var results = ReportedResult.Read(text).ToList();

        Assert.Equal(statements, string.Join(' ', results.Select(result => $"{result.Method}={result.Result}")));
        Assert.Equal(author, results.FirstOrDefault(result => result.Method == "dmarc")?.Properties.GetValueOrDefault("header.from") ?? "");
    }
}
