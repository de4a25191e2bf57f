using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Weir.Mail.Authentication.Arc;
using Weir.Mail.Authentication.Dkim;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

/// <summary>Chain validation. The suite's cases of sealing are not run: Weir seals nothing.</summary>
public sealed class ArcSuiteTests
{
    [Fact]
    public async Task Chains_of_the_ARC_suite_are_validated()
    {
        using var zones = JsonDocument.Parse(await File.ReadAllTextAsync(Suites.Path("arc-valimail/zones-validation.json"), TestContext.Current.CancellationToken));
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("arc-valimail/dev/validation.jsonl"))
        {
            var zone = new Zone();
            foreach (var record in zones.RootElement.GetProperty(test.GetProperty("zone").GetString()!).GetProperty("txt").EnumerateObject())
            {
                zone.Txt(record.Name, record.Value.GetString()!);
            }

            var mail = RawMail.Read(Encoding.UTF8.GetBytes(test.GetProperty("message").GetString()!));
            var chain = await new ArcVerifier(zone.Build(), new FakeTimeProvider()).VerifyAsync(mail, TestContext.Current.CancellationToken);

            var id = test.GetProperty("id").GetString()!;
            var expected = test.GetProperty("cv").GetString();
            (chain.Result.ToString() == expected ? passed : failed).Add(chain.Result.ToString() == expected ? id : $"{id} expected {expected}, got {chain.Result}: {chain.Reason}");
        }

        Suites.AssertKnown("arc", passed, failed, 111);
    }
}
