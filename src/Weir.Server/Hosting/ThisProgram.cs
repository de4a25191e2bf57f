using Weir.Mail.Contracts;

namespace Weir.Server.Hosting;

/// <summary>How this program is started again.</summary>
internal static class ThisProgram
{
    /// <summary>The command that no person gives: a child that reads attachments.</summary>
    public const string Inspect = "inspect";

    /// <summary>A child of the same build, whether this process is <c>weir</c>, <c>dotnet weir.dll</c> or a host that uses its parts.</summary>
    /// <param name="place">The folder that a folder of rules is relative to; empty for none.</param>
    public static InspectionProgram Inspection(string place = "")
    {
        var path = Environment.ProcessPath ?? "";
        var library = typeof(ThisProgram).Assembly.Location;
        return Path.GetFileNameWithoutExtension(path) switch
        {
            "weir" => new InspectionProgram(path, [Inspect], place),
            "dotnet" => new InspectionProgram(path, [library, Inspect], place),
            _ => new InspectionProgram(Path.ChangeExtension(library, null), [Inspect], place),
        };
    }
}
