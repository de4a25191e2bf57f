using System.Globalization;
using System.Text.Json;
using Weir.Detection.Contracts;

namespace Weir.Server.Tests.Commands;

/// <summary>A model as an engineer makes it: from folders, then asked.</summary>
[Trait("Speed", "slow")]
public sealed class TrainCommandTests : IDisposable
{
    private readonly string _folder = TestRun.NewFolder();

    [Fact]
    public async Task A_model_learnt_from_folders_judges_what_the_rules_do_not_know()
    {
        Write("ham/archive", 60, i => $"Frame {i} of the hull is painted, see you at noon {Word(i)}.");
        Write("spam/junk", 60, i => $"Zorblat vouchers for the {Word(i)} garden, zorblat at once.");
        var model = Path.Combine(_folder, "own.model");

        var trained = await WeirProgram.RunAsync("train", model, "--ham", Path.Combine(_folder, "ham/archive"), "--spam", Path.Combine(_folder, "spam/junk"), "--name", "yard");

        Assert.Equal(0, trained.Code);
        Assert.Contains("archive", trained.Output, StringComparison.Ordinal);
        var asked = Path.Combine(_folder, "asked.eml");
        await File.WriteAllTextAsync(asked, Mail(999, "Zorblat vouchers for everybody."), TestContext.Current.CancellationToken);
        Assert.Contains("zorblat", await SignalAsync(asked, model, "learnt-words"), StringComparison.Ordinal);
        Assert.Equal("", await SignalAsync(asked, "none", "learnt-words"));
    }

    [Fact]
    public async Task What_cannot_be_learnt_from_is_refused_in_one_line()
    {
        var nothing = await WeirProgram.RunAsync("train", Path.Combine(_folder, "a.model"));
        var absent = await WeirProgram.RunAsync("train", Path.Combine(_folder, "a.model"), "--ham", Path.Combine(_folder, "absent"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "no.model"), "no model", TestContext.Current.CancellationToken);
        Write("ham/one", 1, _ => "Hello.");
        var broken = await WeirProgram.RunAsync("analyze", "--model", Path.Combine(_folder, "no.model"), System.IO.Directory.GetFiles(Path.Combine(_folder, "ham/one"))[0]);

        var nowhere = await WeirProgram.RunAsync("train", Path.Combine(_folder, "no such folder", "a.model"), "--ham", _folder);

        Assert.Equal((1, 1, 1, 1), (nothing.Code, absent.Code, broken.Code, nowhere.Code));
        Assert.Contains("no such folder", nowhere.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "a.model.new")));
        Assert.Contains("needs both", nothing.Errors, StringComparison.Ordinal);
        Assert.Contains("absent", absent.Errors, StringComparison.Ordinal);
        Assert.Contains("no.model", broken.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "a.model")));
    }

    [Fact]
    public async Task What_is_no_mail_is_left_out_by_name_and_links_count_nothing_twice()
    {
        Write("ham/archive", 20, i => $"Frame {i} of the hull {Word(i)}.");
        Write("spam/junk", 20, i => $"Zorblat vouchers {Word(i)}.");
        var archive = Path.Combine(_folder, "ham/archive");
        await File.WriteAllBytesAsync(Path.Combine(archive, "noise.eml"), [0, 1, 2, 255, 254, 13], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(archive, "empty.eml"), [], TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(archive, "dangling.eml"), Path.Combine(_folder, "absent"));
        System.IO.Directory.CreateSymbolicLink(Path.Combine(archive, "again"), archive);
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", Path.Combine(archive, "pipe.eml")))
        {
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var trained = await WeirProgram.RunAsync("train", Path.Combine(_folder, "own.model"), "--ham", archive, "--spam", Path.Combine(_folder, "spam/junk"));

        Assert.Equal(0, trained.Code);
        Assert.Contains("20 Ham", trained.Output, StringComparison.Ordinal);
        Assert.Contains("noise.eml", trained.Errors, StringComparison.Ordinal);
        Assert.Contains("pipe.eml", trained.Errors, StringComparison.Ordinal);
    }

    /// <summary>What of it lies outside the repository is named when it is absent; the rest is tried anyway.</summary>
    [Fact]
    public async Task The_shipped_model_is_what_the_command_makes_byte_by_byte()
    {
        var shipped = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "src/Weir.Detection/Learning/shipped.model"), TestContext.Current.CancellationToken);
        using (var stream = new MemoryStream(shipped))
        {
            Assert.Equal(["invented", "sisimai_bounce", "spamassassin-ham"], LearntModel.Load(stream).Provenance.Select(part => part.Source).Distinct(StringComparer.Ordinal));
        }

        var dev = SharedData.Folder("mail/dev");
        using (var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(dev, "manifest.json"), TestContext.Current.CancellationToken)))
        {
            foreach (var mail in manifest.RootElement.GetProperty("messages").EnumerateArray().Where(mail => mail.GetProperty("label").GetString() == "ham"))
            {
                var source = mail.GetProperty("source").GetString() ?? "";
                var folder = source.StartsWith("sa_", StringComparison.Ordinal) ? "spamassassin-ham" : source == "sisimai_bounce" ? source : "";
                if (folder.Length > 0)
                {
                    var file = mail.GetProperty("file").GetString() ?? "";
                    File.Copy(Path.Combine(dev, file), Path.Combine(System.IO.Directory.CreateDirectory(Path.Combine(_folder, folder, "ham")).FullName, Path.GetFileName(file)));
                }
            }
        }

        var again = Path.Combine(_folder, "again.model");
        var trained = await WeirProgram.RunAsync("train", again, "--ham", Path.Combine(_folder, "spamassassin-ham"), "--ham", Path.Combine(_folder, "sisimai_bounce"), "--envelopes", Path.Combine(dev, "manifest.json"), "--invented", "12000", "--add-only", "--name", "Weir 1");

        Assert.Equal(0, trained.Code);
        Assert.Equal(shipped, await File.ReadAllBytesAsync(again, TestContext.Current.CancellationToken));
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private static async Task<string> SignalAsync(string file, string model, string name)
    {
        var analyzed = await WeirProgram.RunAsync("analyze", "--json", "--model", model, file);
        Assert.Equal(0, analyzed.Code);
        using var json = JsonDocument.Parse(analyzed.Output);
        return json.RootElement.GetProperty("signals").EnumerateArray().Where(signal => signal.GetProperty("name").GetString() == name).Select(signal => signal.GetProperty("evidence").GetString() ?? "").FirstOrDefault("");
    }

    private void Write(string folder, int count, Func<int, string> text)
    {
        System.IO.Directory.CreateDirectory(Path.Combine(_folder, folder));
        for (var i = 0; i < count; i++)
        {
            File.WriteAllText(Path.Combine(_folder, folder, string.Create(CultureInfo.InvariantCulture, $"{i}.eml")), Mail(i, text(i)));
        }
    }

    private static string Mail(int number, string text) => string.Create(CultureInfo.InvariantCulture, $"From: Ada <ada@elsewhere.example>\nTo: tom@harbour.example\nSubject: Note\nDate: Mon, 02 Nov 2026 09:00:00 +0000\nMessage-ID: <{number}@elsewhere.example>\n\n{text}\n");

    /// <summary>Other words in each, so that they are no copies of one.</summary>
    private static string Word(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => "bcdfghklmn"[digit - '0'] + "ato"));
}
