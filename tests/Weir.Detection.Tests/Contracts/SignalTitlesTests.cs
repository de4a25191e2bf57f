using Weir.Detection.Contracts;
using Weir.Detection.Verdicts;

namespace Weir.Detection.Tests.Contracts;

public sealed class SignalTitlesTests
{
    [Fact]
    public void Every_signal_has_a_title_in_words() => Assert.All(Weights.Names, name =>
    {
        var title = SignalTitles.Find(name);

        Assert.False(string.IsNullOrEmpty(title), $"{name} has no title.");
        Assert.Contains(' ', title);
        Assert.True(char.IsUpper(title[0]) && !title.EndsWith('.'), title);
    });

    [Theory]
    [InlineData("language-credentials-once", "It asks to sign in")]
    [InlineData("url-shortener-2", "A link is shortened")]
    [InlineData("language-prize-much-13", "It promises a prize")]
    [InlineData("of-an-older-record", "Of an older record")]
    [InlineData("", "")]
    public void How_often_and_how_strongly_is_no_matter_of_the_title(string name, string title) => Assert.Equal(title, SignalTitles.Of(name));
}
