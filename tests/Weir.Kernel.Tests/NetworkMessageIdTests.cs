namespace Weir.Kernel.Tests;

public sealed class NetworkMessageIdTests
{
    [Fact]
    public void Ids_sort_by_the_time_they_were_made_for_and_read_back()
    {
        var at = new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
        var earlier = NetworkMessageId.New(at).ToString();
        var later = NetworkMessageId.New(at.AddMilliseconds(1)).ToString();

        Assert.True(string.CompareOrdinal(earlier, later) < 0);
        Assert.Equal(earlier.ToLowerInvariant(), earlier);
        Assert.True(NetworkMessageId.TryParse(earlier, null, out var back));
        Assert.Equal(earlier, back.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-an-id")]
    [InlineData("{0199a3b0-0000-7000-8000-000000000001}")]
    public void Anything_else_is_no_id(string text) => Assert.False(NetworkMessageId.TryParse(text, null, out _));
}
