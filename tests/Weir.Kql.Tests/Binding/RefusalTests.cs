using Weir.Kql.Contracts;

namespace Weir.Kql.Tests.Binding;

public sealed class RefusalTests
{
    private static readonly KqlSchema Schema = new([new KqlTable("EmailEvents",
    [
        new KqlColumn("Timestamp", KqlType.DateTime), new KqlColumn("SenderFromAddress", KqlType.String), new KqlColumn("AuthenticationDetails", KqlType.String),
        new KqlColumn("UrlCount", KqlType.Int), new KqlColumn("TimeGenerated", KqlType.DateTime) { Source = "Timestamp" },
    ])]);

    [Theory]
    [InlineData("EmailEvent | take 1", "No table or name 'EmailEvent' is known here; did you mean 'EmailEvents'?", 1, 1)]
    [InlineData("EmailEvents\n| where SenderFromAdress == 'a'", "No column or name 'SenderFromAdress' is known here; did you mean 'SenderFromAddress'?", 2, 9)]
    [InlineData("EmailEvents | where AuthenticationDetails.SPF == 'fail'", "'.SPF' needs a dynamic value, not string; use parse_json() first.", 1, 21)]
    [InlineData("EmailEvents | wher UrlCount > 1", "'wher' is not an operator; did you mean 'where'?", 1, 15)]
    [InlineData("EmailEvents | where UrlCount", "A condition (bool) is expected here, not int.", 1, 21)]
    [InlineData("EmailEvents | where count() > 1", "'count' is an aggregate; it is allowed in summarize and make-series only.", 1, 21)]
    [InlineData("EmailEvents | extend a = strlenn('x')", "The function 'strlenn' is not known or not supported; did you mean 'strlen'?", 1, 26)]
    [InlineData("externaldata(a:string)['https://example.com/x']", "'externaldata' is not supported: Weir reads nothing from the network.", 1, 1)]
    [InlineData("EmailEvents | scan with (step s: true)", "The operator 'scan' is not supported.", 1, 15)]
    [InlineData("EmailEvents | extend n = row_number()", "'row_number' needs rows in an order: put 'sort by' or 'serialize' before.", 1, 26)]
    [InlineData("print dynamic([1]) == dynamic([1])", "'==' cannot compare two dynamic values; convert one first, for example with tostring().", 1, 7)]
    public void What_has_no_meaning_is_refused_by_name_and_place(string kql, string message, int line, int column)
    {
        var diagnostic = Assert.Single(KqlCompiler.Compile(kql, Schema, new KqlCompileOptions { Now = DateTimeOffset.UnixEpoch }).Diagnostics);

        Assert.Equal((message, line, column), (diagnostic.Message, diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void An_alias_column_reads_the_column_it_stands_for()
    {
        var compilation = KqlCompiler.Compile("EmailEvents | project TimeGenerated", Schema, new KqlCompileOptions { Now = DateTimeOffset.UnixEpoch });

        Assert.Contains("\"Timestamp\" AS \"TimeGenerated_", compilation.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_are_values_and_never_text_of_the_query()
    {
        var options = new KqlCompileOptions { Now = DateTimeOffset.UnixEpoch, Parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["who"] = "x'); DROP TABLE EmailEvents; --" } };

        var compilation = KqlCompiler.Compile("EmailEvents | where SenderFromAddress == who", Schema, options);

        Assert.True(compilation.IsSuccess);
        Assert.Contains("'x''); DROP TABLE EmailEvents; --'::VARCHAR", compilation.Sql, StringComparison.Ordinal);
    }
}
