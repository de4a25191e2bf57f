using System.Text;
using CsCheck;
using Weir.Portal.Emails;

namespace Weir.Portal.Tests.Emails;

public sealed class SourceTextTests
{
    [Fact]
    public void Lines_are_numbered_and_what_is_cited_is_marked()
    {
        var source = Source("From: a\r\nSubject: Hello\r\n\r\nBody\r\n", "Subject: Hello");

        var (rows, next) = source.From(source.First);

        Assert.Equal(["1 From: a", "2 [Subject: Hello]", "3 ", "4 Body"], rows.Select(Text));
        Assert.Equal(-1, next);
    }

    [Fact]
    public void A_citation_over_several_lines_is_marked_in_each() =>
        Assert.Equal(["1 A: [b]", "2 [ c]d"], Rows(Source("A: b\n cd\n", "b\n c")).Select(Text));

    [Fact]
    public void A_long_line_goes_on_in_rows_without_a_number()
    {
        var rows = Rows(Source($"one\n{new string('x', 1_000)}\ntwo\n", "two"));

        Assert.Equal([1, 2, 0, 0, 3], rows.Select(row => row.Number));
        Assert.All(rows, row => Assert.True(Text(row).Length <= 410));
    }

    [Fact]
    public void A_character_is_not_cut_where_a_long_line_goes_on() =>
        Assert.All(Rows(Source(new string('x', 399) + new string('é', 300) + "\n", null)), row => Assert.DoesNotContain("Ã", Text(row), StringComparison.Ordinal));

    [Fact]
    public void Characters_that_turn_text_round_are_written_out() =>
        Assert.Contains("gnp.[U+202E]exe", Text(Assert.Single(Rows(Source("gnp.\u202Eexe\n", null)))), StringComparison.Ordinal);

    [Fact]
    public void A_window_shows_what_is_cited_far_down_and_one_can_go_on_both_ways()
    {
        var text = string.Concat(Enumerable.Range(1, 3_000).Select(line => $"line {line}\n"));
        var source = Source(text, "line 2000");

        var (rows, next) = source.From(source.First);
        Assert.InRange(rows[0].Number, 1_900, 1_999);
        Assert.Contains(rows, row => Text(row) == "2000 [line 2000]");
        Assert.Equal(rows[^1].Number + 1, source.From(next).Rows[0].Number);
        var before = source.Before(source.First);
        Assert.InRange(source.From(before).Rows[0].Number, 1_500, rows[0].Number - 1);
        Assert.Equal(-1, source.Before(0));
    }

    [Fact]
    public void Of_a_huge_message_the_part_around_the_citation_is_kept_with_its_true_line_numbers()
    {
        var raw = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789abcde\n", 400_000)));
        var source = new SourceText(raw, new ByteSpan(16 * 300_000, (16 * 300_000) + 15));

        Assert.True(source.IsCut);
        Assert.Contains(source.From(source.First).Rows, row => Text(row) == "300001 [0123456789abcde]");
    }

    [Fact]
    public void A_field_of_the_header_is_found_again_by_its_name_where_the_text_has_other_offsets()
    {
        var source = SourceText.OfHeader("Subject: Grüße\r\nReply-To: Mallory\r\n <m@other.example>\r\nDate: x\r\n", "Reply-To", new ByteSpan(14, 50));

        Assert.Equal(["1 Subject: Grüße", "2 [Reply-To: Mallory]", "3 [ <m@other.example>]", "4 Date: x"], Rows(source).Select(Text));
    }

    [Fact]
    public void Any_bytes_and_any_citation_are_shown() => Gen.Select(Gen.Byte.Array[0, 3_000], Gen.Int[0, 4_000], Gen.Int[0, 4_000]).Sample((bytes, start, length) =>
    {
        var source = new SourceText(bytes, new ByteSpan(start, start + length));
        var seen = 0;
        for (var at = 0; at >= 0; seen++)
        {
            at = source.From(at).Next;
        }

        Assert.InRange(source.First, 0, bytes.Length);
        Assert.InRange(seen, 1, 20);
    });

    private static SourceText Source(string text, string? cited)
    {
        var start = cited is null ? 0 : Encoding.UTF8.GetByteCount(text[..text.IndexOf(cited, StringComparison.Ordinal)]);
        return new SourceText(Encoding.UTF8.GetBytes(text), cited is null ? null : new ByteSpan(start, start + cited.Length));
    }

    private static IReadOnlyList<SourceRow> Rows(SourceText source) => source.From(source.First).Rows;

    private static string Text(SourceRow row) => $"{row.Number} {string.Concat(row.Pieces.Select(piece => piece.IsCited ? $"[{piece.Text}]" : piece.Text))}";
}
