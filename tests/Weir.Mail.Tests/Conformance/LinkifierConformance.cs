using System.Text.Json;
using Weir.Mail.Urls;

namespace Weir.Mail.Tests.Conformance;

/// <summary>URLs in text: each expected one is found (another find beside it is allowed).</summary>
public sealed class LinkifierConformance(ITestOutputHelper output)
{
    /// <summary>Cases that are known to fail, and why.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["extract/urls/29"] = "a bare name under a country is text to mail clients unless it has three labels or a path",
        ["extract/urls/41"] = "the same",
        ["extract/urls/86"] = "the same",
        ["extract/urls/80"] = "the length of t.co links is known to one site only",
        ["extract/urls/81"] = "the same",
        ["extract/urls_with_indices/5"] = "the same",
    };

    [Fact]
    public void Expected_urls_are_found()
    {
        var failed = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder("suites/url-extract-twitter"), "dev", "cases.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var test = document.RootElement;
            var kind = test.GetProperty("kind").GetString()!;
            if (!kind.Contains("url", StringComparison.Ordinal) && !kind.Contains("tld", StringComparison.Ordinal))
            {
                continue;
            }

            if (test.GetProperty("expected").ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            count++;
            var id = test.GetProperty("id").GetString()!;
            var text = test.GetProperty("text").GetString()!;
            var found = Linkifier.Find(text, 100).ConvertAll(range => text[range]);
            foreach (var expected in test.GetProperty("expected").EnumerateArray())
            {
                var url = expected.ValueKind == JsonValueKind.String ? expected.GetString()! : expected.GetProperty("url").GetString()!;
                if (!found.Contains(url) && !Known.ContainsKey(id))
                {
                    failed.Add($"{id} [{test.GetProperty("description")}] {text} => wanted {url}, found {string.Join(" | ", found)}");
                }
            }
        }

        output.WriteLine($"{count} cases");
        failed.ForEach(output.WriteLine);
        Assert.True(count > (SharedData.IsOther ? 0 : 100));
        Assert.Empty(failed);
    }
}
