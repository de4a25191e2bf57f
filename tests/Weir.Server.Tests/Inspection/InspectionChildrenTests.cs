using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Server.Hosting;

namespace Weir.Server.Tests.Inspection;

/// <summary>Real child processes: the program itself, and programs that do what a reader does when hostile bytes have it.</summary>
[Collection(nameof(Alone))]
public sealed class InspectionChildrenTests : IAsyncDisposable
{
    /// <summary>Says hello as a child does, then goes on with the rest of the script.</summary>
    private const string Hello = """printf '\002\000\000\000{}'; head -c 4 >/dev/null; """;

    private readonly List<ServiceProvider> _services = [];
    private readonly LogLines _log = new();

    [Fact]
    public async Task A_child_reads_an_attachment_and_gave_up_what_it_does_not_need()
    {
        var inspect = Children(ThisProgram.Inspection());

        var result = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);

        Assert.Equal(["https://pay.example/x"], result.Files.SelectMany(file => file.Urls).Select(url => url.Url));
        var status = Inspectors.Read(Assert.Single(Inspectors.Of(Environment.ProcessId)), "status");
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_knows_no_configuration_and_no_secrets_of_its_parent()
    {
        var folder = TestRun.NewFolder();
        var inspect = Children(new InspectionProgram("/bin/sh", ["-c", $"env >{folder}/env; {Hello}", "inspect"]));

        await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);

