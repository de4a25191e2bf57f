using Weir.Detection.Facts.Intents;
using Weir.Detection.Facts.Text;

namespace Weir.Detection.Tests.Facts.Intents;

public sealed class IntentFactsTests
{
    [Fact]
    public void The_very_sentences_are_the_evidence()
    {
        var intent = Read("Hi Tom. The weather is fine here. I need you to buy gift cards for a client. Please do it today. See you.").Find("gift-card");

        Assert.Equal("\"I need you to buy gift cards for a client\"", intent?.Quote);
        Assert.Equal("\"Please do it today\"", intent?.Press);
        Assert.Equal("", intent?.Secret);
    }

    [Fact]
    public void A_request_and_an_object_far_apart_are_no_intent() =>
        Assert.Null(Read("I need you to buy stamps. The rest is done. All is well here. We are many. Some people collect gift cards.").Find("gift-card"));

    [Fact]
    public void A_long_sentence_is_quoted_around_its_cue_and_bounded()
    {
        var filler = string.Join(' ', Enumerable.Repeat("and so on", 12));
        var quote = Read($"{filler} I need you to buy gift cards {filler}.").Find("gift-card")?.Quote ?? "";

        Assert.Contains("need you to buy gift cards", quote, StringComparison.Ordinal);
        Assert.StartsWith("\"…", quote, StringComparison.Ordinal);
        Assert.True(quote.Length < 150, quote);
    }

    [Fact]
    public void What_stands_below_an_answered_message_is_not_asked_now() =>
        Assert.Empty(Read("Thank you for the notice, we have passed it on to the people who look after these things and will tell you what comes of it.\n\nFrom: Mallory <m@evil.example>\nI need you to buy gift cards today.").Found);

    [Fact]
    public void A_forwarded_message_without_words_of_its_own_is_read() =>
        Assert.NotNull(Read("FYI\n\nFrom: Mallory <m@evil.example>\nI need you to buy gift cards today.").Find("gift-card"));

    [Theory]
    [InlineData("call +1 (808) 555-0142")]
    [InlineData("call 0800 555 0142")]
    [InlineData("call +49 30 555 01420")]
    [InlineData("call 808-555-0142")]
    public void Telephone_numbers_of_many_forms_are_seen(string call) =>
        Assert.NotNull(Read($"Your order is confirmed, 300 USD were charged. To cancel {call} now.").Find("callback"));

    [Fact]
    public void An_order_number_is_no_telephone_number() =>
        Assert.Null(Read("Your order 4455667788990 is confirmed, 300 USD were charged. To cancel call our shop.").Find("callback"));

    [Fact]
    public void Hostile_text_is_read_in_bounded_time()
    {
        var text = string.Join(' ', Enumerable.Repeat("please can you buy gift cards today, call +1 800 555 0142 and send your passport", 5_000));

        var started = TimeProvider.System.GetTimestamp();
        _ = Read(text);

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("…!?\n\n\"\"\"„“")]
    [InlineData("++++++ ((((( 1")]
    public void Text_without_words_is_no_intent(string text) => Assert.Empty(Read(text).Found);

    private static IntentFacts Read(string text) => IntentFacts.Of(TextFacts.Of("", text));
}
