using Weir.Mail.Contracts;
using Weir.Mail.Tests.Inspection.Pictures;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class DrawnBodyTests
{
    private const string Link = "https://login.example/qr?id=4711";

    public static TheoryData<string> Texts =>
    [
        Drawing.HalfBlocks(Link),
        Drawing.HalfBlocks(Link, isInverted: true),
        Drawing.Signs(Link, "██", "  "),
        Drawing.Signs(Link, "##", "  "),
        Drawing.Signs(Link, "⬛", "⬜"),
        Drawing.Signs(Link, "■", "□"),
        Drawing.Signs(Link, "X", "."),
    ];

    public static TheoryData<string> Pages =>
    [
        Drawing.Table(Link, dark => $"<td bgcolor={(dark ? "black" : "white")} width=4 height=4></td>"),
        Drawing.Table(Link, dark => $"<td style=\"background-color:{(dark ? "#222" : "#FEFEFE")};width:4px;height:4px\">&nbsp;</td>", isJoined: true),
        "<style>.k{background:#000}.w{background:#fff}</style>" + Drawing.Table(Link, dark => $"<td class='{(dark ? "k" : "w")}'></td>"),
        Drawing.Table(Link, dark => $"<td bgcolor={(dark ? "yellow" : "navy")}>"),
        Drawing.Table(Link, dark => $"<b style='background:{(dark ? "#000" : "#fff")}'></b>").Replace("<tr>", "<div class=row>", StringComparison.Ordinal).Replace("</tr>", "</div>", StringComparison.Ordinal),
        $"<p>Scan</p><pre style='line-height:1'>{Drawing.HalfBlocks(Link)}</pre>",
        "<p>Scan</p>" + Drawing.HalfBlocks(Link).Replace("\n", "<br>", StringComparison.Ordinal).Replace(" ", "&nbsp;", StringComparison.Ordinal),
        "<p>Scan</p><pre>" + string.Concat(Drawing.HalfBlocks(Link).Select(c => c > 127 ? $"&#{(int)c};" : $"{c}")) + "</pre>",
    ];

    [Theory, MemberData(nameof(Texts))]
    public void A_code_drawn_with_characters_is_a_URL_of_the_message(string drawing) => IsRead(Eml.Plain("Please scan this:\n\n" + drawing + "\n\nThank you\n"));

    [Theory, MemberData(nameof(Pages))]
    public void A_code_drawn_in_HTML_is_a_URL_of_the_message(string page) => IsRead(Eml.Html($"<html><body>{page}<p>Thank you</p></body></html>"));

    [Fact]
    public void Ordinary_bodies_are_not_looked_at()
    {
        Assert.Null(InspectionRequest.Of(Eml.Plain("Hello\n" + new string('-', 70) + "\nbye\n")));
        Assert.Null(InspectionRequest.Of(Eml.Html(string.Concat(Enumerable.Repeat("<table><tr><td>Item</td><td>12.00</td><td></td></tr></table>", 80)))));
    }

    [Fact]
    public void A_table_that_is_no_code_says_nothing()
    {
        var message = Eml.Html("<table>" + string.Concat(Enumerable.Repeat("<tr>" + string.Concat(Enumerable.Repeat("<td bgcolor=red></td><td bgcolor=blue></td>", 15)) + "</tr>", 30)) + "</table>");

        var result = FileInspection.Inspect(InspectionRequest.Of(message)!);

        Assert.Empty(result.Files.SelectMany(file => file.Features));
    }

    private static void IsRead(ParsedMessage message)
    {
        var result = FileInspection.Inspect(Assert.IsType<InspectionRequest>(InspectionRequest.Of(message)));

        var url = Assert.Single(result.ApplyTo(message, 100).Urls, url => url.Source == UrlSource.QrCode);
        Assert.Equal((Link, "1"), (url.Url, url.PartPath));
        Assert.Equal("qr-code-drawn", Assert.Single(result.Files.SelectMany(file => file.Features)).Name);
    }
}
