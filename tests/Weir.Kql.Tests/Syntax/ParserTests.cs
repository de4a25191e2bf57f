using System.Diagnostics;
using CsCheck;
using Weir.Kql.Contracts;
using Weir.Kql.Syntax;

namespace Weir.Kql.Tests.Syntax;

public sealed class ParserTests
{
    private static readonly string[] Words =
    [
        "T", "|", "where", "project", "extend", "summarize", "by", "join", "kind", "=", "inner", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "..", "==", "has", "in~", "!in",
        "has_any", "between", "and", "or", "not", "\"text\"", "'text'", "@\"\\\"", "h'x'", "```", "1", "1.5", "7d", "0x1F", "-", "*", "%", "datetime(2024-01-01)", "dynamic(", "let",
        "print", "range", "from", "to", "step", "datatable", "union", "search", "mv-expand", "mv-apply", "on", "make-series", "default", "parse", "with", "//x\n", "$left", "typeof(", "count()", "materialize(",
    ];

    [Fact]
    public void No_text_makes_the_compiler_throw() =>
        Gen.String[0, 200].Sample(text => Assert.NotNull(Compile(text)), iter: 5_000);

    [Fact]
    public void No_mixture_of_words_makes_the_compiler_throw() =>
        Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[0, 40].Select(words => string.Join(' ', words)).Sample(text => Assert.NotNull(Compile(text)), iter: 10_000);

    [Theory]
    [InlineData("(")]
    [InlineData("-")]
    [InlineData("not(")]
    [InlineData("x[")]
    [InlineData("dynamic([")]
    [InlineData("union (")]
    [InlineData("T | mv-apply x on (")]
    [InlineData("let f = () { ")]
    [InlineData("1 + ")]
    [InlineData("a.b.")]
    public void Deep_nesting_is_refused_and_not_a_stack_overflow(string opening)
    {
        var watch = Stopwatch.StartNew();

        var compilation = Compile(string.Concat(Enumerable.Repeat(opening, 19_000)));

        Assert.False(compilation.IsSuccess);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    [Theory]
    [InlineData("a or ")]
    [InlineData("1 + ")]
    public void A_chain_of_operators_has_an_end(string link) =>
        Assert.False(Compile("print " + string.Concat(Enumerable.Repeat(link, 5_000)) + "a").IsSuccess);

    [Fact]
    public void Lets_that_double_each_other_are_refused_or_shared()
    {
        var text = "let a0 = datatable(x:long)[1];" + string.Concat(Enumerable.Range(1, 40).Select(i => $"let a{i} = union a{i - 1}, a{i - 1};")) + "a40 | count";

        var compilation = Compile(text);

        Assert.True(compilation.IsSuccess && compilation.Sql.Length < 100_000);
    }

    [Fact]
    public void A_complaint_names_line_and_column()
    {
        var complaints = new List<Complaint>();
        Parser.Parse("T\n| where x ==\n| take 5", complaints);

        var diagnostic = new Lines("T\n| where x ==\n| take 5").Diagnostic(complaints[0]);

        Assert.Equal((3, 1), (diagnostic.Line, diagnostic.Column));
    }

    private static KqlCompilation Compile(string text) =>
        KqlCompiler.Compile(text, new KqlSchema([new KqlTable("T", [new KqlColumn("x", KqlType.Long), new KqlColumn("s", KqlType.String)])]), new KqlCompileOptions { Now = DateTimeOffset.UnixEpoch });
}
