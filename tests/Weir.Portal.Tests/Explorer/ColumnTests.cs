using Weir.Portal.Explorer;

namespace Weir.Portal.Tests.Explorer;

public sealed class ColumnTests
{
    [Fact]
    public void An_address_without_columns_shows_each_person_their_own()
    {
        var read = ExplorerAddress.Read("http://here/explorer", "subject,nonsense,size");

        Assert.Equal(["subject", "size"], read.Columns.Select(column => column.Id));
        Assert.Equal("/explorer", read.Write());
    }

    [Fact]
    public void An_address_with_columns_shows_everybody_the_same() =>
        Assert.Equal(["date"], ExplorerAddress.Read("http://here/explorer?columns=date", "subject,size").Columns.Select(column => column.Id));

    [Fact]
    public void What_is_sorted_by_is_asked_for_though_it_is_not_shown() =>
        Assert.Contains("EmailSize", MailColumns.Sources([MailColumns.Find("subject")!], MailColumns.Find("size")!));

    [Fact]
    public void Every_column_of_the_inventory_that_the_record_has_facts_for_is_there() => Assert.Superset(
        new HashSet<string>(StringComparer.Ordinal)
        {
            "Date", "Subject", "Recipient", "Recipient domain", "Tags", "Sender address", "Sender display name", "Sender domain", "Sender IP", "Sender mail from address",
            "Sender mail from domain", "Additional actions", "Delivery action", "Latest delivery location", "Original delivery location", "System overrides source", "System overrides",
            "Internet message ID", "Network message ID", "Mail language", "Threat type", "Detection technology", "Threat classification", "Attachment count", "URL count",
            "Email size (bytes)", "Phish confidence level",
        },
        MailColumns.All.Select(column => column.Title).ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void The_usual_columns_fit_a_window_of_1400_pixels()
    {
        // Navigation, paddings and the box of a row take 264 of them.
        var narrowest = MailColumns.Default.Sum(column => int.Parse(string.Concat(column.Width.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture));

        Assert.InRange(narrowest, 800, 1_400 - 264);
    }

    [Fact]
    public void A_value_leads_to_all_mail_that_has_it() =>
        Assert.Equal(
            """{"and":[{"p":"senderDomain","is":["x.example"]}]}""",
            ConditionText.Write(ExplorerAddress.Read("http://here" + PivotAddress.Of("senderDomain", "x.example")).Filter));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense,<script>")]
    public void Nonsense_means_the_usual_columns(string? ids) => Assert.Equal(MailColumns.Default, MailColumns.Read(ids));
}
