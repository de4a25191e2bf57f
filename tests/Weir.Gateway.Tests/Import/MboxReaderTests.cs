using System.Text;
using CsCheck;
using Weir.Gateway.Import;
using Weir.Gateway.Tests.Support;

namespace Weir.Gateway.Tests.Import;

public sealed class MboxReaderTests
{
    private const string Separator = "From stranger@good.example Tue Nov 24 13:53:08 2026\n";

    [Fact]
    public async Task Two_messages_are_two_with_sender_and_date_of_their_separators()
    {
        var found = await SplitAsync($"{Separator}Subject: a\n\nbody a\n\n{Separator}Subject: b\n\nbody b\n");

        Assert.Equal(["Subject: a\n\nbody a\n", "Subject: b\n\nbody b\n"], found.Select(Text));
        Assert.All(found, message => Assert.Equal(("stranger@good.example", new DateTimeOffset(2026, 11, 24, 13, 53, 8, TimeSpan.Zero)), (message.EnvelopeSender, message.WrittenAt)));
        Assert.Equal(["box#1", "box#2"], found.Select(message => message.Source));
    }

    [Fact]
    public async Task Quoted_lines_lose_one_sign_and_prose_is_no_separator()
    {
        var found = await SplitAsync($"{Separator}Subject: a\n\n>From the start\n>>From deeper\n\nFrom here on we sail.\n> From is quoted by hand\n");

        Assert.Equal("Subject: a\n\nFrom the start\n>From deeper\n\nFrom here on we sail.\n> From is quoted by hand\n", Text(Assert.Single(found)));
    }

    [Fact]
    public async Task A_length_that_leads_to_the_next_separator_is_believed()
    {
        var body = $"before\n\n{Separator}inside\n";

        var found = await SplitAsync($"{Separator}Content-Length: {body.Length}\n\n{body}\n{Separator}Subject: b\n\nb\n");

        Assert.Equal([$"Content-Length: {body.Length}\n\n{body}", "Subject: b\n\nb\n"], found.Select(Text));
    }

    [Fact]
    public async Task A_length_that_lies_is_not()
    {
        var found = await SplitAsync($"{Separator}Content-Length: 99999\n\nx\n\n{Separator}Content-Length: 1\n\nyyy\n");

        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task A_giant_message_is_passed_over_and_the_next_one_found()
    {
        var found = await AllAsync($"{Separator}Subject: a\n\n{new string('x', 300_000)}\n\n{Separator}Subject: b\n\nb\n", maxMessageBytes: 200_000);

        Assert.Equal("larger than 64 MiB", Assert.IsType<SkippedItem>(found[0]).Reason);
        Assert.Equal("Subject: b\n\nb\n", Text(Assert.IsType<FoundMessage>(found[1])));
    }

    [Fact]
    public Task What_was_joined_is_split_again() =>
        Gen.String[Gen.Char["aF:> \n"], 0, 40].Select(Gen.OneOf("From x\n", ">From x\n", "From a@b Tue Nov 24 13:53:08 2026\n", ""), (text, line) => $"Subject: s\n\n{text.TrimEnd('\n')}\n\n{line}end\n")
            .Array[1, 5].SampleAsync(async messages =>
            {
                var box = string.Concat(messages.Select(message => Separator + Quote(message) + "\n"));
                Assert.Equal(messages, (await SplitAsync(box)).Select(Text));
            });

    [Fact]
    public Task Any_bytes_are_split_without_losing_the_end() =>
        Gen.String[Gen.Char["F rom:>\n1200@C"], 0, 300].SampleAsync(async text => await AllAsync(Separator + text));

    private static string Quote(string message) => System.Text.RegularExpressions.Regex.Replace(message, "^(?=>*From )", ">", System.Text.RegularExpressions.RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    private static string Text(FoundMessage message) => Encoding.Latin1.GetString(message.Raw.Span);

    private static async Task<List<FoundMessage>> SplitAsync(string box) => [.. (await AllAsync(box)).Cast<FoundMessage>()];

    private static async Task<List<FoundItem>> AllAsync(string box, int maxMessageBytes = MailTree.MaxMessageBytes)
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(box));
        Assert.True(await MboxReader.IsMboxAsync(stream, TestContext.Current.CancellationToken));
        return await new MboxReader(stream, "box", Door.Morning, maxMessageBytes).ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
