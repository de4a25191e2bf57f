using CsCheck;
using Weir.Portal.Explorer;

namespace Weir.Portal.Tests.Explorer;

public sealed class KqlTextTests
{
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("O'Brien", @"'O\'Brien'")]
    [InlineData(@"back\slash", @"'back\\slash'")]
    [InlineData("two\nlines", @"'two\nlines'")]
    [InlineData("bell\u0007", @"'bell\u0007'")]
    [InlineData("' | take 1 //", @"'\' | take 1 //'")]
    [InlineData("🐟", "'🐟'")]
    public void A_value_becomes_a_literal(string value, string literal) => Assert.Equal(literal, KqlText.Literal(value));

    [Fact]
    public void No_value_can_end_its_literal() => Gen.String.Sample(value =>
    {
        var literal = KqlText.Literal(value);

        Assert.Equal(literal.Length, EndOfLiteral(literal));
        Assert.DoesNotContain(literal, character => char.IsControl(character));
    });

    [Fact]
    public void A_literal_read_back_is_the_value() => Gen.String.Sample(value =>
        Assert.Equal(string.Concat(value.EnumerateRunes().Select(rune => rune.ToString())), Read(KqlText.Literal(value))));

    [Fact]
    public void Times_have_seven_digits_and_are_UTC() =>
        Assert.Equal("datetime(2026-11-24T09:30:00.1234567Z)", KqlText.Literal(new DateTimeOffset(2026, 11, 24, 10, 30, 0, TimeSpan.FromHours(1)).AddTicks(1_234_567)));

    [Theory]
    [InlineData(1, "1s")]
    [InlineData(60, "1m")]
    [InlineData(90, "90s")]
    [InlineData(10_800, "3h")]
    [InlineData(172_800, "2d")]
    public void Steps_are_written_in_their_largest_unit(int seconds, string text) => Assert.Equal(text, KqlText.Literal(TimeSpan.FromSeconds(seconds)));

    /// <summary>Where a reader of KQL sees the literal end.</summary>
    private static int EndOfLiteral(string text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '\'')
            {
                return at + 1;
            }
        }

        return -1;
    }

    private static string Read(string literal)
    {
        var value = new System.Text.StringBuilder();
        for (var at = 1; at < literal.Length - 1; at++)
        {
            if (literal[at] != '\\')
            {
                value.Append(literal[at]);
                continue;
            }

            at++;
            value.Append(literal[at] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'u' => (char)Convert.ToInt32(literal.Substring(at + 1, 4), 16), var other => other });
            at += literal[at] == 'u' ? 4 : 0;
        }

        return value.ToString();
    }
}
