using System.Diagnostics;
using System.Text;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Mime;

/// <summary>The worst messages of 25 MB take seconds (about one each on an idle core), not minutes; the bound leaves room for a busy machine.</summary>
public sealed class HostileMailTests
{
    private const int Size = 25 << 20;

    public static TheoryData<string, string, string> Floods => new()
    {
        { "empty parts", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n" },
        { "almost delimiters", "Content-Type: multipart/mixed; boundary=b\n\n", "--bx\n\n" },
        { "a multipart in itself", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: multipart/mixed; boundary=b\n\n" },
        { "messages in messages", "Content-Type: message/rfc822\n\n", "Content-Type: message/rfc822\n\n" },
        { "fields", "", "X: y\n" },
        { "one folded field", "From: a\n", " \"a\" <b@c.d>,\n" },
        { "encoded words", "Subject:", "=?utf-8?q?a=?" },
        { "quotes", "From:", "\"" },
        { "quotes that are never closed", "From:", "\"\\" },
        { "brackets", "From:", "<" },
        { "parentheses", "From:", "(" },
        { "parameters", "Content-Type: text/plain", "; a=b" },
        { "open elements", "Content-Type: text/html\n\n", "<div>" },
        { "elements closed by the wrong tag", "Content-Type: text/html\n\n", "<div></x>" },
        { "attributes", "Content-Type: text/html\n\n<a ", "a " },
        { "open formatting", "Content-Type: text/html\n\n", "<b a=1><i>" },
        { "rules", "Content-Type: text/html\n\n<style>", ".a,.b{display:none}@media x{" },
        { "links", "Content-Type: text/html\n\n", "<a href=http://x.y/>x" },
        { "dots", "\n", "a." },
        { "URL beginnings", "\n", "http://" },
        { "closing brackets after a URL", "\nhttp://a.com/", ")" },
        { "broken base64", "Content-Transfer-Encoding: base64\n\n", "QUJD=!" },
        { "archive entries", "Content-Type: application/zip\n\n", "PK\u0003\u0004aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
        { "carriage returns", "A: b\n\n", "\r" },
    };

    [Theory, MemberData(nameof(Floods)), Trait("Speed", "slow")]
    public void A_flood_takes_seconds(string name, string head, string unit)
    {
        var text = new StringBuilder(head, Size + unit.Length);
        while (text.Length < Size)
        {
            text.Append(unit);
        }

        var raw = Encoding.Latin1.GetBytes(text.ToString());
        var clock = Stopwatch.StartNew();

        var message = MailParser.Parse(raw);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{name}: {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.NotEmpty(message.Defects);
    }
}
