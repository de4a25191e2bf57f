using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weir.Intelligence.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Intelligence.Tests.OwnMail;

/// <summary>The mark of Weir's own mail is worth something for one recipient and one message, until it expires.</summary>
public sealed class OwnMailMarksTests : IDisposable
{
    private const string Ann = "ann@corp.example";

    private static readonly byte[] Mail = Encoding.ASCII.GetBytes("From: weir@corp.example\r\nTo: ann@corp.example\r\nSubject: Held\r\n mail\r\nMessage-ID: <1@corp.example>\r\nContent-Type: text/plain\r\n\r\nBody.\r\n");

    private readonly string _folder = TestRun.NewFolder();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_valid_for_its_recipient_in_any_case_and_after_servers_added_fields_and_folded_others()
    {
        var marked = Marks().Sign(Mail, "Ann@corp.example", OwnMailKind.Release, "id/7", _time.GetUtcNow().AddDays(1));
        var passed = Encoding.ASCII.GetBytes("Received: from somewhere\r\n" + Encoding.ASCII.GetString(marked).Replace("Held\r\n mail", "Held mail", StringComparison.Ordinal) + "\r\n\r\n");

        Assert.Equal(new OwnMailMark(MarkState.Valid, OwnMailKind.Release, "id/7", Ann), Marks().Check(passed, [Ann]));
        // Another process with the same directory knows it.
        Assert.Equal(MarkState.Valid, Marks().Check(marked, ["ANN@CORP.EXAMPLE"]).State);
    }

    [Theory]
    [InlineData("Body.", "Other body.")]
    [InlineData("Subject: Held", "Subject: Pay")]
    [InlineData("<1@corp.example>", "<2@corp.example>")]
    [InlineData("text/plain", "text/html")]
    [InlineData("a=notice-1", "a=notice-2")]
    [InlineData("k=notice", "k=release")]
    [InlineData("m=1", "m=0")]
    [InlineData("s=", "s=AAAA")]
    [InlineData("v=1", "v=2")]
    [InlineData("t=", "t=9")]
    [InlineData("k=notice;", "k=notice; k=notice;")]
    public void Whatever_is_changed_makes_it_wrong(string from, string to)
    {
        var marked = Encoding.ASCII.GetString(Marks().Sign(Mail, Ann, OwnMailKind.Notice, "notice-1", _time.GetUtcNow().AddDays(1)));

        Assert.Equal(MarkState.Wrong, Marks().Check(Encoding.ASCII.GetBytes(marked.Replace(from, to, StringComparison.Ordinal)), [Ann]).State);
    }

    [Fact]
    public void It_counts_for_nobody_else_nor_for_several_nor_afterwards_nor_under_another_key()
    {
        var marked = Marks().Sign(Mail, Ann, OwnMailKind.Notice, "notice-1", _time.GetUtcNow().AddDays(1));

        Assert.Equal(MarkState.None, Marks().Check(Mail, [Ann]).State);
        Assert.Equal(MarkState.Wrong, Marks().Check(marked, ["ben@corp.example"]).State);
        Assert.Equal(MarkState.Wrong, Marks().Check(marked, [Ann, "ben@corp.example"]).State);
        Assert.Equal(MarkState.Wrong, Marks().Check(marked, []).State);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(MarkState.Expired, Marks().Check(marked, [Ann]).State);
        File.Delete(Path.Combine(new DataDirectory(_folder).Keys, "own-mail.key"));
        Assert.Equal(MarkState.Wrong, Marks().Check(marked, [Ann]).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData(";;;===")]
    [InlineData("v=1; k=notice; a=; t=99999999999999999999; m=1; s=!!")]
    [InlineData("v=1; k=notice; a=x; t=9223372036854775807; m=1; s=AAAA")]
    public void Nonsense_is_wrong_and_throws_nothing(string mark) =>
        Assert.Equal(MarkState.Wrong, Marks().Check(Encoding.UTF8.GetBytes($"X-Weir-Mark: {mark}\u202E\r\n\r\nx"), [Ann]).State);

    [Fact]
    public void The_key_is_for_its_owner_alone()
    {
        Marks().Sign(Mail, Ann, OwnMailKind.Notice, "x", _time.GetUtcNow());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(new DataDirectory(_folder).Keys, "own-mail.key")));
    }

    private IOwnMail Marks() => new ServiceCollection().AddSingleton(new DataDirectory(_folder)).AddSingleton<TimeProvider>(_time).AddOwnMail().BuildServiceProvider().GetRequiredService<IOwnMail>();
}
