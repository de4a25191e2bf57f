using System.Reflection;
using System.Text.RegularExpressions;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests;

public sealed class TimeLimitTests
{
    /// <summary>On a busy machine a limit of half a second passes for honest text too, and what is thrown then loses the message.</summary>
    [Fact]
    public void No_expression_of_parsing_and_authentication_ends_by_the_clock()
    {
        var limited = typeof(MailParser).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Weir.Mail.Inspection", StringComparison.Ordinal) == false)
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<GeneratedRegexAttribute>() is { MatchTimeoutMilliseconds: > 0 })
            .Select(method => $"{method.DeclaringType?.Name}.{method.Name}");

        Assert.Empty(limited);
    }
}
