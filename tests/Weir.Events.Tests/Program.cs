using Weir.Events.Tests;
using Weir.Events.Tests.Support;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// As xunit generates it, but for the process that a test starts to kill.
if (args is [AppendingChild.Command, var directory])
{
    await AppendingChild.AppendForeverAsync(directory, CancellationToken.None);
}

return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
