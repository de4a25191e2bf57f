using System.CommandLine;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>--data</c> of every command that works on a data directory made before: the demo's when none is named. That it is there is seen when it is opened.</summary>
internal static class DataOption
{
    public static Option<DirectoryInfo> Create() => new("--data")
    {
        Description = "The data directory; it must exist.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(".weir", "demo")),
    };

    public static DataDirectory DirectoryOf(this ParseResult parsed, Option<DirectoryInfo> data) => new(parsed.GetRequiredValue(data).FullName);
}
