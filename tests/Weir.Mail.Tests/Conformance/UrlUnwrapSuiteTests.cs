using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;
using Weir.Mail.Urls;
using Weir.Mail.Urls.Rewriting;

namespace Weir.Mail.Tests.Conformance;

public sealed class UrlUnwrapSuiteTests
{
    [Fact]
    public void Rewritten_links_of_the_suite_lead_back_to_their_targets()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("url-unwrap/cases.jsonl"))
        {
            var id = "unwrap/" + test.GetProperty("id").GetString();
            var input = test.GetProperty("input").GetString()!;
            var expected = test.GetProperty("expected").GetString();
            var actual = test.GetProperty("kind").GetString() == "in-text" ? InText(input) : Target(input);
            if (actual is not null && test.TryGetProperty("percent_decode_result", out _))
            {
                actual = TargetText.PercentDecoded(actual);
            }

            (actual == expected ? passed : failed).Add(actual == expected ? id : $"{id} expected {expected}, got {actual}");
        }

        Suites.AssertKnown("url-unwrap", passed, failed, 38);
    }

    /// <summary>Empty when the link is rewritten and holds no target.</summary>
    private static string? Target(string link) => MailUrls.Unwrap(link) is { } unwrapped ? unwrapped.IsUnresolved ? "" : unwrapped.Url : null;

    private static string InText(string text)
    {
        foreach (var range in Linkifier.Find(text, 100).AsEnumerable().Reverse())
        {
            text = string.Concat(text[..range.Start], Target(text[range]) ?? text[range], text[range.End..]);
        }

        return text;
    }
}
