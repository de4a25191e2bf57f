using System.Text.Json;
using Weir.Mail.Authentication.Dmarc;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

public sealed class DmarcSuiteTests
{
    [Fact]
    public async Task Discovery_alignment_and_policy_agree_with_RFC_9989()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("dmarc/dev/mailauth.jsonl"))
        {
            var call = test.GetProperty("calls")[0];
            if (call.TryGetProperty("fn", out _) || !call.TryGetProperty("input", out var input))
            {
                continue;
            }

            var authors = (input.GetProperty("headerFrom").ValueKind == JsonValueKind.Array
                ? input.GetProperty("headerFrom").EnumerateArray().Select(from => from.GetString()!)
                : [input.GetProperty("headerFrom").GetString()!])
                .Select(from => from[(from.LastIndexOf('@') + 1)..]).ToList();
            var outcome = await new DmarcCheck(ReadZone(call.GetProperty("zone")), PublicSuffixes.BuiltIn)
                .RunAsync(authors, Domains(input, "dkimDomains"), Domains(input, "spfDomains") is [var first, ..] ? first : "", TestContext.Current.CancellationToken);
            var id = test.GetProperty("id").GetString()!;
            var wrong = test.GetProperty("expect").EnumerateArray().Select(expect => Compare(expect, outcome)).Where(difference => difference.Length > 0).ToList();
            if (wrong.Count == 0)
            {
                passed.Add(id);
            }
            else
            {
                failed.Add($"{id} {string.Join("; ", wrong)} ({outcome})");
            }
        }

        Suites.AssertKnown("dmarc-mailauth", passed, failed, 35);
    }

    [Fact]
    public async Task The_transcribed_cases_agree()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("dmarc/stalwart.jsonl"))
        {
            var from = test.GetProperty("from").GetString()!;
            var spf = Text(test, "spf") == "pass" ? Text(test, "mail_from_domain") : "";
            List<string> signers = Text(test, "dkim") == "pass" ? [Text(test, "dkim_d")] : [];
            var outcome = await new DmarcCheck(ReadZone(test.GetProperty("zone")), PublicSuffixes.BuiltIn)
                .RunAsync([from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]], signers, spf, TestContext.Current.CancellationToken);
            var agrees = test.GetProperty("expect").EnumerateObject().All(expect => expect.Name switch
            {
                "policy" => outcome.Policy.ToString().Equals(expect.Value.GetString(), StringComparison.OrdinalIgnoreCase),
                "record" => outcome.Result == DmarcResult.None,
                "spf" => outcome.IsSpfAligned == (expect.Value.GetString() == "pass"),
                _ => outcome.IsDkimAligned == (expect.Value.GetString() == "pass"),
            });
            (agrees ? passed : failed).Add(agrees ? test.GetProperty("id").GetString()! : $"{test.GetProperty("id").GetString()} {outcome}");
        }

        Suites.AssertKnown("dmarc-stalwart", passed, failed, 11);
    }

    [Fact]
    public async Task Tables_of_OpenDMARC_agree_where_RFC_9989_does()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("dmarc/opendmarc.jsonl"))
        {
            var id = test.GetProperty("id").GetString()!;
            bool? agrees = Text(test, "kind") switch
            {
                "record-parse" => (DmarcRecord.Parse(Text(test, "record")) is not null) == (Text(test, "expect") == "OKAY"),
                "org-domain-psl" => PublicSuffixes.OrganizationalDomain(Text(test, "domain")) == Text(test, "org"),
                _ => null,
            };
            if (agrees is { } known)
            {
                (known ? passed : failed).Add(id);
            }
        }

        await Task.CompletedTask;
        Suites.AssertKnown("opendmarc", passed, failed, 12);
    }

    private static string Compare(JsonElement expect, DmarcOutcome outcome)
    {
        var value = expect.TryGetProperty("value", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
        var result = outcome.Result == DmarcResult.BestGuessPass ? "none" : outcome.Result.ToString().ToLowerInvariant();
        var (actual, wanted) = expect.GetProperty("field").GetString() switch
        {
            "result.status.result" => (result, value),
            "result.policy" => (outcome.Policy.ToString().ToLowerInvariant(), value),
            "result.domain" => (outcome.Organisation, value),
            "result.alignment.dkim.result" => ((outcome.IsDkimAligned ? "aligned" : "not"), value.Length > 0 ? "aligned" : "not"),
            "result.alignment.spf.result" => ((outcome.IsSpfAligned ? "aligned" : "not"), value.Length > 0 ? "aligned" : "not"),
            _ => ("", ""),
        };
        return actual == wanted ? "" : $"{expect.GetProperty("field").GetString()}: {wanted} expected, got {actual}";
    }

    private static IReadOnlyList<string> Domains(JsonElement input, string name) => input.TryGetProperty(name, out var list)
        ? [.. list.EnumerateArray().Select(entry => entry.ValueKind == JsonValueKind.String ? entry.GetString()! : entry.GetProperty("domain").GetString()!)]
        : [];

    private static IDns ReadZone(JsonElement names)
    {
        var zone = new Zone();
        foreach (var name in names.EnumerateObject())
        {
            foreach (var type in name.Value.EnumerateObject())
            {
                if (type.Value.ValueKind == JsonValueKind.String)
                {
                    if (type.Value.GetString() is not ("ERROR:ENODATA" or "ERROR:ENOTFOUND"))
                    {
                        zone.Broken(name.Name, "TIMEOUT", type.Name);
                    }

                    continue;
                }

                zone.Add(name.Name, type.Name, [.. type.Value.EnumerateArray().Select(record => record.ValueKind == JsonValueKind.Array ? string.Concat(record.EnumerateArray().Select(part => part.GetString())) : record.ToString())]);
            }
        }

        return zone.Build();
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
