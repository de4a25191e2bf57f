using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Weir.Mail.Authentication.Dkim;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

public sealed class DkimSuiteTests
{
    [Fact]
    public async Task The_corpus_of_mail_dkim_agrees_with_RFC_6376_and_8301()
    {
        var zone = new Zone();
        foreach (var line in (await File.ReadAllLinesAsync(Suites.Path("dkim/mail-dkim/dns.txt"), TestContext.Current.CancellationToken)).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var words = line.Split((char[]?)null, 2, StringSplitOptions.TrimEntries);
            if (words.Length < 2 || words[1].Length == 0 || words[1] == "NXDOMAIN")
            {
                continue;
            }

            _ = words[1].StartsWith("~~", StringComparison.Ordinal) ? zone.Broken(words[0]) : zone.Txt(words[0], words[1]);
        }

        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("dkim/mail-dkim.jsonl"))
        {
            if (test.GetProperty("expect_rfc6376").GetString() is not { } expected)
            {
                continue;
            }

            // RFC 8301: what is right but weak must not pass.
            var isWeak = test.GetProperty("rfc8301_weak").GetBoolean();
            var raw = await File.ReadAllBytesAsync(Suites.Path($"dkim/{test.GetProperty("file").GetString()}"), TestContext.Current.CancellationToken);
            var results = await Verify(zone.Build(), raw, new DateTimeOffset(2007, 6, 1, 0, 0, 0, TimeSpan.Zero));
            var best = DkimVerifier.Best(results);
            var agrees = expected switch
            {
                "pass" when isWeak => best is not DkimResult.Pass,
                "pass" => best is DkimResult.Pass or DkimResult.Test,
                "temperror" => best is DkimResult.Timeout || (isWeak && best is DkimResult.Error or DkimResult.Fail),
                "fail" => best is DkimResult.Fail or DkimResult.Test || (isWeak && best is DkimResult.Error),
                _ => best is DkimResult.Error or DkimResult.None || (isWeak && best is DkimResult.Fail),
            };
            Sort(test.GetProperty("id").GetString()!, agrees, $"expected {expected}{(isWeak ? " (weak)" : "")}, got {Show(results)}", passed, failed);
        }

