using System.Text.Json;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;
using Weir.Mail.Urls;

namespace Weir.Mail.Tests.Conformance;

/// <summary>The test data of the URL Standard.</summary>
public sealed class WhatwgUrlConformance(ITestOutputHelper output)
{
    /// <summary>Cases that are known to fail, and why.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
    };

    [Fact]
    public void Urls_are_read_as_browsers_read_them()
    {
        var failed = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder("suites/url-whatwg"), "dev", "urltestdata.jsonl")))
        {
            if (line.Contains(@"\ud8", StringComparison.OrdinalIgnoreCase) || line.Contains(@"\udc", StringComparison.OrdinalIgnoreCase) || line.Contains(@"\udf", StringComparison.OrdinalIgnoreCase))
            {
                // Lone surrogates are no JSON text for .NET; the pairs among them are covered by own cases.
                continue;
            }

            using var document = JsonDocument.Parse(line);
            var test = document.RootElement;
            count++;
            var relativeTo = test.GetProperty("base").GetString();
            var expected = test.TryGetProperty("failure", out _) ? null : test.GetProperty("href").GetString();
            var origin = relativeTo is null ? null : WhatwgUrl.Parse(relativeTo);
            var actual = relativeTo is not null && origin is null ? null : WhatwgUrl.Parse(test.GetProperty("input").GetString()!, origin)?.ToString();
            var id = test.GetProperty("id").GetString()!;
            if (actual != expected && !Known.ContainsKey(id))
            {
                failed.Add($"{id}: {test.GetProperty("input")} on {relativeTo} gave {actual ?? "failure"}, not {expected ?? "failure"}");
            }
        }

        failed.ForEach(output.WriteLine);
        Assert.True(count > (SharedData.IsOther ? 0 : 500));
        Assert.Empty(failed);
    }

    [Theory, InlineData("dev/idnatestv2.jsonl", 1_800), InlineData("toascii.jsonl", 80)]
    public void Domains_become_ascii_as_in_browsers(string file, int atLeast)
    {
        List<string> passed = [], failed = [];
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder("suites/url-whatwg"), file)))
        {
            using var document = JsonDocument.Parse(line);
            var test = document.RootElement;
            if (!test.TryGetProperty("output", out var expected))
            {
                continue;
            }

            string? input;
            try
            {
                input = test.GetProperty("input").GetString();
            }
            catch (InvalidOperationException)
            {
                // A lone surrogate.
                continue;
            }

            var id = test.GetProperty("id").GetString()!;
            var actual = UrlHost.Parse(input!, isOpaque: false);
            (actual == expected.GetString() ? passed : failed).Add(actual == expected.GetString() ? id : $"{id} {input} gave {actual ?? "failure"}, not {expected.GetString() ?? "failure"}");
        }

        Suites.AssertKnown(file, passed, failed, atLeast);
    }

    [Fact]
    public void Queries_and_fragments_are_escaped_as_in_browsers()
    {
        foreach (var test in Suites.Cases("url-whatwg/percent-encoding.jsonl"))
        {
            var input = test.GetProperty("input").GetString()!;
            var expected = test.GetProperty("output").GetProperty("utf-8").GetString();

            var url = WhatwgUrl.Parse($"https://example.com/?{input}#{input}");

            Assert.Equal((expected, expected), (url?.Query, url?.Fragment));
        }
    }

    [Theory]
    [InlineData(@"http:\\EXAMPLE.com\a\..\%62?q=ä b#f", "http://example.com/%62?q=%C3%A4%20b#f", "example.com")]
    [InlineData("HTTP://user:p@0x7f.1:80/", "http://user:p@127.0.0.1/", "127.0.0.1")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/", "xn--bcher-kva.example")]
    [InlineData("ht\ntps://exa\tmple.org", "https://example.org/", "example.org")]
    [InlineData("https://ｅｘａｍｐｌｅ。com", "https://example.com/", "example.com")]
    [InlineData("https://[2001:DB8::0:1]/", "https://[2001:db8::1]/", "[2001:db8::1]")]
    [InlineData("javascript:alert(1)", "javascript:alert(1)", "")]
    public void A_url_is_what_a_browser_opens(string written, string url, string host)
    {
        Assert.True(MailUrls.TryNormalize(written, out var actual, out var actualHost));
        Assert.Equal((url, host), (actual, actualHost));
    }

    [Theory, InlineData("no url"), InlineData("http://"), InlineData("http://a b/"), InlineData("http://256.1.1.1/"), InlineData("//x"), InlineData("")]
    public void What_a_browser_refuses_is_no_url(string written) => Assert.False(MailUrls.TryNormalize(written, out _, out _));
}
