using Weir.Portal.Explorer;
using Weir.Portal.Help;

namespace Weir.Portal.Tests.Help;

public sealed class GlossaryTests
{
    [Fact]
    public void Every_term_has_a_place_of_its_own_and_they_stand_in_order()
    {
        var names = Glossary.All.Select(term => term.Name).ToList();

        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        Assert.Equal(names.Count, Glossary.All.Select(term => term.Anchor).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("NetworkMessageId")]
    [InlineData("Composite authentication")]
    [InlineData("BCL")]
    [InlineData("SCL")]
    [InlineData("ZAP")]
    [InlineData("DMARC")]
    public void The_words_that_newcomers_ask_for_are_explained(string name) => Assert.EndsWith(".", Glossary.Of(name)!, StringComparison.Ordinal);

    [Fact]
    public void Columns_that_are_words_of_the_trade_say_what_they_mean() => Assert.All(
        (string[])["networkId", "composite", "bcl", "overrides", "phishConfidence", "door", "mailFrom", "cluster"],
        id => Assert.NotNull(Glossary.Of(MailColumns.Find(id)!.Title)));
}