        Suites.AssertKnown("mail-dkim", passed, failed, 55);
    }

    [Fact]
    public async Task The_messages_of_another_implementation_agree()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("dkim/stalwart.jsonl"))
        {
            var text = (await File.ReadAllTextAsync(Suites.Path($"dkim/{test.GetProperty("file").GetString()}"), Encoding.Latin1, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
            var split = text.IndexOf("\n\n", StringComparison.Ordinal);
            var zone = new Zone();
            foreach (var line in text[..split].Split('\n'))
            {
                var words = line.Split(' ', 2);
                zone.Txt(words[0], words[1]);
            }

            var now = DateTimeOffset.FromUnixTimeSeconds(test.GetProperty("now").GetInt64());
            var results = await Verify(zone.Build(), Encoding.Latin1.GetBytes(text[(split + 2)..]), now);
            Sort(test.GetProperty("id").GetString()!, DkimVerifier.Best(results) == DkimResult.Pass, $"got {Show(results)}", passed, failed);
        }

        Suites.AssertKnown("dkim-stalwart", passed, failed, 6);
    }

    [Fact]
    public async Task The_messages_of_dkimpy_agree()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("dkim/dkimpy.jsonl"))
        {
            var zone = new Zone();
            if (test.TryGetProperty("dns", out var records))
            {
                foreach (var record in records.EnumerateObject())
                {
                    zone.Txt(record.Name, (await File.ReadAllTextAsync(Suites.Path($"dkim/{record.Value.GetString()!.TrimStart('@')}"), TestContext.Current.CancellationToken)).Trim());
                }
            }

            var raw = await File.ReadAllBytesAsync(Suites.Path($"dkim/{test.GetProperty("file").GetString()}"), TestContext.Current.CancellationToken);
            var results = await Verify(zone.Build(), raw, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
            var best = DkimVerifier.Best(results);
            var agrees = test.GetProperty("expect").GetString() switch
            {
                "pass" => best == DkimResult.Pass,
                "none" => best == DkimResult.None,
                _ => best is DkimResult.Fail or DkimResult.Error,
            };
            Sort(test.GetProperty("id").GetString()!, agrees, $"expected {test.GetProperty("expect")}, got {Show(results)}", passed, failed);
        }

        Suites.AssertKnown("dkimpy", passed, failed, 3);
    }

    [Theory]
    [InlineData("gmail.msg")]
    [InlineData("related.msg")]
    [InlineData("multipart-no-end-boundary.msg")]
    [InlineData("rfc8463-example.msg")]
    public async Task Signatures_of_the_MimeKit_messages_are_right(string file)
    {
        var zone = new Zone();
        var pem = await File.ReadAllLinesAsync(Suites.Path("mimekit-testdata/dev/dkim/gmail.pub"), TestContext.Current.CancellationToken);
        zone.Txt("20120113._domainkey.gmail.com", $"v=DKIM1; k=rsa; p={string.Concat(pem.Where(line => !line.StartsWith('-')))}");
        using var keys = JsonDocument.Parse(await File.ReadAllTextAsync(Suites.Path("dkim/mailauth/dns.json"), TestContext.Current.CancellationToken));
        foreach (var name in (string[])["brisbane._domainkey.football.example.com", "test._domainkey.football.example.com"])
        {
            zone.Txt(name, string.Concat(keys.RootElement.GetProperty(name).GetProperty("TXT")[0].EnumerateArray().Select(part => part.GetString())));
        }

        var results = await Verify(zone.Build(), await File.ReadAllBytesAsync(Suites.Path($"mimekit-testdata/dev/dkim/{file}"), TestContext.Current.CancellationToken), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

        Assert.NotEmpty(results);
        Assert.All(results, result => Assert.Equal((DkimResult.Pass, ""), (result.Result, result.Reason)));
    }

    [Fact]
    public async Task Canonical_bodies_hash_as_recorded()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("auth-units-mailauth/units.jsonl").Where(test => test.GetProperty("id").GetString()!.StartsWith("dkim_body_", StringComparison.Ordinal)))
        {
            var trace = test.GetProperty("trace").EnumerateArray().ToList();
            var algorithm = trace[0].GetProperty("args")[0].GetString();
            if (algorithm != "rsa-sha256" || test.GetProperty("expect")[0].GetProperty("value").ValueKind != JsonValueKind.String || trace[0].GetProperty("args").GetArrayLength() > 1)
            {
                continue;
            }

            var body = string.Concat(trace.Where(step => step.TryGetProperty("call", out var call) && call.ValueKind == JsonValueKind.String && call.GetString()!.EndsWith("update", StringComparison.Ordinal))
                .Select(step => step.GetProperty("args")[0]).Select(chunk => chunk.ValueKind == JsonValueKind.Object && chunk.TryGetProperty("binary", out var octets) ? octets.GetString() : ""));
            var mail = RawMail.Read(Encoding.Latin1.GetBytes("\r\n" + body));
            var hash = Convert.ToBase64String(SHA256.HashData(Canonical.Body(mail.Body.Span, relaxed: test.GetProperty("id").GetString()!.Contains("relaxed", StringComparison.Ordinal))));
            var expected = test.GetProperty("expect").EnumerateArray().First().GetProperty("value").GetString();
            Sort($"units/{test.GetProperty("id").GetString()}", hash == expected, $"expected {expected}, got {hash}", passed, failed);
        }

        await Task.CompletedTask;
        Suites.AssertKnown("dkim-bodies", passed, failed, 4);
    }

    [Theory]
    [InlineData("dkim_header_relaxed", true)]
    [InlineData("dkim_header_simple", false)]
    public void Canonical_fields_are_as_recorded(string group, bool relaxed)
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("auth-units-mailauth/units.jsonl").Where(test => test.GetProperty("id").GetString()!.StartsWith(group + "#", StringComparison.Ordinal)))
        {
            var step = test.GetProperty("trace")[0];
            // The signing of ARC fields is not Weir's.
            if (!step.TryGetProperty("args", out var args) || args[0].GetString() != "DKIM" || args.GetArrayLength() < 2 || !args[1].TryGetProperty("headers", out var headers) || args[1].GetProperty("keys").ValueKind != JsonValueKind.String)
            {
                continue;
            }

            var lines = headers.EnumerateArray().Where(header => header.TryGetProperty("line", out var line) && line.TryGetProperty("binary", out _)).Select(header => header.GetProperty("line").GetProperty("binary").GetString()!);
            var mail = RawMail.Read(Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"));
            var names = args[1].GetProperty("keys").GetString()!.Split(':').Select(name => name.Trim()).ToList();
            var text = DkimVerifier.SignedText(mail, new RawField("DKIM-Signature", " v=1"), names, relaxed);
            var wanted = test.GetProperty("expect").EnumerateArray()
                .Where(expect => expect.GetProperty("op").GetString() == "to.include" && expect.GetProperty("subject").ValueKind == JsonValueKind.String)
                .Select(expect => expect.GetProperty("value").GetString()!)
                .Where(value => !value.Contains("dkim-signature", StringComparison.OrdinalIgnoreCase) && !value.Contains('=', StringComparison.Ordinal))
                .ToList();
            if (wanted.Count > 0)
            {
                Sort($"units/{test.GetProperty("id").GetString()}", wanted.TrueForAll(value => text.Contains(value, StringComparison.Ordinal)), $"expected {string.Join(" | ", wanted)}, got {text}", passed, failed);
            }
        }

        Suites.AssertKnown(group, passed, failed, 4);
    }

    private static ValueTask<IReadOnlyList<DkimSignatureResult>> Verify(IDns dns, byte[] raw, DateTimeOffset now) =>
        new DkimVerifier(dns, new FakeTimeProvider(now)).VerifyAsync(RawMail.Read(raw), TestContext.Current.CancellationToken);

    private static void Sort(string id, bool agrees, string detail, List<string> passed, List<string> failed)
    {
        if (agrees)
        {
            passed.Add(id);
        }
        else
        {
            failed.Add($"{id} {detail}");
        }
    }

    private static string Show(IReadOnlyList<DkimSignatureResult> results) => string.Join(", ", results.Select(result => $"{result.Result} ({result.Reason})"));
}
