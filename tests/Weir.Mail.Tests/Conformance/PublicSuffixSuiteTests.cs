using System.Text.Json;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

public sealed class PublicSuffixSuiteTests
{
    [Fact]
    public void The_algorithm_is_right_with_the_full_list() =>
        Run("psl-full", PublicSuffixes.Load(Suites.Path("psl/public_suffix_list.dat")), 78);

    [Fact]
    public void The_compact_list_knows_most() => Run("psl-compact", PublicSuffixes.BuiltIn, 60);

    private static void Run(string suite, PublicSuffixes list, int atLeast)
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("psl/tests.jsonl"))
        {
            var input = test.GetProperty("input");
            var expected = test.GetProperty("registrable").GetString();
            var actual = input.ValueKind == JsonValueKind.Null ? null : list.Registrable(input.GetString()!);
            var id = test.GetProperty("id").GetString()!.Replace("psl/", suite + "/", StringComparison.Ordinal);
            (actual == expected ? passed : failed).Add(actual == expected ? id : $"{id} {input} expected {expected}, got {actual}");
        }

        Suites.AssertKnown(suite, passed, failed, atLeast);
    }
}
