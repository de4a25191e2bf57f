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

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense,<script>")]
    public void Nonsense_means_the_usual_columns(string? ids) => Assert.Equal(MailColumns.Default, MailColumns.Read(ids));
}
