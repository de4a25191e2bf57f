using System.Text;
using Weir.Detection.Contracts;
using Weir.Detection.Tests.Support;

namespace Weir.Detection.Tests.Facts.Places;

public sealed class LocatorTests
{
    private const string Head = """
        From: Ada <ada@elsewhere.example>
        To: tom.weber@harbour.example
        Subject: Hello
        Date: Mon, 02 Nov 2026 09:00:00 +0000
        Message-ID: <c81@elsewhere.example>
        MIME-Version: 1.0

        """;

    [Fact]
    public async Task A_field_is_cited_with_its_folded_lines_and_without_its_last_line_break()
    {
        var cited = await Cited("reply-to-elsewhere", Head + "Reply-To: Mallory\n <mallory@other.example>\nContent-Type: text/plain\n\nHello.\n");

        Assert.Contains("Reply-To: Mallory\r\n <mallory@other.example>", cited);
        Assert.Contains("From: Ada <ada@elsewhere.example>", cited);
    }

    [Fact]
    public async Task A_link_is_cited_where_it_stands_in_the_source() =>
        Assert.Equal(
            ["http://203.0.113.9/a?b=1&amp;c=2"],
            await Cited("url-ip-host", Head + "Content-Type: text/html\n\n<p><a href=\"http://203.0.113.9/a?b=1&amp;c=2\">Look</a> and http://203.0.113.9/a?b=1&amp;c=23</p>\n"));

    [Fact]
    public async Task A_link_in_quoted_printable_is_cited_over_its_soft_line_breaks() =>
        Assert.Equal(
            ["http://203=\r\n.0.113.9/a?b=3D1"],
            await Cited("url-ip-host", Head + "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<a href=3D\"http://203=\n.0.113.9/a?b=3D1\">Look</a>\n"));

    [Fact]
    public async Task A_link_in_base64_is_cited_by_the_letters_that_carry_it()
    {
        const string Html = "<p>Good morning</p><a href=\"http://203.0.113.9/a\">Look</a>";

        var cited = await Cited("url-ip-host", Head + "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Encoding.ASCII.GetBytes(Html)) + "\n");

        // 25 characters stand before it: the group begins one byte earlier.
        var only = Assert.Single(cited);
        var whole = Convert.ToBase64String(Encoding.ASCII.GetBytes(Html));
        var at = whole.IndexOf(only, StringComparison.Ordinal);
        var from = at / 4 * 4;
        var decoded = Encoding.ASCII.GetString(Convert.FromBase64String(whole[from..((at + only.Length + 3) / 4 * 4)]));
        Assert.Contains("http://203.0.113.9/a", decoded, StringComparison.Ordinal);
        Assert.True(decoded.Length <= "http://203.0.113.9/a".Length + 4);
    }

    [Fact]
    public async Task Words_are_cited_through_elements_entities_and_line_breaks()
    {
        var cited = await Cited("language-credentials", Head + "Content-Type: text/html; charset=utf-8\n\n<html><style>verify your account</style><p>Please <b>verify</b>\nyour&nbsp;acc<i>ount</i>.</p></html>\n");

        Assert.Contains("verify</b>\r\nyour&nbsp;acc<i>ount", cited);
    }

    [Fact]
    public async Task A_file_in_an_archive_is_cited_by_the_part_and_its_path()
    {
        var place = (await Signal("attachment-html", Head + "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHello.\n--x\nContent-Type: text/html; name=a.html\nContent-Disposition: attachment; filename=a.html\n\n<p>A</p>\n--x--\n")).Places;

        var only = Assert.Single(place);
        Assert.Equal((PlaceKind.Part, "2", "a.html"), (only.Kind, only.Part, only.Name));
    }

    [Fact]
    public async Task What_is_not_there_is_cited_as_absent() =>
        Assert.Equal(
            [new Place { Kind = PlaceKind.Absence, Name = "Message-ID" }],
            (await Signal("message-id-missing", "From: Ada <ada@elsewhere.example>\nTo: tom.weber@harbour.example\nSubject: Hello\nDate: Mon, 02 Nov 2026 09:00:00 +0000\n\nHello.\n")).Places);

    [Fact]
    public async Task Any_bytes_are_judged_without_an_exception()
    {
        var random = new Random(5);
        foreach (var path in System.IO.Directory.EnumerateFiles(CaseFile.Folder, "*.case"))
        {
            foreach (var sample in CaseFile.Read(path))
            {
                var raw = Encoding.UTF8.GetBytes(sample.Raw.ReplaceLineEndings("\r\n"));
                for (var i = 0; i < 20; i++)
                {
                    raw[random.Next(raw.Length)] = (byte)random.Next(256);
                }

                var message = Some.Message(sample.Raw, sample.Envelope) with { Raw = raw };
                var judged = await Some.Judge(sample.Authentication, sample.Scan, sample.Entries, history: sample.History).JudgeAsync(message, TestContext.Current.CancellationToken);
                Assert.All(judged.Judgement.Signals, signal => Assert.NotEmpty(signal.Places));
                Assert.All(judged.Judgement.Signals.SelectMany(signal => signal.Places).Where(place => place.HasBytes), place => Assert.InRange(place.End, place.Start, raw.Length));
            }
        }
    }

    private static async Task<Signal> Signal(string name, string raw)
    {
        var judged = await Some.Judge().JudgeAsync(Some.Message(raw), TestContext.Current.CancellationToken);
        var signal = judged.Judgement.Signals.FirstOrDefault(signal => signal.Name == name);
        Assert.True(signal is not null, $"There are only {string.Join(", ", judged.Judgement.Signals.Select(each => each.Name))}.");
        return signal;
    }

    private static async Task<List<string>> Cited(string name, string raw)
    {
        var bytes = Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n"));
        return [.. (await Signal(name, raw)).Places.Where(place => place.HasBytes).Select(place => Encoding.UTF8.GetString(bytes[place.Start..place.End]))];
    }
}
