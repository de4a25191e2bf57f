using System.Net;
using System.Text.Json;
using Weir.Mail.Authentication.Spf;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

public sealed class SpfSuiteTests
{
    [Theory]
    [InlineData("spf-rfc7208/dev/rfc7208.jsonl", "spf-rfc7208/zones-rfc7208.json", 140)]
    [InlineData("spf-rfc7208/pyspf-extra.jsonl", "spf-rfc7208/zones-pyspf-extra.json", 10)]
    public async Task The_openspf_suite_agrees(string cases, string zones, int atLeast)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Suites.Path(zones), TestContext.Current.CancellationToken));
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases(cases))
        {
            var dns = ReadZone(document.RootElement.GetProperty(test.GetProperty("zone").GetString()!).GetProperty("zonedata"));
            var (outcome, _) = await SpfCheck.RunAsync(
                dns,
                IPAddress.Parse(test.GetProperty("host").GetString()!),
                test.GetProperty("mailfrom").GetString()!,
                test.GetProperty("helo").GetString()!,
                TestContext.Current.CancellationToken);
            var id = test.GetProperty("id").GetString()!;
            var accepted = test.GetProperty("result").EnumerateArray().Select(result => result.GetString()).ToList();
            if (accepted.Contains(Word(outcome.Result)))
            {
                passed.Add(id);
            }
            else
            {
                failed.Add($"{id} expected {string.Join('|', accepted)}, got {Word(outcome.Result)}: {outcome.Reason}");
            }
        }

        Suites.AssertKnown(cases, passed, failed, atLeast);
    }

    [Fact]
    public async Task The_suite_of_another_implementation_agrees()
    {
        List<string> passed = [], failed = [];
        foreach (var file in Directory.GetFiles(Suites.Path("spf-stalwart/dev")).Order(StringComparer.Ordinal))
        {
            foreach (var test in Suites.Cases($"spf-stalwart/dev/{Path.GetFileName(file)}"))
            {
                var zone = new Zone();
                foreach (var record in test.GetProperty("records").EnumerateArray())
                {
                    AddLine(zone, record.GetString()!);
                }

                foreach (var more in (string[])["spf", "a", "ptr"])
                {
                    if (test.TryGetProperty(more, out var line))
                    {
                        AddLine(zone, $"{more}: {line.GetString()}");
                    }
                }

                var domain = test.TryGetProperty("domain", out var named) ? named.GetString()! : test.GetProperty("spf").GetString()!.Split(' ')[0];
                // The suite's way to say that a name server fails.
                zone.Broken("_dns_error.org").Broken("_dns_error.test.org");
                var sender = test.TryGetProperty("sender", out var from) ? from.GetString()! : $"postmaster@{domain}";
                var id = $"spf-stalwart/{test.GetProperty("id").GetString()}";
                var expected = test.GetProperty("expect").GetString()!.Split(' ')[0];
                var outcome = await new SpfCheck(zone.Build(), IPAddress.Parse(test.GetProperty("ip").GetString()!), sender, domain).CheckAsync(domain, TestContext.Current.CancellationToken);
                if (Word(outcome.Result) == expected)
                {
                    passed.Add(id);
                }
                else
                {
                    failed.Add($"{id} expected {expected}, got {Word(outcome.Result)}: {outcome.Reason}");
                }
            }
        }

        Suites.AssertKnown("spf-stalwart", passed, failed, 85);
    }

    [Fact]
    public void The_macro_examples_of_the_RFC_expand()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("auth-units-mailauth/spf-macros.jsonl"))
        {
            var context = test.GetProperty("context");
            var sender = context.GetProperty("sender").GetString()!;
            var domain = context.TryGetProperty("domain", out var given) ? given.GetString()! : sender[(sender.IndexOf('@', StringComparison.Ordinal) + 1)..];
            var ip = context.TryGetProperty("ip", out var address) ? address.GetString()! : "192.0.2.3";
            var expanded = SpfMacro.Expand(test.GetProperty("macro").GetString()!, new(sender, domain, "mx.example.org", IPAddress.Parse(ip)), "unknown");
            var id = test.GetProperty("id").GetString()!;
            (expanded == test.GetProperty("expected").GetString() ? passed : failed).Add(expanded == test.GetProperty("expected").GetString() ? id : $"{id} got {expanded}");
        }

        Suites.AssertKnown("spf-macros", passed, failed, 26);
    }

    private static IDns ReadZone(JsonElement names)
    {
        var zone = new Zone();
        foreach (var name in names.EnumerateObject())
        {
            zone.Name(name.Name);
            var hasText = name.Value.EnumerateArray().Any(record => record.ValueKind == JsonValueKind.Object && record.TryGetProperty("TXT", out _));
            foreach (var record in name.Value.EnumerateArray())
            {
                if (record.ValueKind == JsonValueKind.String)
                {
                    continue;
                }

                foreach (var field in record.EnumerateObject())
                {
                    if (field.Name == "MX")
                    {
                        zone.Add(name.Name, "MX", $"{field.Value[0].GetInt32()} {field.Value[1].GetString()}");
                    }
                    else if (field.Name == "SPF")
                    {
                        if (!hasText)
                        {
                            zone.Txt(name.Name, Text(field.Value));
                        }
                    }
                    else if (Text(field.Value) is var text and not "NONE")
                    {
                        zone.Add(name.Name, field.Name, text);
                    }
                }
            }

            if (name.Value.EnumerateArray().Any(record => record.ValueKind == JsonValueKind.String))
            {
                zone.Broken(name.Name, "TIMEOUT");
            }
        }

        return zone.Build();
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Array ? string.Concat(value.EnumerateArray().Select(Text)) : value.GetString()!;

    private static void AddLine(Zone zone, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var words = line[(colon + 1)..].Trim().Split(' ', 2);
        var values = words.Length < 2 ? [] : words[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        switch (line[..colon])
        {
            case "spf" or "exp" or "txt":
                zone.Txt(words[0], words[1]);
                break;
            case "a" or "aaaa":
                foreach (var value in values)
                {
                    zone.Add(words[0], value.Contains(':', StringComparison.Ordinal) ? "AAAA" : "A", value);
                }

                break;
            case "mx":
                foreach (var (index, value) in values.Index())
                {
                    if (IPAddress.TryParse(value, out var address))
                    {
                        zone.Add(words[0], "MX", $"{index} m{index}.{words[0]}").Add($"m{index}.{words[0]}", value.Contains(':', StringComparison.Ordinal) ? "AAAA" : "A", address.ToString());
                    }
                    else
                    {
                        zone.Add(words[0], "MX", $"{index} {value}");
                    }
                }

                break;
            default:
                zone.Add(SpfMacro.Expand("%{ir}.%{v}.arpa", new("a@b", "", "", IPAddress.Parse(words[0])), ""), "PTR", values);
                break;
        }
    }

    private static string Word(SpfResult result) => result.ToString().ToLowerInvariant();
}
