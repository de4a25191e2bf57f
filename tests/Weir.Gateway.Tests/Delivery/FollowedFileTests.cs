using Weir.Gateway.Delivery;

namespace Weir.Gateway.Tests.Delivery;

public sealed class FollowedFileTests : IDisposable
{
    private readonly string _folder = TestRun.NewFolder("follow");

    private string Log => Path.Combine(_folder, "mail.log");

    [Fact]
    public void Lines_come_once_and_only_when_complete()
    {
        var file = new FollowedFile(Log);
        Assert.Empty(file.ReadLines());
        File.AppendAllText(Log, "first\nsec");
        Assert.Equal(["first"], file.ReadLines());
        Assert.Empty(file.ReadLines());
        File.AppendAllText(Log, "ond\r\nthird\n");
        Assert.Equal(["second", "third"], file.ReadLines());
        Assert.Empty(file.ReadLines());
    }

    [Fact]
    public void What_was_there_before_can_be_passed_over()
    {
        File.AppendAllText(Log, "old\n");
        var file = new FollowedFile(Log);
        file.SkipToEnd();
        File.AppendAllText(Log, "new\n");

        Assert.Equal(["new"], file.ReadLines());
    }

    [Fact]
    public void After_a_rename_the_rest_of_the_old_file_comes_first()
    {
        var file = new FollowedFile(Log);
        File.AppendAllText(Log, "one\n");
        file.ReadLines();
        File.AppendAllText(Log, "two\n");
        File.Move(Log, Log + ".1");
        File.AppendAllText(Log, "three\n");

        Assert.Equal(["two", "three"], ReadAll(file));
    }

    [Fact]
    public void A_truncated_file_is_read_from_its_start()
    {
        var file = new FollowedFile(Log);
        File.AppendAllText(Log, "one\ntwo\n");
        file.ReadLines();
        File.WriteAllText(Log, "three\n");

        Assert.Equal(["three"], ReadAll(file));
    }

    [Fact]
    public void A_restart_goes_on_at_the_same_place_even_across_a_rotation()
    {
        var first = new FollowedFile(Log);
        File.AppendAllText(Log, "one\n");
        first.ReadLines();
        File.AppendAllText(Log, "two\n");
        File.Move(Log, Log + "-20261124");
        File.AppendAllText(Log, "three\n");

        var second = new FollowedFile(Log);
        second.Resume(first.Position);

        Assert.Equal(["two", "three"], ReadAll(second));
    }

    [Fact]
    public void An_endless_line_is_cut_and_not_kept()
    {
        var file = new FollowedFile(Log);
        File.WriteAllText(Log, "first\n" + new string('x', 3 << 20) + "\nlast\n");

        var lines = ReadAll(file);

        Assert.Equal(("first", "last"), (lines[0], lines[^1]));
        Assert.All(lines, line => Assert.True(line.Length <= 64 << 10));
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private static List<string> ReadAll(FollowedFile file)
    {
        var lines = new List<string>();
        while (file.ReadLines() is { Count: > 0 } more)
        {
            lines.AddRange(more);
        }

        return lines;
    }
}
