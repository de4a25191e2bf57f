using Weir.Server.Commands;

namespace Weir.Server.Tests.Commands;

public sealed class DaysOptionTests
{
    [Theory]
    [InlineData("7")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("40000")]
    [InlineData("x")]
    [InlineData("1.5")]
    public void What_is_no_number_of_days_is_told_in_words(string days)
    {
        foreach (var (command, arguments) in new[] { (new RejudgeCommand().Build(), new[] { "--reason", "a" }), (new AuditCommand().Build(), ["/nowhere"]) })
        {
            var parsed = command.Parse([.. arguments, "--days", days]);

            if (days == "7")
            {
                Assert.Empty(parsed.Errors);
            }
            else
            {
                Assert.Matches("^--days is a number of days from 1 to 36500?[.]$", Assert.Single(parsed.Errors).Message);
            }
        }
    }
}
