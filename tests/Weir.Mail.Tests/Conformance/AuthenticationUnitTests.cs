using System.Text.Json;
using Weir.Mail.Authentication;
using Weir.Mail.Authentication.Arc;
using Weir.Mail.Headers;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

/// <summary>Small parsers around authentication, compared with those of mailauth. Canonical forms and SPF macros stand with DKIM and SPF.</summary>
public sealed class AuthenticationUnitTests
{
    [Fact]
    public void Tag_lists_are_read_as_recorded()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Cases("tools_record-parse"))
        {
            var calls = test.GetProperty("trace").EnumerateArray().ToList();
            if (calls.Count != 1)
            {
                continue;
            }

            var args = calls[0].GetProperty("args");
            // Rules of BIMI and options of that library's own are not Weir's.
            if (calls[0].GetProperty("call").GetString() != "tools.parseTagValueRecord" || args.GetArrayLength() > 1 || args[0].ValueKind != JsonValueKind.String)
            {
                continue;
            }

            var tags = TagList.ParseTolerant(args[0].GetString()!);
            var wrong = test.GetProperty("expect").EnumerateArray()
                .Where(expect => expect.GetProperty("subject").GetString()!.StartsWith("r0.tags.", StringComparison.Ordinal))
                .Where(expect => tags[expect.GetProperty("subject").GetString()!["r0.tags.".Length..]] != expect.GetProperty("value").ToString())
                .Select(expect => expect.ToString()).ToList();
            Sort(test, wrong.Count == 0, string.Join("; ", wrong), passed, failed);
        }

        Suites.AssertKnown("tag-lists", passed, failed, 12);
    }

    [Fact]
    public void Reported_results_are_read_as_recorded()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Cases("dkim_parse-dkim-headers"))
        {
            var calls = test.GetProperty("trace").EnumerateArray().ToDictionary(call => call.GetProperty("id").GetString()!, call => call.GetProperty("args")[0].GetString()!, StringComparer.Ordinal);
            foreach (var expect in test.GetProperty("expect").EnumerateArray().Where(expect => expect.GetProperty("subject").ValueKind == JsonValueKind.String && expect.TryGetProperty("value", out _)))
            {
                var path = expect.GetProperty("subject").GetString()!.Split('.');
                if (path is not [_, "parsed", "dkim" or "arc", ..])
                {
                    continue;
                }

                var field = calls[path[0]];
                var text = field[(field.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && colon < 40 ? colon + 2 : 0)..];
                text = text.StartsWith("i=1; ", StringComparison.Ordinal) ? text[5..] : text;
                var found = ReportedResult.Read(text).Where(result => result.Method == path[2]).ToList();
                var value = expect.GetProperty("value");
                var agrees = value.ValueKind == JsonValueKind.String
                    ? found is [var only] && only.Result == value.GetString()
                    : found.Count == value.GetArrayLength() && found.Zip(value.EnumerateArray()).All(pair => Agrees(pair.First, pair.Second));
                Sort(test, agrees, $"expected {value}, got {string.Join(", ", found)}", passed, failed);
            }
        }

        Suites.AssertKnown("reported-results", passed, failed, 6);
    }

    [Fact]
    public void Received_fields_are_read_as_recorded()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Cases("parse-received"))
        {
            var field = test.GetProperty("trace")[0].GetProperty("args")[0].GetString()!;
            var hop = ReceivedField.Parse(field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            var expect = test.GetProperty("expect")[0];
            var value = expect.GetProperty("value");
            var agrees = expect.GetProperty("subject").GetString() != "r0"
                || (hop.FromName == value.GetProperty("from").GetProperty("value").GetString() && hop.By == value.GetProperty("by").GetProperty("value").GetString()
                    && hop.With == value.GetProperty("with").GetProperty("value").GetString() && hop.Id == value.GetProperty("id").GetProperty("value").GetString());
            Sort(test, agrees, hop.ToString(), passed, failed);
        }

        Suites.AssertKnown("parse-received", passed, failed, 2);
    }

    private static bool Agrees(ReportedResult result, JsonElement expected) => result.Result == expected.GetProperty("value").GetString()
        && (!expected.TryGetProperty("header", out var header) || header.EnumerateObject().All(property => result.Properties.GetValueOrDefault($"header.{property.Name}") == property.Value.GetString()));

    private static IEnumerable<JsonElement> Cases(string group) =>
        Suites.Cases("auth-units-mailauth/units.jsonl").Where(test => test.GetProperty("id").GetString()!.StartsWith(group + "#", StringComparison.Ordinal));

    private static void Sort(JsonElement test, bool agrees, string detail, List<string> passed, List<string> failed)
    {
        var id = $"units/{test.GetProperty("id").GetString()}";
        (agrees ? passed : failed).Add(agrees ? id : $"{id} {detail}");
    }
}
