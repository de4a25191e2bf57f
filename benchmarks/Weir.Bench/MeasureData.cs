using Microsoft.Extensions.Configuration;

namespace Weir.Bench;

/// <summary>Finds data that measures Weir and is no part of it: the folder of <c>WEIR_DATA</c>, else <c>../shared/data</c> beside the repository.</summary>
internal static class MeasureData
{
    /// <summary>Nothing when there is none.</summary>
    public static string? Folder(string below)
    {
        var named = new ConfigurationBuilder().AddEnvironmentVariables("WEIR_").Build()["DATA"];
        if (named is not null)
        {
            return Existing(Path.Combine(named, below));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Weir.slnx")) && folder.Parent is { } parent)
            {
                return Existing(Path.Combine(parent.FullName, "shared", "data", below)) ?? Existing(Path.Combine(parent.Parent?.FullName ?? "/", "shared", "data", below));
            }
        }

        return null;
    }

    private static string? Existing(string path) => System.IO.Directory.Exists(path) ? path : null;
}
