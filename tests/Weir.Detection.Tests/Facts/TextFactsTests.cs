using CsCheck;
using Weir.Detection.Facts.Text;

namespace Weir.Detection.Tests.Facts;

public sealed class TextFactsTests
{
    [Theory]
    [InlineData("Please verify your account today", "credentials")]
    [InlineData("Bitte bestätigen Sie Ihre Daten", "credentials")]
    [InlineData("Veuillez vérifier votre compte", "credentials")]
    [InlineData("Verifique su cuenta", "credentials")]
    [InlineData("Atualize seus dados", "credentials")]
    [InlineData("Your mailbox has been suspended", "account-threat")]
    [InlineData("Herzlichen Glückwunsch", "prize")]
    public void A_phrase_is_found_in_each_language(string text, string kind) => Assert.True(TextFacts.Of("", text).Has(kind));

    [Fact]
    public void What_a_reply_quotes_is_not_said_by_it() => Assert.False(TextFacts.Of("", "I got this:\n> Please verify your account\nIs it real?").Has("credentials"));

    [Theory]
    [InlineData("Verify your wallet", false)]
    [InlineData("Your walIet is limited", true)]
    [InlineData("Your acc0unt is limited", true)]
    [InlineData("the isInvalid flag and getItem", false)]
    public void Words_in_disguise_are_read_as_meant(string text, bool isDisguised) => Assert.Equal(isDisguised, TextFacts.Of("", text).Disguised.Count > 0);

    [Fact]
    public void Phrases_close_together_are_quoted_once() => Assert.Equal(
        "\"closed within 24 hours. Verify your account and confirm your\"",
        TextFacts.Of("", "It will be closed within 24 hours. Verify your account and confirm your identity now.").Quote("credentials"));

    [Fact]
    public void Phrases_far_apart_are_quotes_of_their_own()
    {
        var quotes = TextFacts.Of("", $"Verify your account today. {string.Concat(Enumerable.Repeat("And more words follow. ", 10))} Bitte bestätigen Sie Ihre Daten.").Quote("credentials").Split(" … ");

        Assert.Equal(2, quotes.Length);
        Assert.Equal(2, quotes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_letter_that_is_only_a_mark_is_no_word() => Assert.Equal(["verify", "your", "account"], TextFacts.Of("", "verify \uFF9E your \uFF9E\uFF9F account").Words.Select(word => word.Folded));

    [Fact]
    public void Any_text_is_read_without_an_exception() => Gen.String.Sample(text =>
    {
        var facts = TextFacts.Of("subject", text);
        Assert.All(facts.Words, word => Assert.InRange(word.End, word.Start, facts.Source.Length));
    });
}