        var names = (await File.ReadAllLinesAsync(Path.Combine(folder, "env"), TestContext.Current.CancellationToken)).Select(line => line.Split('=')[0]).ToList();
        Assert.Contains("DOTNET_GCHeapHardLimit", names);
        Assert.All(names, name => Assert.True(name.StartsWith("DOTNET_", StringComparison.Ordinal) || name is "PATH" or "LANG" or "LD_LIBRARY_PATH" or "PWD" or "_" or "SHLVL" or "OLDPWD", name));
    }

    [Fact]
    public async Task A_message_without_files_starts_no_child()
    {
        var inspect = Children(ThisProgram.Inspection());

        var result = await inspect.InspectAsync(MailParser.Parse("Subject: a\r\n\r\nSee https://example.org/\r\n"u8.ToArray()), TestContext.Current.CancellationToken);

        Assert.Empty(result.Files);
        Assert.Empty(Inspectors.Of(Environment.ProcessId));
    }

    [Fact]
    public async Task A_child_that_was_killed_while_it_waited_is_replaced()
    {
        var inspect = Children(ThisProgram.Inspection());
        await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);
        var first = Assert.Single(Inspectors.Of(Environment.ProcessId));

        Kill(first);
        var result = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);

        Assert.Single(result.Files.SelectMany(file => file.Urls));
        Assert.DoesNotContain(first, Inspectors.Of(Environment.ProcessId));
    }

    [Fact]
    public async Task A_child_that_was_killed_at_work_is_replaced_and_the_file_read_again()
    {
        // The first one is ended by its own hand, the next one is the program.
        var once = Path.Combine(TestRun.NewFolder(), "once");
        var program = ThisProgram.Inspection();
        var inspect = Children(new InspectionProgram("/bin/sh", ["-c", $"if mkdir {once}; then {Hello} kill -9 $$; else exec '{program.File}' inspect; fi"]));

        var result = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);

        Assert.True(System.IO.Directory.Exists(once));
        Assert.Equal("", result.Files[0].NotRead);
        Assert.Single(result.Files.SelectMany(file => file.Urls));
    }

    [Theory]
    [InlineData("while :; do :; done", "reading it took more than 1 s")]
    [InlineData("exec sleep 60", "reading it took more than 10 s by the clock")]
    [InlineData("exec tail /dev/zero", "MiB of memory")]
    [InlineData("exit 3", "its reader ended")]
    [InlineData("kill -SEGV $$", "its reader ended")]
    [InlineData(@"printf '\377\377\377\177'; exec sleep 60", "its reader ended")]
    [InlineData(@"printf '\002\000\000\000{}'; exec sleep 60", "its reader ended")]
    [InlineData("head -c 50000000 /dev/zero >&2; exit 1", "its reader ended")]
    public async Task A_child_that_goes_wrong_is_ended_and_the_file_is_told_as_not_read(string script, string reason)
    {
        var inspect = Children(new InspectionProgram("/bin/sh", ["-c", Hello + script, "inspect"]), seconds: 1);

        var result = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);

        Assert.Contains(reason, Assert.Single(result.Files).NotRead, StringComparison.Ordinal);
        Assert.Equal("2", result.Files[0].PartPath);
        await Inspectors.GoneAsync(Inspectors.Of(Environment.ProcessId, "inspect"));
    }

    [Fact]
    public async Task A_message_whose_files_use_up_its_budget_is_given_up_and_says_so()
    {
        var inspect = Children(new InspectionProgram("/bin/sh", ["-c", Hello + "while :; do :; done", "inspect"]), seconds: 1);

        var one = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);
        var many = await inspect.InspectAsync(WithPages(6), TestContext.Current.CancellationToken);

        // One file may take too long in good faith.
        Assert.Empty(one.Defects);
        Assert.Equal(6, many.Files.Count(file => file.NotRead.Length > 0));
        Assert.Contains("reading it took more than 1 s", Assert.Single(many.Defects, defect => defect.Kind == InspectionResult.Exhausted).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_told_and_not_tried_for_every_message()
    {
        var inspect = Children(new InspectionProgram("/no/such/program", []));

        var first = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);
        var second = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);

        Assert.Contains("cannot be run", first.Files[0].NotRead, StringComparison.Ordinal);
        Assert.Equal(first.Files[0].NotRead, second.Files[0].NotRead);
    }

    [Fact]
    public async Task Disposing_ends_children_that_wait_and_children_at_work()
    {
        var waiting = Children(ThisProgram.Inspection());
        await waiting.InspectAsync(WithPage(), TestContext.Current.CancellationToken);
        var working = Children(new InspectionProgram("/bin/sh", ["-c", Hello + "while :; do :; done", "inspect"]), seconds: 60);
        var work = working.InspectAsync(WithPage(), TestContext.Current.CancellationToken).AsTask();
        while (Inspectors.Of(Environment.ProcessId).Count < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var all = Inspectors.Of(Environment.ProcessId);
        await DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        await Inspectors.GoneAsync(all);
    }

    [Fact]
    public async Task Many_messages_at_once_share_the_children()
    {
        var inspect = Children(ThisProgram.Inspection());

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken).AsTask()));

        Assert.All(results, result => Assert.Single(result.Files.SelectMany(file => file.Urls)));
        Assert.InRange(Inspectors.Of(Environment.ProcessId).Count, 1, 2);
    }

    [Fact]
    public async Task YARA_rules_of_a_folder_run_over_members_too_and_a_broken_one_is_named()
    {
        Assert.SkipUnless(System.Runtime.InteropServices.NativeLibrary.TryLoad("libyara.so.9", out _), "libyara9 is not installed");
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(TestRun.NewFolder(), "yara")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "pay.yar"), "rule Pays { meta: severity = \"high\" description = \"a page to pay\" strings: $a = \"https://pay.example\" condition: $a }\nprivate rule Hidden { condition: true }", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.yar"), "rule Good { condition: true }\nrule Bad {\n condition: nonsense }", TestContext.Current.CancellationToken);
        var inspect = Children(ThisProgram.Inspection(Path.GetDirectoryName(folder)!));

        var first = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);
        // What changes is compiled again without a restart.
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.yar"), "rule Mended { condition: filesize > 0 }", TestContext.Current.CancellationToken);
        var second = await inspect.InspectAsync(WithPage(), TestContext.Current.CancellationToken);

        Assert.Equal(["pay.html yara-high Pays: a page to pay (pay.yar)"], Matches(first));
        Assert.Equal([" yara-medium Mended (broken.yar)", "pay.html yara-high Pays: a page to pay (pay.yar)", "pay.html yara-medium Mended (broken.yar)"], Matches(second));
        Assert.Contains(_log.Lines, line => line.Contains("YARA: broken.yar line 3: ", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Matches(InspectionResult result) =>
        result.Files.SelectMany(file => file.Features.Where(feature => feature.Name.StartsWith("yara-", StringComparison.Ordinal)).Select(feature => $"{file.Inside} {feature.Name} {feature.Detail} ({feature.Place})")).Order(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
        {
            await services.DisposeAsync();
        }

        _services.Clear();
    }

    private IInspectAttachments Children(InspectionProgram program, int seconds = 30)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["inspection:seconds"] = $"{seconds}", ["inspection:children"] = "2" }).Build();
        var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_log)).AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System).AddInspectionChildren(_ => program).BuildServiceProvider();
        _services.Add(services);
        return services.GetRequiredService<IInspectAttachments>();
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }

    private static ParsedMessage WithPage() => WithPages(1);

    private static ParsedMessage WithPages(int count)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("pay.html").Open();
            entry.Write("<a href='https://pay.example/x'>Pay</a>"u8);
        }

        var files = string.Concat(Enumerable.Repeat($"--b\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(stream.ToArray())}\r\n", count));
        return MailParser.Parse(
            Encoding.ASCII.GetBytes($"Subject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n{files}--b--\r\n"),
            ParseLimits.Default with { LeavesArchives = true });
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
