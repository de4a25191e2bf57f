using Weir.EndToEnd.Tests.Support;

namespace Weir.EndToEnd.Tests;

/// <summary>Runs the tests; as <c>host DIRECTORY KEY=VALUE…</c> it is a Weir of its own, which a test may kill.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args switch
    {
        ["host", var directory, .. var settings] => await ChildHost.RunAsync(directory, settings),
        _ when args.Contains("--server") => await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
    };
}
