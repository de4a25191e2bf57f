using CsCheck;
using Weir.Gateway.Journal;
using Weir.Gateway.Tests.Support;

namespace Weir.Gateway.Tests.Journal;

public sealed class SmtpFuzzTests
{
    private static readonly Gen<string> Line = Gen.OneOf(
        Gen.Int[0, 7].Select(i => new[] { "EHLO x", "MAIL FROM:<a@b.example>", "RCPT TO:<c@corp.example>", "DATA", "RSET", ".", "", "XFORWARD ADDR=192.0.2.1" }[i]),
        Gen.String[Gen.Char["ab<>@:\"\\= \0\r\n.\u00e4"], 0, 30]);

    [Fact]
    public Task Any_lines_are_answered_or_end_the_connection_and_nothing_is_kept_beyond_the_limits() =>
        Line.Array[0, 25].SampleAsync(
            async lines =>
            {
                var talk = new SmtpTalk { Options = new JournalOptions { MaxMessageBytes = 1 << 16, Recipients = 3 } };
                var server = new System.IO.Pipelines.Pipe();
                await server.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n"))), TestContext.Current.CancellationToken);
                await server.Writer.CompleteAsync();
                using var session = new SmtpSession(talk.Box, talk.Options, new Weir.Gateway.Listening.MemoryBudget(1 << 16), talk.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
                try
                {
                    await session.ServeAsync(server.Reader, System.IO.Pipelines.PipeWriter.Create(Stream.Null), TestContext.Current.CancellationToken);
                }
                catch (IOException)
                {
                    // The connection ended within a message.
                }

                Assert.All(talk.Box.Taken, taken => Assert.True(taken.Raw.Length <= 1 << 16 && taken.Envelope.Recipients.Count <= 3));
            },
            iter: 3000);

    [Fact]
    public void Any_text_is_a_path_or_none() =>
        Gen.String[Gen.Char["ab<>@:\"\\= "], 0, 20].Sample(text => Assert.True(SmtpPath.Parse(text) is not { } path || path.Address.Length < text.Length));

    [Fact]
    public void Any_report_is_opened_or_left_closed() =>
        Gen.String[Gen.Char["ab-\r\n: "], 0, 200].Sample(text =>
        {
            var raw = $"X-MS-Journal-Report:\r\nContent-Type: multipart/mixed; boundary=ab\r\n\r\n--ab\r\n\r\nRecipient: a@b.example\r\n{text}\r\n--ab\r\nContent-Type: message/rfc822\r\n\r\n{text}";
            var report = JournalReport.Open(System.Text.Encoding.UTF8.GetBytes(raw));
            Assert.True(report is null || report.Recipients.Contains("a@b.example"));
        });
}
